"""Holds what the journal prints as JSON against the reference; a message for each difference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from reference.engine import Reckoning
from reference.model import Part, Trade
from reference.results import Result

Row = Mapping[str, Any]
Key = tuple[int, int]

WITHIN = Fraction(1, 10**9)
# Judged of plans and skips as well: compared by number, over the whole journal.
COUNTED = ("PLAN105", "RISK202")
JUDGED = frozenset({"PLAN101", "SCALE301", "SCALE302", "EXIT401", "STOP501"})
# Where these own units, the rules of the reference cannot tell whose cost it is.
OTHER_OWNERS = frozenset({"SCALE303", "SCALE304", "SCALE306", "PLAN102", "PLAN104"})


def compare(
    expected: Reckoning,
    fills: Sequence[Row],
    trades: Sequence[Row],
    violations: Sequence[Row] | None = None,
    judged: frozenset[str] = JUDGED,
) -> list[str]:
    """Return every difference in fills, trades and, where given, violations of `judged` rules."""
    printed = {key_of(str(row["id"])): row for row in fills}
    found = [f"fill {part.key}: not printed" for part in expected.parts if part.key not in printed]
    mine = {part.key for part in expected.parts}
    found += [f"fill {key}: not expected" for key in printed if key not in mine]
    if found:
        return found
    for part in expected.parts:
        found += compare_part(expected, part, printed[part.key])
    found += compare_trades(expected, printed, trades)
    if violations is not None:
        found += compare_violations(expected, printed, violations, judged)
    return found


def key_of(name: str) -> Key:
    """Return fill number and half from an id such as `12` or `12.2`."""
    numbers = [int(digits) for digits in re.findall(r"\d+", name)]
    return numbers[0], numbers[1] if len(numbers) > 1 else 1


def compare_part(expected: Reckoning, part: Part, row: Row) -> Iterator[str]:
    """Compare one fill part."""
    fill, result = part.execution.fill, expected.results[expected.trades.index(part.trade)]
    where = f"fill {part.key}"
    if row["side"] != fill.side:
        yield f"{where} side: {row['side']} instead of {fill.side}"
    yield from differs(f"{where} quantity", row["quantity"], part.quantity)
    yield from differs(f"{where} price", row["price"], part.price)
    yield from differs(f"{where} fee_settled", row["fee_settled"], part.fee)
    yield from differs(f"{where} position_after", row["position_after"], part.position_after)
    yield from differs(
        f"{where} average_entry_after", row["average_entry_after"], part.average_after
    )
    if part.is_entry:
        size = part.quantity
        yield from differs(
            f"{where} unplanned_quantity", row["unplanned_quantity"], part.unplanned, size
        )
        yield from tranche_differs(where, part, row["tranche"])
    else:
        turnover = result.turnover
        gross, net = part.realised_gross, part.realised_net
        yield from differs(f"{where} realised_gross", row["realised_gross"], gross, turnover)
        yield from differs(f"{where} realised_net", row["realised_net"], net, turnover)


def tranche_differs(where: str, part: Part, printed: object) -> Iterator[str]:
    """Compare the tranche of an entry; one that serves several tranches prints the first."""
    if part.before_plan:
        return
    first = part.tranches[0][0] if part.tranches else None
    number = None if printed is None else int(re.findall(r"\d+", str(printed))[0])
    if number != first:
        yield f"{where} tranche: {number} instead of {first}"


def differs(
    what: str, printed: object, expected: Fraction | None, scale: Fraction | None = None
) -> Iterator[str]:
    """Compare a figure to 1e-9 of itself, or of the scale it was computed at."""
    if printed is None or expected is None:
        if (printed is None) != (expected is None):
            yield f"{what}: {printed} instead of {shown(expected)}"
        return
    allowed = WITHIN * max(abs(expected), scale or Fraction(0))
    if abs(Fraction(str(printed)) - expected) > allowed:
        yield f"{what}: {printed} instead of {shown(expected)}"


def shown(value: Fraction | None) -> str:
    """Return a figure as text."""
    return "null" if value is None else repr(float(value))


def compare_trades(
    expected: Reckoning, fills: Mapping[Key, Row], trades: Sequence[Row]
) -> Iterator[str]:
    """Compare trades; they are the same if they hold the same fill parts."""
    printed = {str(row["trade"]): row for row in trades}
    if len(printed) != len(expected.trades):
        yield f"{len(printed)} trades instead of {len(expected.trades)}"
    for trade, result in zip(expected.trades, expected.results, strict=True):
        if not trade.parts:
            continue
        names = {str(fills[part.key]["trade"]) for part in trade.parts}
        if len(names) != 1 or not names <= set(printed):
            yield f"trade of {trade.parts[0].key}: its fills are in {sorted(names)}"
            continue
        yield from compare_trade(trade, result, printed[names.pop()])


def compare_trade(trade: Trade, result: Result, row: Row) -> Iterator[str]:
    """Compare the figures of one trade."""
    where = f"trade of {trade.parts[0].key}"
    words = {
        "account": trade.account,
        "instrument": trade.instrument.symbol,
        "direction": trade.direction.value,
    }
    for name, word in words.items():
        if row[name] != word:
            yield f"{where} {name}: {row[name]} instead of {word}"
    if (row["closed_at"] is None) != (trade.closed is None):
        yield f"{where} closed_at: {row['closed_at']} instead of {trade.closed}"
    if (row["plan"] is None) != (trade.plan is None):
        yield f"{where} plan: {row['plan']} instead of {trade.plan and trade.plan.number}"
    yield from differs(f"{where} quantity", row["quantity"], result.quantity)
    yield from differs(f"{where} average_entry", row["average_entry"], result.average_entry)
    yield from differs(f"{where} average_exit", row["average_exit"], result.average_exit)
    yield from differs(f"{where} planned_risk", row["planned_risk"], result.planned_risk)
    if trade.closed is None:
        return
    turnover, risk = result.turnover, result.planned_risk
    yield from differs(f"{where} fees", row["fees"], result.fees, turnover)
    yield from differs(f"{where} gross_pnl", row["gross_pnl"], result.gross, turnover)
    yield from differs(f"{where} net_pnl", row["net_pnl"], result.net, turnover)
    scale = turnover / risk if risk else turnover
    yield from differs(f"{where} r_multiple", row["r_multiple"], result.r_multiple, scale)


def compare_violations(
    expected: Reckoning,
    fills: Mapping[Key, Row],
    violations: Sequence[Row],
    judged: frozenset[str],
) -> Iterator[str]:
    """Compare broken rules trade by trade, and their costs where no other rule owns units."""
    for code in COUNTED:
        count = sum(v.code == code and v.verdict == "broken" for v in expected.verdicts)
        listed = sum(row["code"] == code for row in violations)
        if count != listed:
            yield f"{code}: {listed} broken instead of {count}"
    for trade, result in zip(expected.trades, expected.results, strict=True):
        if not trade.parts:
            continue
        where = f"trade of {trade.parts[0].key}"
        name = str(fills[trade.parts[0].key]["trade"])
        rows = [row for row in violations if str(row["trade"]) == name]
        keys = {part.key for part in trade.parts}
        broken = [v for v in expected.verdicts if v.verdict == "broken" and v.subject in keys]
        mine = {verdict.code for verdict in broken if verdict.code in judged}
        theirs = {str(row["code"]) for row in rows} & judged
        if mine != theirs:
            yield f"{where} broken: {sorted(theirs)} instead of {sorted(mine)}"
        owners = {str(row["code"]) for row in rows} | {verdict.code for verdict in broken}
        if owners & (OTHER_OWNERS | (JUDGED - judged)):
            continue
        for code in sorted(mine & theirs):
            costs = [verdict.cost for verdict in broken if verdict.code == code]
            printed = [row["cost"] for row in rows if row["code"] == code]
            yield from costs_differ(f"{where} cost of {code}", printed, costs, result.turnover)


def costs_differ(
    what: str, printed: list[Any], expected: list[Fraction | None], turnover: Fraction
) -> Iterator[str]:
    """Compare a rule's whole cost on a trade: violations of one order group are printed as one."""
    known = [cost for cost in expected if cost is not None]
    if len(known) < len(expected) or None in printed:
        if (len(known) < len(expected)) != (None in printed):
            yield f"{what}: {printed} instead of {[shown(cost) for cost in expected]}"
        return
    total = sum((Fraction(str(cost)) for cost in printed), Fraction(0))
    yield from differs(what, str(float(total)), sum(known, Fraction(0)), turnover)
