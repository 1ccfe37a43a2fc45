"""The reference against laws that hold for every journal, and the comparison against itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from journal.domain.event import Event
from journal.domain.instrument import Kind
from journal.domain.notation import format_events, parse
from reference.compare import JUDGED, compare
from reference.engine import Reckoning, reckon
from reference.exact import exceeds, multiplier
from reference.model import Part, Trade
from reference.random_journals import bulk, journals

EVERY = settings(suppress_health_check=list(HealthCheck))


@EVERY
@given(journals())
def test_a_random_journal_can_be_written_down_and_read_back(events: list[Event]) -> None:
    instruments = reckon(events).timeline.instruments
    assert parse(format_events(events, instruments)) == events


@EVERY
@given(journals())
def test_quantities_add_up(events: list[Event]) -> None:
    for trade in reckon(events).trades:
        for part in trade.entries:
            if not part.before_plan:
                assert sum(q for _, q in part.tranches) + part.unplanned == part.quantity
            assert (part.unplanned > 0) == (part.unplanned_class is not None)
        for part in trade.exits:
            assert sum(quantity for _, quantity, _ in part.exits) == part.quantity


@EVERY
@given(journals())
def test_a_closed_trade_made_the_cash_that_moved(events: list[Event]) -> None:
    found = reckon(events)
    for trade, result in zip(found.trades, found.results, strict=True):
        if trade.closed is None or trade.carried or result.net is None or trade.dust:
            continue
        if trade.instrument.kind is not Kind.INVERSE:
            assert result.net == sum(cash(part) for part in trade.parts) + (trade.funding or 0)
        assert result.net == sum(p.realised_net or 0 for p in trade.exits) + (trade.funding or 0)


def cash(part: Part) -> Fraction:
    """Return what a fill paid into the account: a base-coin fee moves no cash."""
    fill = part.execution.fill
    moved = -fill.side.sign * part.quantity * part.price * multiplier(part.trade.instrument)
    in_coin = part.held != part.quantity
    return moved - (Fraction(0) if in_coin else part.fee or Fraction(0))


@EVERY
@given(journals())
def test_no_tranche_takes_more_than_its_tolerance_allows(events: list[Event]) -> None:
    found = reckon(events)
    for ledger in found.ledgers:
        if ledger.trade.plan is None or len(ledger.trade.plan.versions) > 1:
            continue
        for number, tranche in enumerate(ledger.trade.plan.versions[0].terms.enters, start=1):
            limit = 1 + ledger.tolerances.quantity
            assert not exceeds(ledger.used_share(number, tranche), limit)


def test_bulk_journals_are_the_same_for_the_same_seed() -> None:
    assert list(bulk(3, 5)) == list(bulk(3, 5))
    assert list(bulk(3, 5)) != list(bulk(3, 6))


def test_bulk_journals_reach_every_class_and_verdict() -> None:
    classes, exits, verdicts, states = set(), set(), set(), set()
    for events in bulk(150, 1):
        found = reckon(events)
        classes |= {part.unplanned_class for part in found.parts}
        exits |= {kind for part in found.parts for _, _, kind in part.exits}
        verdicts |= {(verdict.code, verdict.verdict) for verdict in found.verdicts}
        for number, trade in enumerate(found.trades):
            states |= set(found.states(number).values()) if trade.plan else set()
    assert classes == {None, "no plan", "before plan", "excess", "unmatched"}
    assert exits == {
        "no plan", "before plan", "target", "protective", "trail", "excess", "early", "unknown",
    }  # fmt: skip
    for code in JUDGED | {"RISK202"}:
        assert {verdict for name, verdict in verdicts if name == code} == {
            "kept", "broken", "unknown",
        }  # fmt: skip
    assert states == {
        "open", "filled", "partial", "skipped", "missed", "unfilled", "not reached",
    }  # fmt: skip


def printed(found: Reckoning) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the reference's own figures in the shape of the journal's JSON."""
    fills = [fill_row(found, part) for part in found.parts]
    return fills, [trade_row(found, trade) for trade in found.trades]


def text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def fill_row(found: Reckoning, part: Part) -> dict[str, Any]:
    return {
        "id": f"{part.key[0]}.{part.key[1]}",
        "trade": found.trades.index(part.trade),
        "side": part.execution.fill.side.value,
        "quantity": text(part.quantity),
        "price": text(part.price),
        "fee_settled": text(part.fee),
        "tranche": part.tranches[0][0] if part.tranches else None,
        "unplanned_quantity": text(part.unplanned),
        "position_after": text(part.position_after),
        "average_entry_after": text(part.average_after),
        "realised_gross": text(part.realised_gross),
        "realised_net": text(part.realised_net),
    }


