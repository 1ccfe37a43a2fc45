"""A review in the form somebody asked for: page, text, Markdown, or values for JSON."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from journal.reporting.blocks import Chart, Section, Table
from journal.reporting.markdown import report_markdown
from journal.reporting.page import Page, page_html
from journal.reporting.plain import report_lines
from journal.reporting.report import Report
from journal.reporting.sections import sections_of


def review_title(report: Report) -> str:
    """Return what the review is of."""
    review = report.review
    whose = f", {review.account}" if review.account else ""
    of_setup = f", #{review.setup.removeprefix('#')}" if review.setup else ""
    return f"Review of {review.label}{whose}{of_setup}"


def review_page(report: Report) -> str:
    """Return the review as one HTML file."""
    stretch = report.stretch
    subtitle = f"{stretch.first} to {stretch.last}, days in {stretch.zone.key}"
    return page_html(Page(review_title(report), subtitle, sections_of(report), report.words))


def headline(report: Report) -> str:
    """Return the first line of the review as text: what it is of, and whose days they are."""
    return f"{review_title(report)}  (days in {report.stretch.zone.key})"


def review_text(report: Report) -> list[str]:
    """Return the review as text in 80 columns."""
    return list(report_lines(headline(report), sections_of(report)))


def review_markdown(report: Report) -> str:
    """Return the review as Markdown."""
    return report_markdown(review_title(report), sections_of(report))


def review_values(report: Report) -> dict[str, Any]:
    """Return the measured review, and the tables of its page, section by section.

    Those behind charts are among them.
    """
    measured = {each.name: getattr(report.review, each.name) for each in fields(report.review)}
    sections = [
        {
            "anchor": section.anchor,
            "title": section.title,
            "tables": [_table(table) for table in _tables(section)],
        }
        for section in sections_of(report)
    ]
    return measured | {"ritual": report.ritual, "sections": sections}


def _tables(section: Section) -> list[Table]:
    found = [block.table if isinstance(block, Chart) else block for block in section.blocks]
    return [block for block in found if isinstance(block, Table)]


def _table(table: Table) -> dict[str, Any]:
    return {
        "caption": table.caption,
        "headers": list(table.headers),
        "rows": [[str(cell) for cell in row] for row in table.rows],
    }
