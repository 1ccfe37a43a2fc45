"""`journal backup` and `journal restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from journal.cli.options import Db, Json, clock
from journal.cli.output import print_json, print_lines
from journal.storage.restore import restore as put_back
from journal.usecases.keep_safe import backup_journal
from journal.usecases.session import Session


def backup(
    file: Annotated[
        Path | None, typer.Argument(help="Where to; by default beside the journal.")
    ] = None,
    *,
    json: Json = False,
    db: Db,
) -> None:
    """Copy the journal, whole even while another program writes.

    Example: journal backup /media/stick/journal-2026.db
    """
    with Session(db, clock, readonly=True) as session:
        copy = backup_journal(session, file)
    if json:
        print_json({"backup": str(copy)})
    else:
        print_lines([f"copied to {copy}"])


def restore(file: Path, *, json: Json = False, db: Db) -> None:
    """Go back to a copy, which is verified first; the present state is kept beside it.

    Example: journal restore journal.db.backups/journal-20260105T143000Z-001.db
    """
    restored = put_back(file, db)
    if json:
        kept = restored.kept and str(restored.kept)
        print_json({"entries": restored.verification.entries, "kept": kept})
        return
    lines = [f"the journal now holds the {restored.verification.entries} entries of {file}"]
    print_lines(lines + ([f"what it held before lies in {restored.kept}"] if restored.kept else []))
