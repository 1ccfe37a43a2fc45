"""Interactive Brokers: executions that a later row of the same file takes back.

A cancellation repeats the execution, as `BUY (Ca.)` with the opposite quantity, and mostly names
it. Both go; one whose execution is not in the file is refused, since the journal may hold it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.cells import grouped
from journal.importers.ibkr.rows import Execution, Name

CANCELLATION = "cancellation of an execution"
CANCELLED = "cancelled execution"

_Key = tuple[str, ...]


@dataclass(slots=True)
class Cancellations:
    """Which rows, by their identity, take another one back or are taken back."""

    taking_back: set[int] = field(default_factory=set)
    taken_back: dict[int, Execution] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Iterable[Execution]) -> Cancellations:
        """Pair every cancellation with the first row that it can mean."""
        rows, found = list(rows), cls()
        by_key: dict[_Key, list[Execution]] = defaultdict(list)
        for row in rows:
            if not row.is_cancellation:
                for key in _names(row):
                    by_key[key].append(row)
        for row in rows:
            if row.is_cancellation:
                found._pair(row, by_key)
        return found

    def _pair(self, row: Execution, by_key: Mapping[_Key, Sequence[Execution]]) -> None:
        for key in _meant(row):
            for other in by_key.get(key, ()):
                if id(other) not in self.taken_back and _repeats(row, other):
                    self.taking_back.add(id(row))
                    self.taken_back[id(other)] = other
                    return

    def kind(self, row: Execution) -> str | None:
        """Return why a row is no fill: it takes one back, or is taken back; else None."""
        if id(row) in self.taken_back:
            return CANCELLED
        if id(row) in self.taking_back:
            return CANCELLATION
        if row.is_cancellation:
            name = row[Name.CANCELLED_TRADE] or row[Name.CANCELLED_TRANSACTION] or row[Name.SYMBOL]
            raise InputError(
                f"this cancels an execution ({clip(name)}) that is not in the file: "
                "export a period that has both, and void the fill if the journal holds it"
            )
        return None

    def notes(self) -> tuple[str, ...]:
        """Tell of what was taken back, since an earlier import may have taken it."""
        if not self.taken_back:
            return ()
        ids = ", ".join(
            clip(row[Name.EXECUTION] or row[Name.TRADE_ID] or f"line {row.number}")
            for row in self.taken_back.values()
        )
        return (f"cancelled by the venue: {ids}; void them if an earlier import took them",)


def _names(row: Execution) -> Iterator[_Key]:
    """Yield what a cancellation may call this execution."""
    yield ("transaction", row[Name.ACCOUNT], row[Name.TRANSACTION])
    yield ("trade", row[Name.ACCOUNT], row[Name.TRADE_ID])
    yield _terms(row)


def _meant(row: Execution) -> Iterator[_Key]:
    """Yield what a cancellation calls its execution, the surest first."""
    if row[Name.CANCELLED_TRANSACTION]:
        yield ("transaction", row[Name.ACCOUNT], row[Name.CANCELLED_TRANSACTION])
    if row[Name.CANCELLED_TRADE]:
        yield ("trade", row[Name.ACCOUNT], row[Name.CANCELLED_TRADE])
    elif not row[Name.CANCELLED_TRANSACTION]:
        yield _terms(row)


def _terms(row: Execution) -> _Key:
    """Return what two rows share of which one is the cancellation of the other, without ids."""
    return (
        "terms",
        row[Name.ACCOUNT],
        row[Name.SYMBOL] or row[Name.ISIN],
        row[Name.SIDE].partition(" ")[0],
        row.time,
    )


def _repeats(row: Execution, other: Execution) -> bool:
    """Whether a cancellation is of this much of this at this price."""
    try:
        return row[Name.SYMBOL] == other[Name.SYMBOL] and _numbers(row) == _numbers(other)
    except InputError:
        return False


def _numbers(row: Execution) -> tuple[Decimal, Decimal]:
    quantity = abs(grouped(row[Name.QUANTITY], Name.QUANTITY))
    return quantity, grouped(row[Name.PRICE], Name.PRICE)
