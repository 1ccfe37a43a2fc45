"""Each trade's planned ladder against its fills over time, with its breaches."""

from __future__ import annotations

from journal.book.keys import trade_key
from journal.reporting.blocks import Block, Chart, Heading, Item, Items, Link, Section, Text, Tone
from journal.reporting.ladders import LadderPicture, breaches_of, ladder_picture, pictured
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.trade_lines import TradeLine
from journal.reporting.violation_lines import violation_lines
from journal.reporting.violation_text import notes_on

LEGEND = (
    "Bands are planned tranches. Triangles are fills: up a buy, down a sell, hollow where no "
    "tranche planned it; larger is more. The solid line is the average entry, dashes the stop, "
    "dash-dots the invalidation, dots the exits. Numbered rings are the breaches listed below."
)


def section(report: Report) -> Section | None:
    """Draw the trades of the stretch."""
    trades = pictured(report)
    if not trades:
        return None
    blocks: list[Block] = [Text(LEGEND, Tone.QUIET, beside=True)]
    for trade in trades:
        blocks += trade_blocks(report, trade)
    if len(trades) < len(report.trades):
        more = counted(len(report.trades) - len(trades), "more trade")
        blocks.append(Text(f"{more}: `journal show TRADE --open` draws any.", Tone.QUIET))
    return Section("ladders", "Plan against execution", tuple(blocks))


def trade_blocks(report: Report, trade: int, *, linked: bool = True) -> list[Block]:
    """Return the heading, the picture and the breaches of one trade.

    `linked` breaches lead to their place in the list of the stretch, if they stand there.
    """
    key = trade_key(report.book, trade)
    line = next(each for each in report.review.trades if each.trade == key)
    picture = ladder_picture(report, trade)
    sentence = _sentence(report, line, picture)
    blocks: list[Block] = [
        Heading(_title(report, line), key),
        Text(sentence),
    ]
    if not picture.prices.empty:
        blocks.append(Chart(f"ladder-{key}", "ladder", picture, sentence))
    if items := _breaches(report, trade, linked=linked):
        blocks.append(Items(items, beside=True))
    return blocks


def _title(report: Report, line: TradeLine) -> str:
    words = report.words
    result = (
        "open" if line.closed_at is None else words.money(line.net_pnl, line.currency, signed=True)
    )
    told = line.closed_at is not None and line.r_multiple is not None
    r = f", {words.multiple(line.r_multiple)}" if told else ""
    return f"{line.trade} {line.instrument} {line.direction}: {result}{r}"


def _sentence(report: Report, line: TradeLine, picture: LadderPicture) -> str:
    """Say what became of the ladder, and what was done beside it."""
    fills, tranches = picture.fills, picture.tranches
    entries = fills[fills["is_entry"]]
    beside = int(fills["unplanned"].sum())
    average = report.words.number(line.average_entry)
    if line.plan is None:
        return (
            f"No plan: {counted(len(entries), 'entry', 'entries')} at {average} on average, "
            f"{counted(len(fills) - len(entries), 'exit')}."
        )
    filled = int((tranches["state"] == "filled").sum())
    states = ", ".join(
        f"tranche {number} {state}"
        for number, state in zip(tranches["number"], tranches["state"], strict=True)
        if state != "filled"
    )
    said = f"Plan {line.plan}: {filled} of {counted(len(tranches), 'tranche')} filled"
    said += f" ({states})" if states else ""
    said += f", average entry {average}"
    if beside:
        said += f"; {counted(beside, 'fill')} beside the plan"
    return said + "."


def _breaches(report: Report, trade: int, *, linked: bool) -> tuple[Item, ...]:
    lines = violation_lines(report.judgement, breaches_of(report, trade))
    listed = {each.id for each in report.review.violations} if linked else set()
    return tuple(
        Item(
            title=f"{mark}  {line.name}"
            if line.id in listed
            else f"{mark}  {line.id}  {line.name}",
            text=report.words.sentence(line.message),
            link=Link(line.id, line.id) if line.id in listed else None,
            tags=(line.severity,),
            notes=notes_on(line, report.words),
        )
        for mark, line in enumerate(lines, start=1)
    )
