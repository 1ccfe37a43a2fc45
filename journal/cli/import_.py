"""`journal import`: files in, all of them or none."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.import_text import import_lines
from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import print_json, print_lines, say
from journal.cli.progress import line_bar
from journal.importers.source import SourceFile
from journal.importers.zones import RepeatedHour
from journal.usecases.import_files import ImportOptions, import_files
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
        str | None,
        typer.Option(help="Of times printed without one: Europe/Berlin, or UTC+3."),
    ] = None,
    repeated_hour: Annotated[
        RepeatedHour | None,
        typer.Option(help="Which is meant of an hour that a clock going back shows twice."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")] = False,
    skip_refused: Annotated[
        bool, typer.Option("--skip-refused", help="Leave rows out that cannot be read.")
    ] = False,
    json: Json = False,
    db: Db,
) -> None:
    """Import journal text or the exports of venues; what is known already is left alone.

    CSV, XLSX, JSON, XML and HTML as venues write them, also packed as .gz or .zip. All files are
    stored or none. The journal is copied first, and made if there is none.

    Example: journal import fills.csv --account futures --dry-run
    """
    sources = [_source(name) for name in files]
    lengths = {source.name: source.data.count(b"\n") for source in sources}
    with (
        line_bar(lengths) as watch,
        import_target(db, clock, dry_run=dry_run, created=_say_created) as session,
    ):
        options = ImportOptions(
            kind, account, timezone, repeated_hour, dry_run, skip_refused, watch
        )
        imported = import_files(session, sources, options)
    if json:
        print_json(imported)
        return
    print_lines(import_lines(imported))
    if imported.backup and not dry_run:
        say(f"the journal as it was lies in {imported.backup}")


def _source(name: str) -> SourceFile:
    if name == "-":
        return SourceFile("stdin", sys.stdin.buffer.read())
    return SourceFile.at(Path(name))


def _say_created(path: Path) -> None:
    say(f"a new journal lies in {path}")
