"""New fills that another kind of file has told already, under ids of its own.

The same venue may number a fill one way in its table and another way in its API's answers. Such
fills cannot be known again by their ids: whether they are the same is for the user to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.moment import Precision
from journal.importers.reading import Row

_Key = tuple[str | None, str, Side, Decimal, Decimal, datetime]


def told_twice(new: Sequence[Row], existing: Iterable[Event]) -> dict[int, str]:
    """Return which new rows, by position, are like fills of another kind of file: its name."""
    earlier: defaultdict[_Key, list[str]] = defaultdict(list)
    for key, source in _keyed(existing):
        earlier[key].append(source)
    alike: dict[int, str] = {}
    for position, row in enumerate(new):
        for key, source in _keyed([row.event]):
            other = next((one for one in earlier[key] if one != source), None)
            if other is not None:
                earlier[key].remove(other)
                alike[position] = other
    return alike


def _keyed(events: Iterable[Event]) -> Iterator[tuple[_Key, str]]:
    """Yield fills of files by what two files of one venue agree in: some print whole minutes."""
    for event in events:
        fill = event.body
        if isinstance(fill, Fill) and fill.source and event.at.precision is not Precision.DAY:
            minute = event.at.at.replace(second=0, microsecond=0)
            key = (event.account, fill.symbol, fill.side, fill.quantity, fill.price, minute)
            yield key, fill.source
