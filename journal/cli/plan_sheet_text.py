"""The pre-trade sheet as text."""

from __future__ import annotations

from collections.abc import Iterator

from journal.cli.output import coloured
from journal.reporting.layout import labelled, table, wrapped
from journal.reporting.readable import money, multiple, number, percent
from journal.usecases.plan_exits import ExitLine
from journal.usecases.plan_sheet import PlanSheet, RuleVerdict, Unsafe


def sheet_lines(sheet: PlanSheet) -> Iterator[str]:
    """Return a sheet's lines: the ladder, the exits, the limits, the verdicts."""
    yield f"{sheet.instrument} {sheet.direction}, {sheet.account}, money in {sheet.currency}"
    yield ""
    yield from _ladder(sheet)
    yield ""
    if sheet.exits:
        yield from _exits(sheet)
        yield ""
    yield from _figures(sheet)
    for unsafe in sheet.unsafe_if_skipped:
        yield from wrapped(_unsafe(unsafe))
    if sheet.verdicts:
        yield ""
        for each in sheet.verdicts:
            yield from _verdict(each)


def _ladder(sheet: PlanSheet) -> list[str]:
    leveraged = sheet.leverage is not None
    headers = ["enter", "price", "quantity", "money", "average", "cost held", "costs"]
    rows = [
        [
            str(line.number),
            number(line.price),
            number(line.quantity),
            money(line.quote),
            number(line.average_entry),
            money(line.cost_held),
            percent(line.cost_fraction, 2),
            *([number(line.liquidation)] if leveraged else []),
        ]
        for line in sheet.tranches
    ]
    headers += ["liquidated"] if leveraged else []
    return table(headers, rows, "l" + "r" * (len(headers) - 1), drop=["costs", "cost held"])


def _exits(sheet: PlanSheet) -> list[str]:
    rows = [
        [
            str(line.number),
            _target(line),
            number(line.quantity),
            money(line.gross_pnl, signed=True),
            money(line.net_pnl, signed=True),
            multiple(line.r_multiple),
        ]
        for line in sheet.exits
    ]
    return table(["exit", "price", "quantity", "gross P&L", "net P&L", "R"], rows, "lrrrrr")


def _target(line: ExitLine) -> str:
    if line.trail is None:
        return number(line.price)
    after = f" after {line.trail_after}" if line.trail_after else ""
    return f"trail {percent(line.trail, 1)}{after}"


def _figures(sheet: PlanSheet) -> Iterator[str]:
    yield from labelled("planned risk", _risk(sheet))
    targets = f"{money(sheet.net_pnl, signed=True)} net = {multiple(sheet.r_multiple)}"
    yield from labelled("all targets", targets)
    yield from labelled("break-even", f"{number(sheet.break_even)} for the whole ladder")
    yield from labelled("invalidation", number(sheet.invalidation))
    stated = "" if sheet.maximum_stated else ", the ladder's total: the plan gives none"
    unit = "units" if sheet.maximum_unit == "units" else sheet.currency
    yield from labelled("maximum", f"{number(sheet.maximum)} {unit}{stated}")
    if sheet.leverage is not None:
        yield from labelled("leverage", f"{number(sheet.leverage)}x")


def _risk(sheet: PlanSheet) -> str:
    text = f"{money(sheet.planned_risk)} {sheet.currency}"
    if sheet.risk_of_equity is not None:
        text += f", {percent(sheet.risk_of_equity, 2)} of the stated equity"
    if not sheet.costs_known:
        text += ", without costs: the account states no taker rate"
    return text


def _unsafe(unsafe: Unsafe) -> str:
    skipped = ", ".join(map(str, unsafe.skipped))
    return (
        f"note: unsafe if {skipped} never fill{'s' if len(unsafe.skipped) == 1 else ''}: "
        f"liquidated at {number(unsafe.liquidation)}, before the invalidation"
    )


def _verdict(each: RuleVerdict) -> Iterator[str]:
    colour = {"broken": "red", "unknown": "yellow", "kept": "green"}.get(each.verdict)
    word = each.verdict.replace("_", " ")
    yield f"{each.code}  {each.name}: {coloured(word, colour) if colour else word}"
    if each.message:
        yield from wrapped(each.message, indent="  ")
