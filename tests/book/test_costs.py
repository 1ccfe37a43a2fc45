"""What entries cost against the exits after them, and that each unit has one owner."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import ACCOUNT

from journal.book.costs import ENTRY_OWNERS, entry_cost_per_unit, exit_cost, owned_quantities
from journal.book.judging import judge
from journal.rules import RULES

PLANLESS = (
    ACCOUNT
    + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 2 @ 96 fee 0.192 USDT
2026-01-05T16:30:00Z fill BTC-USDT buy 1 @ 103 fee 0.103 USDT
2026-01-06T14:30:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
2026-01-06T15:30:00Z fill BTC-USDT buy 5 @ 90 fee 0.45 USDT
2026-01-07T14:30:00Z fill BTC-USDT sell 9 @ 105 fee 0.945 USDT
"""
)


def per_unit(text: str) -> list[float]:
    costs: list[float] = entry_cost_per_unit(book_of(text)).tolist()
    return costs


def near(*values: float) -> object:
    return pytest.approx(list(values), rel=1e-9, nan_ok=True)


def test_exits_before_an_entry_cannot_have_sold_it() -> None:
    text = (
        ACCOUNT
        + """\
2026-01-05T14:30:00Z fill BTC-USDT buy 2 @ 100 fee 0 USDT
2026-01-06T14:30:00Z fill BTC-USDT sell 1 @ 110 fee 0 USDT
2026-01-06T15:30:00Z fill BTC-USDT buy 1 @ 112 fee 0 USDT
2026-01-07T15:30:00Z fill BTC-USDT sell 2 @ 105 fee 0 USDT
"""
    )
    # The first against (110 + 2 x 105) / 3, the one bought back against 105 only.
    assert per_unit(text) == near(-6.666666666666667, np.nan, 7, np.nan)


def test_the_entrys_fee_and_its_share_of_the_exits_fees() -> None:
    found = per_unit(PLANLESS)
    # 12 sold for 330 + 945 = 1275, fees 1.275; after the buy-back 9 for 105 each, fee 0.105 each.
    assert found[0] == pytest.approx(100 - 106.25 + 0.1 + 0.10625)
    assert found[4] == pytest.approx(90 - 105 + 0.09 + 0.105)


def test_a_short() -> None:
    text = ACCOUNT + (
        "2026-01-05T14:30:00Z fill ACME sell 2 @ 100 fee 0.2 USDT\n"
        "2026-01-06T14:30:00Z fill ACME buy 2 @ 105 fee 0.21 USDT\n"
    )
    assert per_unit(text) == near(5.205, np.nan)


def test_not_known_while_open_or_with_a_fee_missing() -> None:
    assert np.isnan(per_unit(PLANLESS.replace("sell 9", "sell 8"))).all()
    assert np.isnan(per_unit(PLANLESS.replace(" fee 0.945 USDT", ""))).all()
    one = per_unit(PLANLESS.replace(" fee 0.192 USDT", ""))
    assert np.isnan(one).tolist() == [False, True, False, True, False, True]


def test_what_a_base_coin_fee_took_was_never_sold() -> None:
    text = ACCOUNT + (
        "2026-01-05T14:30:00Z fill BTC-USDT buy 1 @ 100 fee 0.001 BTC\n"
        "2026-01-06T14:30:00Z fill BTC-USDT sell 0.999 @ 110 fee 0 USDT\n"
    )
    assert per_unit(text)[0] == pytest.approx(-9.89)


def test_the_first_in_line_owns_a_unit() -> None:
    book = book_of(PLANLESS)
    claims = [
        ("PLAN101", np.array([4.0, 2, 1, 0, 5, 0])),
        ("SCALE301", np.array([0.0, 2, 0, 0, 5, 0])),
        ("EXIT401", np.array([0.0, 0, 0, 0, 3, 0])),
    ]
    no_plan, averaged, chased = owned_quantities(book, claims)
    assert no_plan.taken.tolist() == [4, 0, 1, 0, 0, 0]
    assert averaged.taken.tolist() == [0, 2, 0, 0, 2, 0]
    assert chased.taken.tolist() == [0, 0, 0, 0, 3, 0]
    assert {code: units.tolist() for code, units in no_plan.ceded.items()} == {
        "EXIT401": [0, 0, 0, 0, 3, 0],
        "SCALE301": [0, 2, 0, 0, 2, 0],
    }
    assert averaged.ceded["EXIT401"].tolist() == [0, 0, 0, 0, 3, 0]
    assert chased.ceded == {}


OVERSIZED = (
    ACCOUNT
    + """\
2026-01-05T14:00:00Z plan BTC-USDT long
  enter        3 @ 100
  max          300 USDT
  invalidation 88
  exit         rest @ 110
2026-01-05T14:30:00Z fill BTC-USDT buy 3.5 @ 100 fee 0 USDT
2026-01-06T14:30:00Z fill BTC-USDT sell 3.5 @ 90 fee 0 USDT
"""
)


