"""`journal import`: files in, all of them or none."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import print_json, print_lines, say
from journal.importers.source import SourceFile
from journal.reporting.readable import counted
from journal.usecases.import_files import Imported, ImportedFile, ImportOptions, import_files
from journal.usecases.import_target import import_target


def import_(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Files, or - for what is piped in.")
    ],
    *,
    kind: Annotated[
        str | None, typer.Option("--format", help="Its format, where it cannot be told.")
    ] = None,
    account: Account = None,
    timezone: Annotated[
        str | None, typer.Option(help="Of times printed without one, e.g. Europe/Berlin.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Leave rows out that cannot be read.")
    ] = False,
    json: Json = False,
    db: Db,
) -> None:
    """Import journal text or the exports of venues; what is known already is left alone.

    All files are stored or none. The journal is copied first, and made if there is none.

    Example: journal import fills.csv --account futures --dry-run
    """
    sources = [_source(name) for name in files]
    options = ImportOptions(kind, account, timezone, dry_run, skip_refused)
    with import_target(db, clock, dry_run=dry_run, created=_say_created) as session:
        imported = import_files(session, sources, options)
    if json:
        print_json(imported)
    else:
        print_lines(_lines(imported))


def _source(name: str) -> SourceFile:
    if name == "-":
        return SourceFile("stdin", sys.stdin.buffer.read())
    return SourceFile.at(Path(name))


def _say_created(path: Path) -> None:
    say(f"a new journal lies in {path}")


def _lines(imported: Imported) -> Iterator[str]:
    for file in imported.files:
        yield from _file_lines(file)
    total = imported.summary
    yield (
        f"{counted(total.fills, 'new fill')}, {counted(total.trades, 'trade')}, "
        f"{total.without_plan} without a plan, {counted(total.new_violations, 'new violation')}"
    )
    if imported.dry_run:
        yield "dry run: nothing was stored"
    elif imported.backup:
        say(f"the journal as it was lies in {imported.backup}")


def _file_lines(file: ImportedFile) -> Iterator[str]:
    yield f"{file.name} ({file.format}): {file.new} new, {file.known} known"
    for kind, count in file.ignored.items():
        yield f"  {count} ignored: {kind}"
    for row in file.refused:
        yield f"  line {row.number} refused: {row.reason}"
    for place in file.changed:
        yield f"  {place} is known with another quantity or price; the journal's stays"
    for note in file.notes:
        yield f"  {note}"
