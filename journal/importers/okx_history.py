"""Whether a file of OKX begins inside a position, by what its rows say of what was held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.domain.plan import Direction
from journal.importers.reading import Row


@dataclass(frozen=True, slots=True)
class Moved:
    """What a row says beside its fill.

    `closes`: it opened nothing. `realised`: it made or lost money, which no opening does.
    `had_margin`: the position's isolated margin was not empty before.
    """

    closes: bool
    realised: bool
    had_margin: bool


def held_before(rows: Sequence[Row], moved: Mapping[int, Moved]) -> tuple[str, ...]:
    """Return a sentence for each position that was held before the first row, oldest first."""
    return tuple(
        f"{lane} was held before this file begins (line {number}): import what came before, "
        "or record it with `journal opening`"
        for lane, number in _begun(rows, moved)
    )


def _begun(rows: Sequence[Row], moved: Mapping[int, Moved]) -> Iterator[tuple[str, int]]:
    held: dict[str, Decimal] = {}
    told: set[str] = set()
    for row in rows:
        fill, said = row.event.body, moved.get(row.number)
        if not isinstance(fill, Fill) or said is None:
            continue
        lane = f"{fill.symbol} {fill.position_side or ''}".rstrip()
        before = held.get(lane, Decimal(0))
        change = fill.quantity * fill.side.sign
        if lane not in told and _was_held(before, change, said, fill.position_side):
            told.add(lane)
            yield lane, row.number
        held[lane] = EXACT.add(before, change)


def _was_held(before: Decimal, change: Decimal, said: Moved, side: Direction | None) -> bool:
    reduces = before * change < 0
    if side is not None and said.closes:
        return not reduces or abs(change) > abs(before)
    if said.closes or said.realised:
        return not reduces
    return said.had_margin and before == 0
