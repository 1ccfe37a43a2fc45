"""One exact pass over the fills: running position, trade cuts, parts of fills through zero.

Quantities are Python integers at the instrument's largest scale, so that flat, entry and flip
are decided without rounding whatever the number of decimals. This is the one loop of the book
that runs in Python over every fill.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np
import numpy.typing as npt

from journal.book.comparison import Bools, Floats, Ints

Integers = npt.NDArray[np.int64] | npt.NDArray[np.object_]


def decimals(text: str) -> int:
    """Return the number of digits behind the point of a canonical decimal text."""
    point = text.find(".")
    return 0 if point < 0 else len(text) - point - 1


def scaled(texts: Sequence[str], digits: int) -> list[int]:
    """Return canonical decimal texts as integers in units of 10**-digits, exactly."""
    whole = []
    for text in texts:
        head, _, tail = text.partition(".")
        whole.append(int(head + tail.ljust(digits, "0")))
    return whole


@dataclass(frozen=True, slots=True)
class Lane:
    """The moves of one account, instrument and position side, in order.

    `deltas` are signed changes of what is held, in units of 10**-digits. `floor` is the side a
    lane cannot cross: +1 for spot and hedged longs (never below zero), -1 for hedged shorts, 0
    where going through zero opens the other side.

    `closing` marks moves of which the venue says that they only reduce, aligned with `deltas`;
    None where it said so of none. With a floor every move against it is that anyway.
    """

    deltas: list[int]
    digits: int
    lot: int
    floor: int
    closing: Sequence[bool] | None = None


def positions(lane: Lane) -> list[int]:
    """Return the position after each move; less than one lot is flat, dust leaves."""
    if closing := _said_closing(lane):
        moves = zip(lane.deltas, closing, strict=True)
        return list(accumulate(moves, _reducer(lane.lot), initial=0))[1:]
    return list(accumulate(lane.deltas, _stepper(lane.lot, lane.floor), initial=0))[1:]


def _said_closing(lane: Lane) -> Sequence[bool] | None:
    """Return the closing flags where there are any, and where they say more than the floor."""
    return lane.closing if lane.floor == 0 and lane.closing and any(lane.closing) else None


def _stepper(lot: int, floor: int) -> Callable[[int, int], int]:
    def plain(held: int, delta: int) -> int:
        after = held + delta
        return after if after >= lot or after <= -lot else 0

    def floored(held: int, delta: int) -> int:
        after = held + delta
        return after if after * floor >= lot else 0

    return floored if floor else plain


def _reducer(lot: int) -> Callable[[int, tuple[int, bool]], int]:
    def reduced(held: int, move: tuple[int, bool]) -> int:
        delta, closing = move
        after = held + delta
        if closing and after * held <= 0:
            return 0
        return after if after >= lot or after <= -lot else 0

    return reduced


@dataclass(frozen=True, slots=True)
class Scanned:
    """One lane's parts, aligned arrays; a move through zero gives two rows.

    `move` is the index of the move, `part` 1 or 2; `before` and `after` signed integer positions;
    `held` what the part added to or took from the position, >= 0 and never more than was there;
    `share` the fraction (0..1) of the move that this part is; `starts` the first part of a trade;
    `oversold` an exit of more than was held.
    """

    move: Ints
    part: Ints
    before: Integers
    after: Integers
    is_entry: Bools
    direction: Ints
    held: Integers
    share: Floats
    starts: Bools
    oversold: Bools


def scan(lane: Lane) -> Scanned:
    """Cut one lane into parts and trades."""
    delta, after = _integers(lane.deltas), _integers(positions(lane))
    before = np.concatenate((after[:1] * 0, after[:-1]))
    sign_before, sign_after, sign_delta = _sign(before), _sign(after), _sign(delta)
    flips = (sign_before * sign_after) < 0
    closing = _closing(lane, sign_before, sign_delta)
    overshoot = _sign(np.abs(delta) - np.abs(before)) > 0
    residue = np.abs(before + delta)
    beyond_dust = np.asarray(residue >= max(lane.lot, 1), bool)
    oversold = (sign_before * sign_delta < 0) & overshoot & ~flips & beyond_dust | (
        (sign_before == 0) & ((sign_delta * lane.floor < 0) & beyond_dust | closing)
    )
    rows = np.repeat(np.arange(len(delta)), np.where(flips, 2, 1))
    part = np.ones(len(rows), np.int64)
    part[1:][rows[1:] == rows[:-1]] = 2
    second = part == 2  # noqa: PLR2004 - the part of a flip that opens the other side
    first = flips[rows] & ~second
    part_before = np.where(second, 0, before[rows])
    part_after = np.where(first, 0, after[rows])
    at_zero = _sign(part_before) == 0
    backwards = at_zero & ((sign_delta[rows] * lane.floor < 0) | closing[rows])
    direction = np.where(at_zero, sign_delta[rows], sign_before[rows])
    direction = np.where(backwards, -sign_delta[rows], direction)
    starts = at_zero.copy()
    # Sells of what was never seen bought, one after the other, are one trade.
    starts[1:] &= ~(backwards[1:] & backwards[:-1] & (direction[1:] == direction[:-1]))
    is_entry = direction == sign_delta[rows]
    return Scanned(
        move=rows,
        part=part,
        before=part_before,
        after=part_after,
        is_entry=is_entry,
        direction=direction,
        held=_moved(before[rows], delta[rows], after[rows], is_entry, second),
        share=np.where(flips[rows], _shares(before[rows], after[rows], delta[rows], second), 1.0),
        starts=starts,
        oversold=oversold[rows],
    )


def _closing(lane: Lane, sign_before: Ints, sign_delta: Ints) -> Bools:
    """Return the moves that open nothing; a word that contradicts what is held does not count."""
    said = _said_closing(lane)
    if said is None:
        return np.zeros(len(sign_delta), bool)
    return np.asarray(np.array(said, bool) & (sign_before * sign_delta <= 0), bool)


def _moved(
    before: Integers, delta: Integers, after: Integers, is_entry: Bools, second: Bools
) -> Integers:
    taken = np.minimum(np.abs(delta), np.abs(before))
    return np.where(second, np.abs(after), np.where(is_entry, np.abs(delta), taken))


def _shares(closing: Integers, opening: Integers, whole: Integers, second: Bools) -> Floats:
    part = np.where(second, np.abs(opening), np.minimum(np.abs(closing), np.abs(whole)))
    shares: Floats = part.astype(float) / np.abs(whole).astype(float)
    return shares


def _integers(values: list[int]) -> Integers:
    try:
        narrow = np.array(values, np.int64)
    except OverflowError:
        return np.array(values, object)
    # Sums of two must fit as well.
    return narrow if not len(narrow) or np.abs(narrow).max() < 1 << 61 else narrow.astype(object)


def _sign(values: Integers) -> Ints:
    return (values > 0).astype(np.int64) - (values < 0).astype(np.int64)
