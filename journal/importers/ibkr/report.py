"""Interactive Brokers: the rows of a whole Flex query together, as what was traded when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.importers.declaring import declared
from journal.importers.ibkr.cancellations import Cancellations
from journal.importers.ibkr.executions import Executions
from journal.importers.ibkr.rows import Execution, Name
from journal.importers.ibkr.times import FlexClock, check_zone
from journal.importers.order import oldest_first_by_symbol
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.through_zero import from_unseen

FETCH_QUERY = (
    "export a Flex query with the section Trades at the level Execution: Client Portal, "
    "Performance & Reports, Flex Queries"
)


def read_executions(
    source: str,
    file: SourceFile,
    rows: Sequence[Execution],
    options: ReadOptions,
    *,
    has_currencies: bool = True,
    check: Callable[[Execution], None] = lambda _: None,
) -> Reading:
    """Return the fills of these rows, oldest first; orders and other sums are counted.

    `check` refuses a row for what its own kind of report tells besides.
    """
    executions = [row for row in rows if _is_execution(row)]
    clock = FlexClock.of((row.time for row in executions), options.zone, file.name)
    used_zone = check_zone(clock, (row.time for row in executions), file.name)
    cancellations = Cancellations.of(executions)
    reader = Executions(source, clock, has_currencies)
    numbered = any(row.has_id for row in executions)

    def said(row: Execution) -> Event | Ignored:
        if kind := row.sums_up or cancellations.kind(row):
            return Ignored(kind)
        if numbered and not (row.element or row.has_id or row[Name.LEVEL]):
            raise InputError(
                "the row has no id, and no LevelOfDetail that tells executions from orders"
            )
        event = reader.said(row)
        if isinstance(event, Event):
            check(row)
        return event

    reading = collect(rows, said, lambda row: row[Name.ACCOUNT] or None)
    if not executions and reading.ignored:
        raise _no_executions(file, reading)
    ordered = oldest_first_by_symbol(reading.rows)
    unseen = from_unseen(ordered, _through_zero(executions), options.held)
    notes = (*cancellations.notes(), *unseen)
    reading = replace(reading, rows=ordered, notes=notes, used_zone=used_zone)
    return declared(reading, reader.instruments.terms)


def _is_execution(row: Execution) -> bool:
    try:
        return row.sums_up is None
    except InputError:
        return False


def _through_zero(executions: Sequence[Execution]) -> set[int]:
    return {row.number for row in executions if {*row[Name.OPEN_CLOSE].split(";")} >= {"C", "O"}}


def _no_executions(file: SourceFile, reading: Reading) -> InputError:
    kinds = ", ".join(sorted(reading.ignored))
    return InputError(
        f"the file lists no executions, only others: {kinds}",
        where=file.name,
        hint="edit a Flex query's section Trades: tick the option Execution, and run it again",
    )
