"""What a file, or a venue's contract specifications, tell of the instruments that it trades."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from journal.domain.event import Event, InstrumentEntry
from journal.domain.fill import Fill
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.moment import Moment
from journal.importers.reading import Reading, Row


def traded(rows: Sequence[Row]) -> Mapping[str, Moment]:
    """Return the symbols that were traded, in order, with the time of their first fill."""
    first: dict[str, Moment] = {}
    for row in rows:
        if isinstance(row.event.body, Fill):
            first.setdefault(row.event.body.symbol, row.event.at)
    return first


def declared(reading: Reading, terms: Callable[[str], InstrumentTerms | None]) -> Reading:
    """Return the reading with its instruments declared, each dated at its first fill.

    `terms` says what is known of a symbol: None for what its name says already (spot pairs,
    shares). Contracts whose terms lack a multiplier are asked for, never taken as 1.
    """
    declarations: list[Event] = []
    unsized: list[Event] = []
    for symbol, at in traded(reading.rows).items():
        found = terms(symbol)
        if found is not None:
            entry = Event(at, InstrumentEntry(symbol, found))
            (declarations if _is_sized(found) else unsized).append(entry)
    return replace(reading, declarations=tuple(declarations), unsized=tuple(unsized))


def _is_sized(terms: InstrumentTerms) -> bool:
    return terms.kind is Kind.SPOT or terms.multiplier is not None
