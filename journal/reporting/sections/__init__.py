"""The parts of a report, in the order they are read: one file each, and the list of them.

Adding a section is one module with `section(report)` and one line here. A section that has
nothing to say in a stretch of days returns None.
"""

from __future__ import annotations

from collections.abc import Callable

from journal.reporting.blocks import Section
from journal.reporting.report import Report
from journal.reporting.sections import (
    adherence,
    breaches,
    calendar,
    costs,
    days,
    ladders,
    outcomes,
    results,
    ritual,
    rules,
    scaling,
    trades,
    tranches,
    week,
    weeks,
)

SECTIONS: tuple[Callable[[Report], Section | None], ...] = (
    week.section,
    breaches.section,
    outcomes.section,
    ladders.section,
    trades.section,
    days.section,
    adherence.section,
    results.section,
    rules.section,
    calendar.section,
    weeks.section,
    scaling.section,
    tranches.section,
    costs.section,
    ritual.section,
)


def sections_of(report: Report) -> list[Section]:
    """Return the sections that have something to say."""
    return [found for each in SECTIONS if (found := each(report)) is not None]
