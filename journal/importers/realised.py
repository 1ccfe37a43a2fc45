"""What a realised profit says of a fill: that it reduced a position, and mostly opened none.

Opening makes no profit. A fill that did make or lose money while nothing was held, as far as file
and journal go, took from a position that began before them: without the venue's profit it would be
read as one that opens the other side. Only a fill that went through zero both reduces and opens;
what came next tells the two apart, where nobody holds the position's beginning.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.importers.reading import Held, Row, nothing_held

_ZERO = Decimal(0)
_NOT_ZERO = re.compile(r"[+-]?[0.]*[1-9]", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Move:
    """One fill of a position: where its row stands, and whether it made or lost money."""

    place: int
    fill: Fill
    realised: bool

    @property
    def change(self) -> Decimal:
        return self.fill.quantity * self.fill.side.sign


def is_realised(profit: str) -> bool:
    """Whether a cell with a profit says that there was one, or a loss."""
    return _NOT_ZERO.match(profit) is not None


def with_reductions(
    rows: Sequence[Row], realised: Container[int], held: Held = nothing_held
) -> list[Row]:
    """Return the rows, oldest first, with those said to close that reduced and opened nothing.

    `realised` are the lines of fills that made or lost money; `held` tells what the journal held
    before a contract's first row. Hedged positions are left alone: their side says as much.
    """
    found = list(rows)
    for lane in _lanes(rows, realised):
        if not any(move.realised for move in lane):
            continue
        for move in _reductions(lane, held(rows[lane[0].place])):
            event = replace(rows[move.place].event, body=replace(move.fill, closes=True))
            found[move.place] = replace(rows[move.place], event=event)
    return found


def through_zero(rows: Sequence[Row], realised: Container[int]) -> set[int]:
    """Return the lines of fills that made or lost money and yet were not said to close."""
    return {
        row.number
        for row in rows
        if isinstance(row.event.body, Fill)
        and row.event.body.position_side is None
        and row.number in realised
        and not row.event.body.closes
    }


def held_both_ways(rows: Sequence[Row], realised: Container[int]) -> list[tuple[str, int]]:
    """Return symbols that were held long and short at once, and the line that tells it first.

    That is hedge mode, where a fill may open a position beside the other one. Alone, a position
    makes or loses money by each fill against it, except near the prices it was entered at, and by
    none with it.
    """
    told = [(lane, _beside(lane)) for lane in _lanes(rows, realised)]
    return [(lane[0].fill.symbol, rows[at].number) for lane, at in told if at is not None]


def _beside(lane: Sequence[_Move]) -> int | None:
    """Return the place of the first fill that one position alone cannot explain."""
    held = low = high = _ZERO
    for move in lane:
        price, way = move.fill.price, held * move.change
        at_entry = low <= price <= high
        if (way > 0 and move.realised) or (way < 0 and not move.realised and not at_entry):
            return move.place
        if way < 0 or move.realised:
            held = EXACT.add(held, move.change) if abs(move.change) < abs(held) else _ZERO
            continue
        low, high = (min(low, price), max(high, price)) if held else (price, price)
        held = EXACT.add(held, move.change)
    return None


def _lanes(rows: Sequence[Row], realised: Container[int]) -> list[list[_Move]]:
    """Return the fills of each account's contracts, without those that name a hedged side."""
    lanes: defaultdict[tuple[str | None, str], list[_Move]] = defaultdict(list)
    for place, row in enumerate(rows):
        fill = row.event.body
        if isinstance(fill, Fill) and fill.position_side is None:
            move = _Move(place, fill, row.number in realised)
            lanes[row.account, fill.symbol].append(move)
    return list(lanes.values())


def _reductions(lane: Sequence[_Move], held: Decimal) -> list[_Move]:
    found = []
    for place, move in enumerate(lane):
        after = EXACT.add(held, move.change)
        following = lane[place + 1] if place + 1 < len(lane) else None
        if move.fill.closes or (move.realised and not _flipped(held, after, move, following)):
            found.append(move)
            after = after if after * held > 0 else _ZERO
        held = after
    return found


def _flipped(held: Decimal, after: Decimal, move: _Move, following: _Move | None) -> bool:
    """Whether a fill that reduced a position opened the other side as well."""
    told = _is_other_side_held(move, following)
    if held * move.change >= 0:  # what it reduced is not known
        return told is True
    return after * held < 0 and told is not False


def _is_other_side_held(move: _Move, following: _Move | None) -> bool | None:
    """Whether the next fill says that the position is on the side of this one; None is unsaid."""
    if following is None:
        return None
    if following.realised:
        return following.fill.side is not move.fill.side
    # Closed again at its own price, a position makes nothing either.
    if following.fill.side is move.fill.side or following.fill.price == move.fill.price:
        return None
    return False
