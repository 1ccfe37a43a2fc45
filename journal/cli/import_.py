"""`journal import`: files in, all of them or none."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.import_text import import_lines
from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import print_json, print_lines, print_table, say
from journal.cli.progress import line_bar
from journal.domain.errors import InputError
from journal.importers.source import SourceFile
from journal.importers.zones import RepeatedHour
from journal.usecases.import_files import Imported, ImportOptions, import_files
from journal.usecases.import_formats import draft_map, formats
from journal.usecases.import_target import import_target

Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="FILE...", help="Files, or - for what is piped in."),
]
ListFormats = Annotated[
    bool, typer.Option("--formats", help="List the formats that are recognised.")
]
Format = Annotated[
    str | None, typer.Option("--format", help="Its format, where it cannot be told.")
]
Map = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE.toml", help="What the columns of other tables mean."),
]
Draft = Annotated[
    bool, typer.Option("--draft-map", help="Print a map for a file, to be corrected.")
]
Timezone = Annotated[
    str | None,
    typer.Option("--timezone", help="Of times printed without one: Europe/Berlin, or UTC+3."),
]
Repeated = Annotated[
    RepeatedHour | None,
    typer.Option(
        "--repeated-hour", help="Which is meant of an hour that a clock going back shows twice."
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen.")]
SkipRefused = Annotated[
    bool, typer.Option("--skip-refused", help="Leave rows out that cannot be read.")
]
SkipAlike = Annotated[
    bool,
    typer.Option("--skip-alike", help="Leave fills out that another kind of file has brought."),
]


def import_(  # noqa: PLR0913 - one parameter an option
    files: Files = None,
    *,
    list_formats: ListFormats = False,
    kind: Format = None,
    map_: Map = None,
    draft: Draft = False,
    account: Account = None,
    timezone: Timezone = None,
    repeated_hour: Repeated = None,
    dry_run: DryRun = False,
    skip_refused: SkipRefused = False,
    skip_alike: SkipAlike = False,
    json: Json = False,
    db: Db,
) -> None:
    """Import journal text or the exports of venues; what is known already is left alone.

    CSV, XLSX, JSON, XML and HTML as venues write them, also packed as .gz or .zip; --formats
    lists the known ones. Any other table of fills is read by a map of its columns: --draft-map
    writes one. All files are stored or none. The journal is copied first, and made if there is
    none.

    Example: journal import fills.csv --account futures --dry-run

    Example: journal import other.csv --draft-map > my.toml

    Example: journal import other.csv --map my.toml --dry-run
    """
    if list_formats:
        _print_formats(json=json)
        return
    if not files:
        raise InputError(
            "no file is named", hint="e.g. `journal import fills.csv --dry-run`, or - for stdin"
        )
    sources = [_source(name) for name in files]
    if draft:
        _print_draft(sources)
        return
    options = ImportOptions(
        format=kind,
        map=SourceFile.at(map_) if map_ else None,
        account=account,
        timezone=timezone,
        repeated_hour=repeated_hour,
        dry_run=dry_run,
        skip_refused=skip_refused,
        skip_alike=skip_alike,
    )
    _print_imported(_imported(sources, options, db), options, json=json)


def _imported(sources: Sequence[SourceFile], options: ImportOptions, db: Path) -> Imported:
    lengths = {source.name: source.data.count(b"\n") for source in sources}
    with (
        line_bar(lengths) as watch,
        import_target(db, clock, dry_run=options.dry_run, created=_say_created) as session,
    ):
        return import_files(session, sources, replace(options, watch=watch))


def _print_imported(imported: Imported, options: ImportOptions, *, json: bool) -> None:
    if json:
        print_json(imported)
        return
    print_lines(import_lines(imported, options))
    if imported.backup and not options.dry_run:
        say(f"the journal as it was lies in {imported.backup}")


def _source(name: str) -> SourceFile:
    if name == "-":
        return SourceFile("stdin", sys.stdin.buffer.read())
    return SourceFile.at(Path(name))


def _print_formats(*, json: bool) -> None:
    known = formats()
    if json:
        print_json(known)
    else:
        print_table(["format", "title"], [[each.name, each.title] for each in known])


def _print_draft(sources: Sequence[SourceFile]) -> None:
    if len(sources) > 1:
        raise InputError("a map is drafted for one file at a time", hint="name one of them")
    drafted = draft_map(sources[0])
    if drafted.known_as:
        say(f"{sources[0].name} is {drafted.known_as[0]}, which needs no map")
    print_lines([drafted.text.rstrip("\n")])


def _say_created(path: Path) -> None:
    say(f"a new journal lies in {path}")
