"""The order of rows: many venues print the newest first, some in no order at all."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import pairwise

from journal.domain.event import Funding
from journal.domain.fill import Fill
from journal.importers.reading import Row

_DIGITS = re.compile(r"(\d+)", re.ASCII)


def oldest_first(rows: Sequence[Row], *, usually_newest_first: bool = False) -> list[Row]:
    """Return the rows oldest first, fills of one instant as the venue had them.

    A file that runs in one direction is kept or turned around as a whole: its own order inside an
    instant decides what opened and what closed. Only a file that runs both ways is sorted by
    time, and there the venue's ids decide inside an instant, as far as there are any. A file of
    one instant says nothing of its direction: there it is the one the venue is known for.
    """
    falls, rises = _turns(rows)
    turned = falls > rises if falls or rises else usually_newest_first
    forward = list(reversed(rows)) if turned else list(rows)
    return by_sequence(forward, _by_id) if falls and rises else forward


def oldest_first_by_symbol(rows: Sequence[Row]) -> list[Row]:
    """Return the rows of a file that lists one symbol after the other, oldest first.

    Each symbol's rows run in one direction, the file as a whole in none, unless it does. Where
    the times of two symbols are equal, the symbols decide: their order tells nothing.
    """
    if not all(_turns(rows)):
        return oldest_first(rows)
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(_symbol(row), []).append(row)
    each = [row for group in groups.values() for row in oldest_first(group)]
    return by_sequence(each, lambda row: (_symbol(row),))


def _turns(rows: Sequence[Row]) -> tuple[int, int]:
    """Return how often the times fall and rise from one row to the next."""
    times = [row.event.at.at for row in rows]
    falls = sum(later < earlier for earlier, later in pairwise(times))
    return falls, sum(later > earlier for earlier, later in pairwise(times))


def _symbol(row: Row) -> str:
    body = row.event.body
    return body.symbol if isinstance(body, Fill | Funding) else ""


def by_sequence(rows: Sequence[Row], sequence: Callable[[Row], tuple[int | str, ...]]) -> list[Row]:
    """Return the rows by time, those of one instant by the venue's own sequence."""

    def key(row: Row) -> tuple[datetime, tuple[int | str, ...]]:
        return row.event.at.at, sequence(row)

    return sorted(rows, key=key)


def natural(text: str | None) -> tuple[int | str, ...]:
    """Return a key by which ids sort as they were given out: numbers in them by value."""
    parts = _DIGITS.split(text or "")
    return tuple(int(part) if at % 2 else part for at, part in enumerate(parts))


def _by_id(row: Row) -> tuple[int | str, ...]:
    body = row.event.body
    return natural(body.venue_id) if isinstance(body, Fill | Funding) else ()
