"""`journal review`: the week."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import print_json, print_lines
from journal.reporting.text import review_lines
from journal.usecases.books import read_judgement
from journal.usecases.review import Asked
from journal.usecases.review import review as measure
from journal.usecases.session import Session


class Format(StrEnum):
    """How a review is written."""

    TEXT = "text"
    JSON = "json"


Week = Annotated[
    str | None, typer.Option("--week", help="An ISO week, 2026-W47; the newest with fills.")
]
First = Annotated[str | None, typer.Option("--from", help="The first day, 2026-11-16.")]
Last = Annotated[str | None, typer.Option("--to", help="The last day; today by default.")]
Written = Annotated[Format, typer.Option("--format", help="How it is written.")]


def review(
    *,
    db: Db,
    week: Week = None,
    first: First = None,
    last: Last = None,
    account: Account = None,
    written: Written = Format.TEXT,
    json: Json = False,
) -> None:
    """Read the week: adherence, net P&L and R, breaches and what they cost.

    Example: journal review --week 2026-W47
    """
    with Session(db, clock) as session:
        found = measure(read_judgement(session), Asked(week, first, last, account))
    if json or written is Format.JSON:
        print_json(found)
    else:
        print_lines(review_lines(found))
