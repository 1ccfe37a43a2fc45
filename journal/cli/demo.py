"""`journal demo`: a sample journal, checked and reviewed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journal.cli.check_text import report_lines
from journal.cli.options import Json
from journal.cli.output import print_json, print_lines
from journal.cli.reading import show_review
from journal.usecases.demo import CHECKED_SINCE, make_demo

_NEXT = (
    "Look around in it: name it with --db, or set JOURNAL_DB to it, and try",
    "  journal trades               every trade with its result",
    "  journal check --statistics   twelve weeks: each rule, and what breaches cost",
    "  journal show B1              a ladder that went as planned",
    "  journal show B2              what was sold, bought back higher",
    "  journal plan show S2         a ladder liquidated before it is full",
    "  journal rule SCALE301        what a rule flags, and why",
)

Folder = Annotated[Path, typer.Argument(help="Where the demo journal goes.")]


def demo(folder: Folder = Path("journal-demo"), *, json: Json = False) -> None:
    """Make a journal of invented trades, check its last weeks, and review one.

    It is a journal like any other; made again, it replaces only itself.

    Example: journal demo
    """
    made = make_demo(folder)
    if json:
        shown = {"check": made.check, "review": made.report.review, "page": made.page}
        print_json({"path": made.path, "replaced": made.replaced} | shown)
        return
    print_lines([f"$ journal check --since {CHECKED_SINCE}", *report_lines(made.check), ""])
    print_lines([f"$ journal review --week {made.report.review.label}"])
    show_review(made.report)
    print_lines(["", *_NEXT, ""])
    print_lines([f"The week's page for the browser lies in {made.page}."])
    print_lines([f"The demo journal lies in {made.path}."])
