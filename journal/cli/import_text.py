"""What an import did, or would do, in lines of 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from journal.cli.unopened_text import listed, unopened_lines
from journal.domain.money import clip
from journal.importers.reading import RefusedRow
from journal.reporting.layout import wrapped
from journal.reporting.readable import counted, day, minute
from journal.usecases.import_files import Imported, ImportedFile, ImportOptions

_REFUSED_SHOWN = 20


def import_lines(imported: Imported, options: ImportOptions) -> Iterator[str]:
    """Return what became of each file, and what all of it adds up to."""
    for file in imported.files:
        yield from _file_lines(file, options)
    total = imported.summary
    yield (
        f"{counted(total.fills, 'new fill')}, {counted(total.trades, 'trade')}, "
        f"{total.without_plan} without a plan, {counted(total.new_violations, 'new violation')}"
    )
    yield from unopened_lines(total.unopened)
    for account in total.unstated:
        yield from wrapped(_unstated(account), hanging="  ", whole=True)
    if imported.dry_run:
        yield "dry run: nothing was stored"
        rows = sum(len(file.refused) for file in imported.files)
        if rows and not options.skip_refused:
            yield f"nor would it be without --skip-refused: {counted(rows, 'row')} cannot be read"


def _unstated(account: str) -> str:
    return (
        f"account {account} was never added, so it is judged from its first fill on; `journal "
        f"account add {account}` lets it begin now, and what is older is history"
    )


def _file_lines(file: ImportedFile, options: ImportOptions) -> Iterator[str]:
    yield f"{file.name} ({file.format}): {file.new} new, {file.known} known"
    if file.first_at and file.last_at:
        yield f"  {_span(file, file.first_at, file.last_at)}"
    if options.dry_run:
        yield from (f"  {clip(line, 78)}" for line in file.preview)
    for kind, count in file.ignored.items():
        yield f"  {count} ignored: {kind}"
    yield from _refused_lines(file.refused)
    for place in file.changed:
        yield f"  {place} is known with another quantity or price; the journal's stays"
    for note in (*file.by_hand, *file.doubts, *_alike(file, options), *file.notes):
        yield from wrapped(note, indent="  ", hanging="    ", whole=True)


def _alike(file: ImportedFile, options: ImportOptions) -> Iterator[str]:
    """Return what to do about fills that another format seems to have brought already."""
    for source, count in file.alike.items():
        told = f"the size, price and minute of fills that came as {source}, under other ids"
        if options.skip_alike:
            yield f"{counted(count, 'row')} with {told}, left out as known"
            continue
        remedy = "leave them out with --skip-alike"
        if file.entry is not None and not options.dry_run:
            remedy = f"`journal undo {file.entry}` takes this file out again"
            if count < file.new:
                remedy += ", and --skip-alike imports it without them"
        yield f"{count} of the {file.new} new rows have {told}: if they are the same, {remedy}"


def _span(file: ImportedFile, first: datetime, last: datetime) -> str:
    """Return the times a file is about: a date without a time is no midnight."""
    count = file.new + file.known
    if file.dates == count:
        return f"from {day(first)} to {day(last)}, dates without times of day"
    told = f"from {minute(first)}Z to {minute(last)}Z"
    return f"{told}, {file.dates} of {count} dates without times" if file.dates else told


def _refused_lines(refused: Sequence[RefusedRow]) -> Iterator[str]:
    """Return the refused rows by line; neighbours that are refused for one reason share it."""
    alike = [
        ([row.number for row in rows], reason)
        for reason, rows in groupby(refused, key=lambda row: row.reason)
    ]
    for numbers, reason in alike[:_REFUSED_SHOWN]:
        text = f"{_places(numbers)} refused: {reason}"
        yield from wrapped(text, indent="  ", hanging="    ")
    if left := sum(len(numbers) for numbers, _ in alike[_REFUSED_SHOWN:]):
        yield f"  and {counted(left, 'more line')} refused"


def _places(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"line {numbers[0]}"
    if numbers[-1] - numbers[0] == len(numbers) - 1:
        return f"lines {numbers[0]}-{numbers[-1]}"
    return "lines " + listed([str(number) for number in numbers])
