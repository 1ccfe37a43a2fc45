"""The action of the review before, the one for the days ahead, and how the last ones went."""

from __future__ import annotations

from journal.domain.review import Kept
from journal.reporting.blocks import Block, Section, Table, Text
from journal.reporting.report import Report
from journal.reporting.ritual import Resolution, one_line

_SHOWN = 8
_FEWEST = 2
"""A table of one action would say no more than the sentence above it."""


def section(report: Report) -> Section | None:
    """Say what was resolved last and next, if anything ever was."""
    ritual = report.ritual
    if ritual.last is None and ritual.next is None:
        return None
    blocks: list[Block] = []
    if ritual.last is not None:
        blocks.append(Text(str(ritual.last)))
    upcoming = f'"{one_line(ritual.next)}"' if ritual.next else "none taken yet"
    blocks.append(Text(f"Next: {upcoming}."))
    if len(ritual.taken) >= _FEWEST:
        blocks.append(_table(ritual.taken[-_SHOWN:]))
    return Section("action", "Last action, next action", tuple(blocks))


def _table(taken: tuple[Resolution, ...]) -> Table:
    rows = tuple(
        (each.period, one_line(each.action), each.answer, one_line(each.reason or ""))
        for each in taken
    )
    return Table(
        ("review", "action", "answer", "why"), rows, "llll", _caption(taken), drop=("why",)
    )


def _caption(taken: tuple[Resolution, ...]) -> str:
    told = [each.kept for each in taken if each.kept]
    kept, partly = told.count(Kept.YES), told.count(Kept.PARTLY)
    parts = [f"Kept {kept} of {len(told)} answered"]
    if partly:
        parts.append(f"{partly} partly")
    if len(told) < len(taken):
        parts.append(f"{len(taken) - len(told)} not answered")
    return ", ".join(parts)
