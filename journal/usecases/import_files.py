"""Importing files: all of them or none, each one entry, nothing that is known already."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from journal.domain.errors import InputError
from journal.domain.moment import Moment, Precision
from journal.domain.notation import format_events
from journal.importers import journal_text
from journal.importers.archives import unpacked
from journal.importers.dedup import Comparison
from journal.importers.importer import Importer, choose, read_file
from journal.importers.mapped.fills import importer_of
from journal.importers.mapped.mapping import Map
from journal.importers.mapped.toml import read_map
from journal.importers.reading import Reading, ReadOptions, RefusedRow
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import RepeatedHour, zone_in_name, zone_of
from journal.storage.backup import back_up
from journal.storage.entries import Writing, append, last_entry
from journal.storage.imported_zones import remembered_zone
from journal.storage.reading import read_facts
from journal.usecases.import_summary import Summary, summarised
from journal.usecases.import_text import TextImport
from journal.usecases.import_venue import HeldBefore, VenueImport
from journal.usecases.session import Session

_PREVIEWED = 3


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to read: None or empty leaves it to the files and the journal.

    `map` is the text that says what the columns mean of files that have no known format.
    `skip_refused` stores a venue's file although some of its rows cannot be read; `skip_alike`
    leaves out what another kind of file seems to have told. `watch` hears the file's name and the
    line the reading is at, now and then.
    """

    format: str | None = None
    map: SourceFile | None = None
    account: str | None = None
    timezone: str | None = None
    repeated_hour: RepeatedHour | None = None
    dry_run: bool = False
    skip_refused: bool = False
    skip_alike: bool = False
    watch: Callable[[str, int], None] | None = None


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What became of one file; `entry` is None where it added nothing.

    `changed` are rows whose id the journal knows with another quantity or price; `by_hand` says
    which rows are known because they were logged by hand, `doubts` which may be. `alike` counts
    the rows like fills that came in another format, by its name. `first_at` and
    `last_at` are the times of its rows, `dates` how many have a date without a time, `preview` the
    first new ones as journal text.
    """

    name: str
    format: str
    new: int
    known: int
    ignored: dict[str, int]
    refused: list[RefusedRow]
    changed: list[str]
    by_hand: list[str]
    doubts: list[str]
    alike: dict[str, int]
    notes: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None
    dates: int
    preview: list[str]
    entry: int | None


@dataclass(frozen=True, slots=True)
class Imported:
    """All files, what they add up to, and where the journal was saved before."""

    files: list[ImportedFile]
    summary: Summary
    backup: str | None
    dry_run: bool


def import_files(
    session: Session, sources: Sequence[SourceFile], options: ImportOptions
) -> Imported:
    """Store what is new in these files, or nothing at all if any of them is refused."""
    mapping = _mapping(options)
    if mapping is not None:
        options = replace(options, timezone=options.timezone or mapping.zone)
    if options.timezone:
        zone_of(options.timezone)  # a wrong name is refused before anything is read
    importers = IMPORTERS if mapping is None else (importer_of(mapping),)
    backup = None if options.dry_run else _backed_up(session)
    with _uncollected(), session.journal.writing() as writing:
        connection, now = writing.connection, session.now()
        before = read_facts(connection)
        connection.execute("SAVEPOINT attempt")
        files = [
            _import(session, writing, file, importers, options, now)
            for source in sources
            for file in unpacked(source)
        ]
        summary = summarised(connection, before, now)
        if options.dry_run:
            connection.execute("ROLLBACK TO attempt")
    return Imported(files, summary, backup, options.dry_run)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the garbage collector rest: rows form no cycles, and it would walk them all the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _mapping(options: ImportOptions) -> Map | None:
    """Return the map, or refuse one that is named as if it were a known format."""
    if options.map is None:
        return None
    if options.format is not None:
        raise InputError(
            "a file is read by a map or as a format, not both",
            hint="leave --format out; the map says how to read the file",
        )
    mapping = read_map(options.map)
    if mapping.name in {importer.name for importer in IMPORTERS}:
        raise InputError(
            f"`name` is {mapping.name!r}, which is a known format",
            where=options.map.name,
            hint="choose another: the name tells the fills of your map from all others",
        )
    return mapping


def _backed_up(session: Session) -> str | None:
    """Save a journal that holds anything before it is added to."""
    path = session.journal.path
    if path is None or not last_entry(session.connection)[0]:
        return None
    return str(back_up(session.connection, path))


def _import(
    session: Session,
    writing: Writing,
    source: SourceFile,
    importers: Sequence[Importer],
    options: ImportOptions,
    now: Moment,
) -> ImportedFile:
    importer = choose(source, importers, options.format)
    directory = session.directory()
    account = directory.account(options.account)
    named = zone_in_name(source.name)
    remembered = remembered_zone(writing.connection, account, importer.name)
    timezone = options.timezone or named or remembered
    zone = zone_of(timezone, options.repeated_hour) if timezone else None
    held = HeldBefore(writing.connection, directory, options.account)
    read_options = ReadOptions(zone, directory.known(), held)
    reading = read_file(importer, _watched(source, options), read_options)
    if reading.used_zone and (note := _zone_note(options.timezone, named, remembered)):
        reading = replace(reading, notes=(note, *reading.notes))
    if reading.refused and not (options.skip_refused or options.dry_run):
        raise _refused(source, reading)
    if importer is journal_text.IMPORTER:
        text = TextImport.of(writing, source.name, reading.rows, directory, options.account, now)
        comparison, existing = text.compared()
        rows = text.stored_rows(comparison, existing)
    else:
        venue = VenueImport.of(writing, source.name, reading, directory, options.account, now)
        reading = replace(reading, notes=(*reading.notes, *venue.terms.notes))
        comparison = venue.compared(skip_alike=options.skip_alike)
        used = timezone if reading.used_zone else None
        rows = venue.stored_rows(comparison, source, importer.name, used)
    entry = None
    if comparison.new:
        entry = append(writing, "import", now, rows, source=importer.name).number
    return _reported(source, importer, reading, comparison, entry)


def _zone_note(asked: str | None, named: str | None, remembered: str | None) -> str | None:
    """Say whose word the zone is, where it is not, or not only, that of the user."""
    if asked is not None:
        differs = named is not None and named != asked
        return f"the file's name says {named}: its times are read in {asked}" if differs else None
    if named is None:
        return f"times are read in {remembered}, as those of the last such file were"
    differs = remembered is not None and remembered != named
    before = f"; those of the last such file were in {remembered}" if differs else ""
    return f"times are read in {named}, which the file's name says{before}"


def _watched(source: SourceFile, options: ImportOptions) -> SourceFile:
    watch = options.watch
    if watch is None:
        return source
    return replace(source, watch=lambda line: watch(source.name, line))


def _refused(source: SourceFile, reading: Reading) -> InputError:
    first, others = reading.refused[0], len(reading.refused) - 1
    rows = "1 more row" if others == 1 else f"{others} more rows"
    more = f"; {rows} cannot be read either" if others else ""
    return InputError(
        first.reason + more,
        where=f"{source.name} line {first.number}",
        hint="nothing was imported; --dry-run shows such rows, --skip-refused leaves them out",
    )


def _reported(
    source: SourceFile,
    importer: Importer,
    reading: Reading,
    comparison: Comparison,
    entry: int | None,
) -> ImportedFile:
    times = [row.event.at.at for row in reading.rows]
    # Journal text can be read as it is, and its first lines may name plans of later ones.
    shown = [] if importer is journal_text.IMPORTER else comparison.new[:_PREVIEWED]
    events = [replace(row.event, recorded=None) for row in shown]
    return ImportedFile(
        name=source.name,
        format=importer.name,
        new=len(comparison.new),
        known=comparison.known,
        ignored=dict(reading.ignored),
        refused=reading.refused,
        changed=[f"line {row.number}" for row in comparison.changed],
        by_hand=comparison.by_hand,
        doubts=comparison.doubts,
        alike=dict(comparison.alike),
        notes=reading.notes,
        first_at=min(times, default=None),
        last_at=max(times, default=None),
        dates=sum(row.event.at.precision is Precision.DAY for row in reading.rows),
        preview=format_events(events, {}).splitlines(),
        entry=entry,
    )
