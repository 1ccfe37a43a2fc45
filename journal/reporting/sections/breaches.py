"""Every breach with its evidence and what it cost."""

from __future__ import annotations

from journal.book.keys import trade_key
from journal.reporting.blocks import Item, Items, Link, Section, Text, Tone
from journal.reporting.ladders import pictured
from journal.reporting.report import Report
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.violation_text import notes_on

_ORDER = {"critical": 0, "major": 1, "minor": 2}
SHOWN = 200
"""More breaches than this are counted, not printed: the page is for reading."""


def section(report: Report) -> Section:
    """List the breaches, the weightiest rules first, those of one rule in order of time."""
    found = report.review.violations
    if not found:
        return Section("breaches", "Breaches", (Text("No rule was broken.", Tone.GOOD),))
    ordered = sorted(found, key=lambda each: (_ORDER[each.severity], each.code, each.at))
    drawn = {trade_key(report.book, trade) for trade in pictured(report)}
    shown = [_item(report, each, drawn) for each in ordered[:SHOWN]]
    blocks: list[Text | Items] = [Items(tuple(shown))]
    if len(found) > SHOWN:
        more = len(found) - SHOWN
        blocks.append(Text(f"{more} more are listed by `journal check`.", Tone.QUIET))
    return Section("breaches", "Breaches", tuple(blocks))


def _item(report: Report, violation: ViolationLine, drawn: set[str]) -> Item:
    words = report.words
    where = " ".join(filter(None, (violation.instrument, violation.account)))
    at = words.minute(violation.at)
    return Item(
        title=f"{violation.id}  {violation.name}",
        text=f"{words.sentence(violation.message)} ({where}, {at})",
        link=Link(violation.trade, violation.trade) if violation.trade in drawn else None,
        anchor=violation.id,
        tags=(violation.severity,),
        notes=notes_on(violation, words),
    )
