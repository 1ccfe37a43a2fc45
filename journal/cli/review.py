"""`journal review`: the week."""

from __future__ import annotations

import sys
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.asking import Talk, ask_action, ask_kept, ask_words, is_due
from journal.cli.options import Account, Db, Json, Why, clock
from journal.cli.output import json_text, print_lines, say
from journal.cli.pages import Locale, Open, Output, Pdf, put, put_page
from journal.cli.reading import show_review
from journal.domain.event import Event
from journal.domain.review import Kept
from journal.reporting.report import Report
from journal.reporting.ritual import ritual
from journal.usecases.keep_review import (
    Decided,
    check_decided,
    event_of,
    keep,
    read_reviewed,
)
from journal.usecases.render_review import (
    review_markdown,
    review_page,
    review_text,
    review_values,
)
from journal.usecases.review import Asked
from journal.usecases.review import report as measure
from journal.usecases.session import Session


class Format(StrEnum):
    """How a review is written."""

    TEXT = "text"
    HTML = "html"
    MD = "md"
    JSON = "json"


Week = Annotated[
    str | None, typer.Option("--week", help="An ISO week, 2026-W47; the newest with fills.")
]
Month = Annotated[str | None, typer.Option("--month", help="A month, 2026-11.")]
Quarter = Annotated[str | None, typer.Option("--quarter", help="A quarter, 2026-Q4.")]
First = Annotated[str | None, typer.Option("--from", help="The first day, 2026-11-16.")]
Last = Annotated[str | None, typer.Option("--to", help="The last day; today by default.")]
Setup = Annotated[
    str | None, typer.Option("--setup", help="Trades of one setup: a tag of their plans.")
]
KeptOption = Annotated[
    Kept | None, typer.Option("--kept", help="Whether the last action was kept; --why says more.")
]
Action = Annotated[str | None, typer.Option("--action", help="The one action of the days ahead.")]
NoInput = Annotated[bool, typer.Option("--no-input", help="Ask nothing, as for cron.")]
Written = Annotated[Format | None, typer.Option("--format", help="How it is written.")]


def review(  # noqa: PLR0913 - one parameter an option
    *,
    db: Db,
    week: Week = None,
    month: Month = None,
    quarter: Quarter = None,
    first: First = None,
    last: Last = None,
    account: Account = None,
    setup: Setup = None,
    kept: KeptOption = None,
    why: Why = None,
    action: Action = None,
    no_input: NoInput = False,
    kind: Written = None,
    output: Output = None,
    show: Open = False,
    pdf: Pdf = None,
    locale: Locale = None,
    json: Json = False,
) -> None:
    """Read the week: adherence, net P&L and R, breaches and what they cost.

    As text here, or as one page for the browser that needs no network. In a terminal it asks
    whether the last action was kept, and for the next one.

    Example: journal review --week 2026-W47 --open
    """
    asked = Asked(week, month, quarter, first, last, account, setup, locale)
    form = Format.JSON if json else _form(kind, output, page=show or pdf is not None)
    decided = Decided(kept, why, action)
    with Session(db, clock) as session:
        judgement, reviews = read_reviewed(session)
        report = measure(judgement, asked, reviews)
        check_decided(report, decided)
        if decided:
            keep(session, report, decided)
            report = _as_decided(report, decided, session, reviews)
            say(f"stored with the review of {report.stretch.label}")
        elif form is Format.TEXT and output is None and not no_input and _can_ask(report):
            _talk_through(session, report, reviews)
            return
    _put(report, form, output, pdf=pdf, show=show)


def _put(
    report: Report, form: Format, output: Path | None, *, pdf: Path | None, show: bool
) -> None:
    """Write a report in the form asked for."""
    if form is Format.HTML:
        name = f"review-{report.stretch.label.replace(' ', '-')}"
        put_page(review_page(report), output, name, pdf=pdf, show=show)
    elif form is Format.JSON:
        put(json_text(review_values(report)) + "\n", output)
    elif form is Format.MD:
        put(review_markdown(report), output)
    elif output is None:
        show_review(report)
    else:
        put("".join(f"{line}\n" for line in review_text(report)), output)


def _can_ask(report: Report) -> bool:
    """Tell whether somebody sits there, and this review can still decide something."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    return terminal and report.review.setup is None and is_due(report, clock())


def _talk_through(session: Session, report: Report, reviews: list[Event]) -> None:
    """Ask, show the review, ask on; all answers are stored at the end, or none."""
    talk, last = Talk(input, print_lines), report.ritual.last
    try:
        decided = Decided()
        if last is not None and not report.ritual.answered:
            decided = ask_kept(talk, last)
            print_lines([""])
        shown = _as_decided(report, decided, session, reviews)
        show_review(shown)
        decided = replace(decided, words=ask_words(talk, report))
        if report.ritual.next is None:
            decided = replace(decided, action=ask_action(talk, report.stretch.label))
    except (KeyboardInterrupt, EOFError) as end:
        say("\nnothing was stored")
        raise typer.Abort from end
    if decided:
        receipt = keep(session, report, decided)
        print_lines([f"stored as entry {receipt.number}; `journal undo` takes it back"])


def _as_decided(report: Report, decided: Decided, session: Session, reviews: list[Event]) -> Report:
    """Return the report as it reads with these answers."""
    event = event_of(report, decided, session.now())
    if event is None:
        return report
    after = ritual([*reviews, event], report.stretch, report.review.account)
    return replace(report, ritual=after)


_ENDINGS = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MD, ".json": Format.JSON}


def _form(kind: Format | None, output: Path | None, *, page: bool) -> Format:
    """Return the form asked for, or the one that the file's ending or the other options mean."""
    if page:
        return Format.HTML
    if kind is not None or output is None:
        return kind or Format.TEXT
    return _ENDINGS.get(output.suffix.lower(), Format.TEXT)
