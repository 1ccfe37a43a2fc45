"""`journal undo`: take an act back."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json, Why, clock
from journal.cli.output import print_json, print_lines
from journal.usecases.session import Session
from journal.usecases.undo import undo as take_back


def undo(
    entry: Annotated[
        int | None, typer.Argument(help="The entry's number; the last act by default.")
    ] = None,
    *,
    why: Why = None,
    json: Json = False,
    db: Db,
) -> None:
    """Take the last act back, or the entry named; an import goes as a whole.

    Nothing is deleted: a new entry says that the old one is void, and can be undone itself.

    Example: journal undo --why "typed 30 instead of 3"
    """
    with Session(db, clock) as session:
        undone = take_back(session, entry, why)
    if json:
        print_json(undone)
        return
    counted = ", ".join(f"{count} {kind}" for kind, count in undone.facts.items())
    print_lines([f"took back entry {undone.entry} ({undone.kind}): {counted}"])