def test_the_same_half_unit_is_above_the_maximum_and_more_than_its_tranche() -> None:
    found = {each.rule.code: each for each in judge(book_of(OVERSIZED), RULES).violations()}
    assert found["SCALE303"].cost == pytest.approx(5)
    assert found["SCALE304"].cost == 0
    assert found["SCALE304"].evidence["owned_by"] == "SCALE303"
    assert found["SCALE304"].evidence["owned_by_others"] == "0.5"


def test_planned_units_added_by_an_amendment_lie_before_unplanned_ones() -> None:
    book = book_of(OVERSIZED)
    claims = [("SCALE303", np.array([2.0, 0])), ("PLAN104", np.array([2.0, 0]))]
    above, added = owned_quantities(book, claims)
    # of 3.5 units 0.5 are unplanned: the maximum takes the last 2, the amendment the 2 before 0.5
    assert above.taken.tolist() == [2, 0]
    assert added.taken.tolist() == [0.5, 0]
    assert added.ceded["SCALE303"].tolist() == [1.5, 0]


def test_the_owners_in_the_order_of_the_contract() -> None:
    assert ENTRY_OWNERS == (
        "SCALE306", "SCALE303", "EXIT401", "SCALE304", "SCALE301", "SCALE302", "PLAN104",
        "PLAN102", "PLAN101",
    )  # fmt: skip


def test_the_owners_together_cost_what_the_entries_of_a_planless_trade_cost() -> None:
    book = book_of(PLANLESS)
    units = np.where(book.fills.is_entry, book.fills.quantity, 0.0)
    total = np.nansum(units * entry_cost_per_unit(book))
    costs = [
        violation.cost
        for violation in judge(book, RULES).violations()
        if violation.rule.code in ENTRY_OWNERS
    ]
    assert None not in costs
    assert sum(cost or 0.0 for cost in costs) == pytest.approx(float(total), rel=1e-12)


def given_away(text: str) -> list[float]:
    book = book_of(text)
    quantity = np.where(book.fills.is_entry, 0.0, book.fills.quantity)
    costs: list[float] = exit_cost(book, quantity).tolist()
    return [cost for cost, is_entry in zip(costs, book.fills.is_entry, strict=True) if not is_entry]


LINEAR = ACCOUNT + "2026-01-01T00:00:00Z instrument X-SWAP\n  kind linear\n  multiplier 0.1\n"


def test_what_an_exit_gave_away_against_the_exits_after_it() -> None:
    text = LINEAR.replace("kind linear\n", "kind linear\n  base X\n  quote USDT\n") + (
        "2026-01-05T14:30:00Z fill X-SWAP buy 40 @ 100 fee 0 USDT\n"
        "2026-01-06T14:30:00Z fill X-SWAP sell 20 @ 105 fee 0 USDT\n"
        "2026-01-06T15:30:00Z fill X-SWAP sell 10 @ 110 fee 0 USDT\n"
        "2026-01-06T16:30:00Z fill X-SWAP sell 10 @ 120 fee 0 USDT\n"
    )
    # 2 x (115 - 105), 1 x (120 - 110), and nothing left to compare the last with.
    assert given_away(text) == near(20, 10, np.nan)
    assert given_away(text.replace("sell 10 @ 120", "sell 9 @ 120")) == near(np.nan, np.nan, np.nan)


def test_a_short_gives_away_what_falls_later() -> None:
    text = ACCOUNT + (
        "2026-01-05T14:30:00Z fill ACME sell 2 @ 100 fee 0 USDT\n"
        "2026-01-06T14:30:00Z fill ACME buy 1 @ 95 fee 0 USDT\n"
        "2026-01-06T15:30:00Z fill ACME buy 1 @ 90 fee 0 USDT\n"
    )
    assert given_away(text) == near(5, np.nan)


def test_inverse_contracts_give_away_base_coin() -> None:
    text = """\
2026-01-01T00:00:00Z instrument XBTUSD
  kind       inverse
  base       XBT
  quote      USD
  multiplier 1
2026-01-05T14:30:00Z fill XBTUSD buy 300 @ 10000 fee 0 XBT
2026-01-06T14:30:00Z fill XBTUSD sell 100 @ 12500 fee 0 XBT
2026-01-06T15:30:00Z fill XBTUSD sell 100 @ 16000 fee 0 XBT
2026-01-06T16:30:00Z fill XBTUSD sell 100 @ 20000 fee 0 XBT
"""
    # 100 x (1 / 12500 - (1 / 16000 + 1 / 20000) / 2), and 100 x (1 / 16000 - 1 / 20000)
    assert given_away(text) == near(0.002375, 0.00125, np.nan)
