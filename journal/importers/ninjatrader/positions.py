"""What NinjaTrader says was held after each fill: a check of the rows, and their order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.cells import grouped
from journal.importers.order import oldest_first
from journal.importers.reading import Reading, RefusedRow, Row

_HELD = re.compile(r"(?P<size>[\d.,' \u00a0\u202f]+) (?P<side>[LS])")
_ZERO = Decimal(0)

# An account's position in one contract.
Lane = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account held of a contract before and after a fill, short below zero."""

    lane: Lane
    before: Decimal
    after: Decimal

    @property
    def only_opens(self) -> bool:
        """Whether the fill went away from flat, or started there."""
        return self.before * (self.after - self.before) >= 0

    @property
    def crosses(self) -> bool:
        """Whether the fill closed one position and opened the opposite one."""
        return self.before * self.after < 0


def standing(lane: Lane, moved: Decimal, cell: str, decimal: str) -> Standing:
    """Read `2 L`, `3 S` or `-` as what was held after a fill of that size."""
    if cell == "-":
        return Standing(lane, -moved, _ZERO)
    match = _HELD.fullmatch(cell)
    if match is None:
        raise InputError(f"Position {clip(cell)!r} is not like '2 L', '2 S' or '-'")
    size = grouped(match["size"], "Position", decimal)
    after = size if match["side"] == "L" else -size
    return Standing(lane, after - moved, after)


def standing_checked(reading: Reading, standings: Mapping[int, Standing]) -> Reading:
    """Return the rows oldest first, without those that the rows before them contradict.

    A row that starts from flat is always possible: a reset account is flat without a fill.
    """
    held: dict[Lane, Decimal] = {}
    rows: list[Row] = []
    refused = list(reading.refused)
    notes = list(reading.notes)
    for row in _in_order(oldest_first(reading.rows), standings):
        found = standings.get(row.number)
        if found is None:
            rows.append(row)
            continue
        before = held.get(found.lane, found.before)
        if found.before == before:
            rows.append(row)
        elif found.before == 0:
            rows.append(row)
            notes.append(_vanished(row, found.lane, before))
        else:
            refused.append(_contradicted(row, found, before))
            continue
        held[found.lane] = found.after
    refused.sort(key=lambda each: each.number)
    return replace(reading, rows=rows, refused=refused, notes=tuple(notes))


def _in_order(rows: Sequence[Row], standings: Mapping[int, Standing]) -> Iterator[Row]:
    """Yield the rows so that within an instant each starts where the one before it ended."""
    held: dict[Lane, Decimal] = {}
    for _, instant in groupby(rows, key=lambda row: row.event.at.at):
        waiting = list(instant)
        while waiting:
            ends = [found for row in waiting if (found := standings.get(row.number))]
            row = min(waiting, key=lambda each: _fit(standings.get(each.number), held, ends))
            waiting.remove(row)
            if found := standings.get(row.number):
                held[found.lane] = found.after
            yield row


def _fit(found: Standing | None, held: Mapping[Lane, Decimal], waiting: Sequence[Standing]) -> int:
    """Return how badly a row comes next: best where the row before it ended."""
    if found is None or held.get(found.lane) == found.before:
        return 0
    if found.before == 0:
        return 1
    follows = any(other.lane == found.lane and other.after == found.before for other in waiting)
    return 3 if follows else 2


def _vanished(row: Row, lane: Lane, before: Decimal) -> str:
    return (
        f"line {row.number} starts {lane[1]} from flat where the row before it left "
        f"{before}: the account was reset, or rows are missing"
    )


def _contradicted(row: Row, found: Standing, before: Decimal) -> RefusedRow:
    return RefusedRow(
        row.number,
        row.raw or "",
        f"Position says that {found.before} {found.lane[1]} were held before, but the row before "
        f"it left {before}: a cell was changed or a row is missing",
    )
