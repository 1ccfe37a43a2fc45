"""A trade as text: the plan beside what was made of it."""

from __future__ import annotations

from collections.abc import Iterator

from journal.cli.fills import purpose
from journal.reporting.layout import labelled, table, wrapped
from journal.reporting.readable import (
    UNKNOWN,
    minute,
    minute_or_date,
    money,
    multiple,
    number,
    percent,
)
from journal.reporting.violation_text import violation_text
from journal.usecases.show_trade import ExitMade, TradeSheet

_FILLS_SHOWN = 3
_VERDICT, _CODE = 9, 8  # widths


def sheet_lines(sheet: TradeSheet) -> Iterator[str]:
    """Return a trade's lines: result, ladder, exits, fills, stops, notes, verdicts."""
    yield from _head(sheet)
    sections = (
        _plan(sheet),
        _tranches(sheet),
        _exits(sheet),
        _fills(sheet),
        _stops(sheet),
        _notes(sheet),
        _verdicts(sheet),
    )
    for lines in sections:
        if lines:
            yield ""
            yield from lines


def _head(sheet: TradeSheet) -> Iterator[str]:
    trade = sheet.trade
    tags = " ".join(f"#{tag}" for tag in trade.tags)
    title = f"{trade.trade}  {trade.instrument} {trade.direction}, {trade.account}"
    yield f"{title}, {trade.state}  {tags}".rstrip()
    closed = f" to {minute(trade.closed_at)}" if trade.closed_at else ""
    yield f"opened {minute(trade.opened_at)}{closed} UTC"
    if not trade.opening_known:
        yield "the history begins inside this position: what it cost is not known"
    average = f"{number(trade.quantity)} entered at {number(trade.average_entry)} on average"
    out = f", out at {number(trade.average_exit)}" if trade.average_exit is not None else ""
    yield average + out
    funding = f", funding {money(trade.funding, signed=True)}" if trade.funding else ""
    yield (
        f"net {money(trade.net_pnl, signed=True)} {trade.currency} = {multiple(trade.r_multiple)}"
        f"  (gross {money(trade.gross_pnl, signed=True)}, fees {money(trade.fees)}{funding})"
    )
    yield f"planned risk {money(trade.planned_risk)}, filled risk {money(sheet.filled_risk)}"
    if trade.state == "open":
        yield (
            f"stop {number(sheet.stop)}, invalidation {number(sheet.invalidation)}, "
            f"break-even {number(sheet.break_even)}"
        )


def _plan(sheet: TradeSheet) -> list[str]:
    if sheet.plan is None:
        return ["no plan"]
    plan, newest = sheet.plan, sheet.plan.versions[-1]
    amended = f", amended {len(plan.versions) - 1} times" if len(plan.versions) > 1 else ""
    lines = [f"plan {plan.name or plan.key}, locked {minute(plan.locked_at)}{amended}"]
    lines += wrapped(newest.thesis, indent="  ") if newest.thesis else []
    for version in plan.versions[1:]:
        reason = f": {version.reason}" if version.reason else ""
        lines += wrapped(f"version {version.number}, {minute(version.at)}{reason}", indent="  ")
    return lines


def _tranches(sheet: TradeSheet) -> list[str]:
    if not sheet.tranches:
        return []
    rows = [
        [
            str(tranche.number),
            number(tranche.price),
            number(tranche.quantity),
            money(tranche.quote),
            tranche.state,
            number(tranche.filled_quantity),
            _keys(tranche.fills),
        ]
        for tranche in sheet.tranches
    ]
    if sheet.unplanned_quantity:
        rows.append(["-", "", "", "", "unplanned", number(sheet.unplanned_quantity), ""])
    headers = ["enter", "price", "quantity", "money", "state", "filled", "by"]
    return table(headers, rows, "lrrrlrl", drop=["money"])


def _exits(sheet: TradeSheet) -> list[str]:
    rows = [
        [
            str(way_out.number),
            _target(way_out),
            number(way_out.planned),
            number(way_out.taken),
            _keys(way_out.fills),
        ]
        for way_out in sheet.exits
    ]
    return table(["exit", "price", "planned", "taken", "by"], rows, "lrrrl") if rows else []


def _target(way_out: ExitMade) -> str:
    if way_out.target is not None:
        return number(way_out.target)
    return f"trail {percent(way_out.trail, 1)}"


def _keys(fills: list[str]) -> str:
    more = f" +{len(fills) - _FILLS_SHOWN}" if len(fills) > _FILLS_SHOWN else ""
    return " ".join(fills[:_FILLS_SHOWN]) + more


def _fills(sheet: TradeSheet) -> list[str]:
    rows = [
        [
            fill.id,
            minute_or_date(fill.at, fill.filled_on)[5:],
            fill.side,
            number(fill.quantity),
            number(fill.price),
            purpose(fill),
            number(fill.position_after),
            UNKNOWN if fill.position_after and fill.average_entry_after is None
            else number(fill.average_entry_after) if fill.position_after else "",
            "" if fill.is_entry else money(fill.realised_net, signed=True),
        ]
        for fill in sheet.fills
    ]  # fmt: skip
    headers = ["fill", "time", "side", "quantity", "price", "for", "held", "average", "net"]
    return table(headers, rows, "lllrrlrrr", drop=["side"])


def _stops(sheet: TradeSheet) -> list[str]:
    rows = [
        [minute(stop.at), "removed" if stop.price is None else number(stop.price), stop.source]
        for stop in sheet.stops
    ]
    return table(["stop set", "at", "from"], rows, "lrl") if rows else []


def _notes(sheet: TradeSheet) -> list[str]:
    lines: list[str] = []
    for note in sheet.notes:
        tags = "".join(f" #{tag}" for tag in note.tags)
        lines += wrapped(f"{minute(note.at)}  {note.text}{tags}", indent="")
    return lines


def _verdicts(sheet: TradeSheet) -> list[str]:
    """Return what was broken and why some rules cannot tell; the kept ones in one paragraph."""
    kept = [code for code, verdict in sheet.verdicts.items() if verdict == "kept"]
    lines: list[str] = []
    for place, (code, reason) in enumerate(sheet.undecided.items()):
        lines += labelled("" if place else "unknown", f"{code:<{_CODE}}  {reason}", _VERDICT)
    if kept:
        lines += labelled("kept", ", ".join(kept), _VERDICT)
    if sheet.violations:
        lines.append("broken")
    for violation in sheet.violations:
        lines += violation_text(violation)
    return lines
