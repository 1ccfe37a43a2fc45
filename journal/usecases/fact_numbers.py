"""Facts of an imported text counted as its `void` and `waive` lines count them.

The n-th fill of a text may be the journal's fill 412: what a text says of a number has to be
carried over.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from journal.domain.errors import InputError
from journal.domain.event import Event, FactKind, Void, Waiver
from journal.storage.fact_ids import ids_of

# The keys of `journal.book.keys`: code, letter of the subject, the number of its fact, its part.
_VIOLATION = re.compile(r"([A-Z]+\d+)-([FOPSK])(\d+)((?:\.\d+)*)", re.ASCII)
_KINDS = {
    "F": FactKind.FILL,
    "O": FactKind.OPENING,
    "P": FactKind.PLAN,
    "S": FactKind.STOP,
    "K": FactKind.SKIP,
}


class FactNumbers:
    """Ids of a text's facts by kind and number, filled in as they are written.

    `matches` says which of the journal's own events, by position, some of the text's are.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        incoming: Sequence[Event],
        existing: Sequence[Event],
        matches: Mapping[int, int],
    ) -> None:
        self._positions: defaultdict[FactKind, list[int]] = defaultdict(list)
        for position, event in enumerate(incoming):
            self._positions[event.kind].append(position)
        self._ids: dict[int, int] = {}
        stored = _stored_ids(connection, existing) if matches else []
        for position, held in matches.items():
            self._ids[position] = stored[held]

    def wrote(self, position: int, fact_id: int) -> None:
        """Take in the id an event of the text was stored under."""
        self._ids[position] = fact_id

    def target(self, void: Void) -> int:
        """Return the fact a void takes back."""
        found = self._id(void.kind, void.number)
        if found is None:
            raise InputError(
                f"`void {void.kind} {void.number}` names no {void.kind} above it",
                hint="facts are counted by kind from the beginning of the text",
            )
        return found

    def carried(self, event: Event) -> Event:
        """Return an event that names a violation of the text by the journal's own number."""
        if not isinstance(event.body, Waiver):
            return event
        match = _VIOLATION.fullmatch(event.body.violation)
        found = match and self._id(_KINDS[match[2]], int(match[3]))
        if not match or not found:
            return event
        violation = f"{match[1]}-{match[2]}{found}{match[4]}"
        return replace(event, body=replace(event.body, violation=violation))

    def _id(self, kind: FactKind, number: int) -> int | None:
        positions = self._positions[kind]
        return self._ids.get(positions[number - 1]) if number <= len(positions) else None


def _stored_ids(connection: sqlite3.Connection, existing: Sequence[Event]) -> list[int]:
    """Return the id of each event of the journal, which are in the order of the chain."""
    left = {kind: iter(ids_of(connection, kind)) for kind in FactKind}
    return [next(left[event.kind]) for event in existing]
