"""`journal verify`: proof that everything is still what was written."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json, clock
from journal.cli.output import print_json, print_lines
from journal.reporting.readable import counted
from journal.usecases.keep_safe import verify_journal
from journal.usecases.session import Session


def verify(
    *,
    head: Annotated[
        str | None,
        typer.Option(help="A head that was kept elsewhere; finds a tail cut off since."),
    ] = None,
    json: Json = False,
    db: Db,
) -> None:
    """Prove that nothing was changed: every hash is computed anew.

    Exit code 2 names the first entry that is not what was written.

    Example: journal verify --head 4be1...
    """
    with Session(db, clock, readonly=True) as session:
        found = verify_journal(session, head)
    if json:
        print_json({"ok": found.ok, "entries": found.entries, "head": found.head})
    else:
        entries = counted(found.entries, "entry", "entries")
        print_lines([f"{entries}, everything as it was written; head {found.head}"])
