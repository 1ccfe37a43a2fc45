"""What the rows of OKX say together: what was held before them, and which side paid funding."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.event import Funding
from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.domain.plan import Direction
from journal.importers.reading import Held, Reading, RefusedRow, Row, nothing_held

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Moved:
    """What a row says beside its fill.

    `closes`: it opened nothing. `realised`: it made or lost money, which no opening does.
    `had_margin`: the position's isolated margin was not empty before.
    """

    closes: bool
    realised: bool
    had_margin: bool


def with_funding_sides(rows: Sequence[Row], sizes: Mapping[int, Decimal]) -> list[Row]:
    """Return the rows with the side of each funding that one of two positions paid.

    Its row names no side, but the size of the position (`sizes`, by line): the side that held
    just that is the one; where both or neither did, it stays unsaid.
    """
    held: dict[tuple[str, Direction], Decimal] = {}
    sided = []
    for row in rows:
        body, found = row.event.body, row
        if isinstance(body, Fill) and body.position_side is not None:
            lane = body.symbol, body.position_side
            held[lane] = _after(held.get(lane, _ZERO), body)
        elif isinstance(body, Funding) and sizes.get(row.number):
            size = sizes[row.number]
            sides = [side for side in Direction if held.get((body.symbol, side)) == size]
            if len(sides) == 1:
                body = replace(body, direction=sides[0])
                found = replace(row, event=replace(row.event, body=body))
        sided.append(found)
    return sided


def realised_lines(moved: Mapping[int, Moved]) -> frozenset[int]:
    """Return the lines of fills that made or lost money."""
    return frozenset(line for line, said in moved.items() if said.realised)


def without_unsided(reading: Reading, both_sides: Collection[str]) -> Reading:
    """Refuse funding of no known side while rows are refused that may tell it.

    `both_sides` are the symbols held long and short at once. Stored without its side, such a row
    would be known when the whole file comes, and never get one.
    """
    if not reading.refused:
        return reading
    unsided = [
        row
        for row in reading.rows
        if isinstance(row.event.body, Funding)
        and row.event.body.direction is None
        and row.event.body.symbol in both_sides
    ]
    left_out = {row.number for row in unsided}
    refused = [
        RefusedRow(row.number, row.raw or "", "which side paid it stands in rows that are refused")
        for row in unsided
    ]
    return replace(
        reading,
        rows=[row for row in reading.rows if row.number not in left_out],
        refused=sorted([*reading.refused, *refused], key=lambda row: row.number),
    )


def _after(held: Decimal, fill: Fill) -> Decimal:
    """Return what a side holds after a fill; what it held before the file is not counted."""
    if not fill.closes:
        return EXACT.add(held, fill.quantity)
    return max(EXACT.subtract(held, fill.quantity), _ZERO)


def held_before(
    rows: Sequence[Row], moved: Mapping[int, Moved], journal: Held = nothing_held
) -> tuple[str, ...]:
    """Return a sentence for each position held before the first row, oldest first, and unknown.

    `journal` tells what the journal held before a contract's first row.
    """
    return tuple(
        f"{lane} was held before this file begins (line {number}): import what came before, "
        "or record it with `journal opening`"
        for lane, number in _begun(rows, moved, journal)
    )


def _begun(
    rows: Sequence[Row], moved: Mapping[int, Moved], journal: Held
) -> Iterator[tuple[str, int]]:
    held: dict[str, Decimal] = {}
    told: set[str] = set()
    for row in rows:
        fill, said = row.event.body, moved.get(row.number)
        if not isinstance(fill, Fill) or said is None:
            continue
        lane = f"{fill.symbol} {fill.position_side or ''}".rstrip()
        before = held[lane] if lane in held else journal(row)
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