def trade_row(found: Reckoning, trade: Trade) -> dict[str, Any]:
    number = found.trades.index(trade)
    result = found.results[number]
    return {
        "trade": number,
        "account": trade.account,
        "instrument": trade.instrument.symbol,
        "direction": trade.direction.value,
        "closed_at": trade.closed,
        "quantity": text(result.quantity),
        "average_entry": text(result.average_entry),
        "average_exit": text(result.average_exit),
        "gross_pnl": text(result.gross),
        "fees": text(result.fees),
        "net_pnl": text(result.net),
        "planned_risk": text(result.planned_risk),
        "r_multiple": text(result.r_multiple),
        "plan": trade.plan.number if trade.plan else None,
    }


def violations_of(found: Reckoning) -> Iterator[dict[str, Any]]:
    trade_of: dict[object, int] = {p.key: found.trades.index(p.trade) for p in found.parts}
    for verdict in found.verdicts:
        if verdict.verdict == "broken":
            trade = trade_of.get(verdict.subject)
            yield {"code": verdict.code, "trade": trade, "cost": text(verdict.cost)}


PLANNED = """\
2026-01-01T00:00Z account main
  currency USD
  fees     taker 0.1%
2026-01-05T09:00:00Z plan X long
  enter        4 @ 100
  invalidation 80
  exit         rest @ 120
2026-01-05T10:00:00Z fill X buy 4 @ 100 fee 1 USD
2026-01-05T10:30:00Z fill X buy 1 @ 95 fee 1 USD
2026-01-05T11:00:00Z fill X sell 5 @ 110 fee 1 USD
2026-01-05T12:00:00Z fill X buy 1 @ 110 fee 1 USD
"""


def test_the_comparison_finds_nothing_where_nothing_differs() -> None:
    found = reckon(parse(PLANNED))
    assert compare(found, *printed(found), list(violations_of(found))) == []
    for events in bulk(30, 2):
        found = reckon(events)
        assert compare(found, *printed(found), list(violations_of(found))) == []


FILL_FIELDS = [
    "price", "fee_settled", "position_after", "average_entry_after", "unplanned_quantity",
    "realised_gross", "realised_net", "quantity", "tranche", "side",
]  # fmt: skip
TRADE_FIELDS = [
    "account", "instrument", "direction", "closed_at", "quantity", "average_entry",
    "average_exit", "gross_pnl", "fees", "net_pnl", "planned_risk", "r_multiple", "plan",
]  # fmt: skip

TINY = Fraction(3, 10**9)
# Differences of large sums are compared to a billionth of the turnover, here 1,045 USD.
RESULTS = ["realised_gross", "realised_net", "gross_pnl", "fees", "net_pnl", "r_multiple"]
SENSITIVITY = dict.fromkeys(RESULTS, Fraction(1, 10**6))


@pytest.mark.parametrize("name", FILL_FIELDS)
def test_the_comparison_sees_a_changed_fill(name: str) -> None:
    found = reckon(parse(PLANNED))
    fills, trades = printed(found)
    row = fills[2 if name.startswith("realised") else 0]
    row[name] = "sell" if name == "side" else changed(row[name], SENSITIVITY.get(name, TINY))
    assert [message.split(":")[0] for message in compare(found, fills, trades)] == [
        f"fill ({row['id'].replace('.', ', ')}) {name}"
    ]


@pytest.mark.parametrize("name", TRADE_FIELDS)
def test_the_comparison_sees_a_changed_trade(name: str) -> None:
    found = reckon(parse(PLANNED))
    fills, trades = printed(found)
    row = trades[0]
    altered = changed(row[name], SENSITIVITY.get(name, TINY))
    row[name] = None if name in ("closed_at", "plan") else altered
    assert [message.split(":")[0] for message in compare(found, fills, trades)] == [
        f"trade of (1, 1) {name}"
    ]


def changed(value: object, by: Fraction) -> str:
    """Return a figure that little away, or another word."""
    try:
        number = Fraction(str(value))
    except ValueError:
        return f"{value}?"
    return str(number * (1 + by) if number else 1)


def test_the_comparison_sees_missing_and_other_violations() -> None:
    found = reckon(parse(PLANNED))
    violations = list(violations_of(found))
    assert {row["code"] for row in violations} == {"SCALE301", "PLAN101"}
    without = [row for row in violations if row["code"] != "SCALE301"]
    assert len(compare(found, *printed(found), without)) == 1
    dearer = [{**row, "cost": "99"} if row["code"] == "SCALE301" else row for row in violations]
    assert len(compare(found, *printed(found), dearer)) == 1
