"""What entries cost against the exits after them, and that each unit has one owner."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.costs import ENTRY_OWNERS, entry_cost_per_unit, owned_quantities
from journal.book.judging import judge
from journal.rules import RULES
from journal_text import book_of
from ladder_a import ACCOUNT

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
    return entry_cost_per_unit(book_of(text)).tolist()


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
    taken, ceded = zip(*owned_quantities(book, claims), strict=True)
    assert taken[0].tolist() == [4, 0, 1, 0, 0, 0]
    assert taken[1].tolist() == [0, 2, 0, 0, 2, 0]
    assert taken[2].tolist() == [0, 0, 0, 0, 3, 0]
    assert ceded[0].tolist() == [0, 2, 0, 0, 5, 0]
    assert ceded[1].tolist() == [0, 0, 0, 0, 3, 0]
    assert ceded[2].tolist() == [0, 0, 0, 0, 0, 0]


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
