"""A report where somebody reads it: set off by Rich in a terminal, plain text anywhere else."""

from __future__ import annotations

import sys

from journal.cli.output import print_lines
from journal.reporting.layout import WIDTH
from journal.reporting.report import Report
from journal.usecases.render_review import review_text


def show_review(report: Report) -> None:
    """Print a review as somebody at a terminal, or the program behind a pipe, wants it."""
    if not sys.stdout.isatty():
        print_lines(review_text(report))
        return
    # Only here: nobody behind a pipe waits for Rich.
    from rich.console import Console  # noqa: PLC0415 - see above

    from journal.usecases.render_terminal import review_renderables  # noqa: PLC0415 - the same

    # Words are the trader's: no markup, emoji or highlighting is read into them.
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, WIDTH)
    for part in review_renderables(report, console.width):
        console.print(part)
