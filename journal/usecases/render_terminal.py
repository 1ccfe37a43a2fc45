"""A review for a terminal; apart from its other forms, which need no Rich."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType

from journal.reporting.report import Report
from journal.reporting.sections import sections_of
from journal.reporting.terminal import report_renderables
from journal.usecases.render_review import headline


def review_renderables(report: Report, width: int) -> Iterator[RenderableType]:
    """Yield the review's parts for a Rich console of so many columns."""
    return report_renderables(headline(report), sections_of(report), width)
