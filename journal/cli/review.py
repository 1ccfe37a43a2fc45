"""`journal review`: the week."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import coloured, print_json, print_lines
from journal.cli.pages import Locale, Open, Output, Pdf, put, put_page
from journal.reporting.plain import Style, StyledLine
from journal.usecases.books import read_judgement
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
Written = Annotated[Format | None, typer.Option("--format", help="How it is written.")]

_STYLES = {Style.TITLE: "bold", Style.GOOD: "green", Style.BAD: "red"}


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
    kind: Written = None,
    output: Output = None,
    show: Open = False,
    pdf: Pdf = None,
    locale: Locale = None,
    json: Json = False,
) -> None:
    """Read the week: adherence, net P&L and R, breaches and what they cost.

    As text here, or as one page for the browser that needs no network.

    Example: journal review --week 2026-W47 --open
    """
    asked = Asked(week, month, quarter, first, last, account, setup, locale)
    with Session(db, clock) as session:
        report = measure(read_judgement(session), asked)
    form = Format.JSON if json else _form(kind, output, page=show or pdf is not None)
    if form is Format.HTML:
        name = f"review-{report.stretch.label.replace(' ', '-')}"
        put_page(review_page(report), output, name, pdf=pdf, show=show)
    elif form is Format.JSON:
        print_json(review_values(report))
    elif form is Format.MD:
        put(review_markdown(report), output)
    elif output is None:
        print_lines(styled(review_text(report)))
    else:
        put("".join(f"{line.text}\n" for line in review_text(report)), output)


_ENDINGS = {".html": Format.HTML, ".htm": Format.HTML, ".md": Format.MD, ".json": Format.JSON}


def _form(kind: Format | None, output: Path | None, *, page: bool) -> Format:
    """Return the form asked for, or the one that the file's ending or the other options mean."""
    if page:
        return Format.HTML
    if kind is not None or output is None:
        return kind or Format.TEXT
    return _ENDINGS.get(output.suffix.lower(), Format.TEXT)


def styled(lines: Iterable[StyledLine]) -> Iterator[str]:
    """Return lines for a terminal, set off by colours where it shows them."""
    for line in lines:
        style = _STYLES.get(line.style)
        yield coloured(line.text, style) if style and line.text else line.text
