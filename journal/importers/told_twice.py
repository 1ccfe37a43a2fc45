"""New fills that another kind of file has told already, under ids of its own.

The same venue may number a fill one way in its table and another way in its API's answers. Such
fills cannot be known again by their ids; they are kept, and the user is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.moment import Precision
from journal.importers.reading import Row

_Key = tuple[str | None, str, Side, Decimal, Decimal, datetime]


def told_twice(new: Sequence[Row], existing: Iterable[Event]) -> list[str]:
    """Return a sentence for each kind of file that has fills like these new ones."""
    earlier: defaultdict[_Key, list[str]] = defaultdict(list)
    for key, source in _keyed(existing):
        earlier[key].append(source)
    alike: Counter[str] = Counter()
    for key, source in _keyed(row.event for row in new):
        other = next((one for one in earlier[key] if one != source), None)
        if other is not None:
            earlier[key].remove(other)
            alike[other] += 1
    return [_told(source, count, len(new)) for source, count in alike.items()]


def _keyed(events: Iterable[Event]) -> Iterator[tuple[_Key, str]]:
    """Yield fills of files by what two files of one venue agree in: some print whole minutes."""
    for event in events:
        fill = event.body
        if isinstance(fill, Fill) and fill.source and event.at.precision is not Precision.DAY:
            minute = event.at.at.replace(second=0, microsecond=0)
            key = (event.account, fill.symbol, fill.side, fill.quantity, fill.price, minute)
            yield key, fill.source


def _told(source: str, count: int, total: int) -> str:
    return (
        f"{count} of the {total} new rows have the size, price and minute of fills that came as "
        f"{source}, under other ids: if they are the same, `journal undo` takes them out again"
    )
