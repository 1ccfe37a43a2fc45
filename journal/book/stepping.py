"""All trades at once, part by part: the k-th part of every trade, then the tails of the longest."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from journal.book.comparison import Ints

FEW = 24
"""From this number of trades still running, walking them one by one is faster than stepping."""


def steps(first: Ints, count: Ints, *, to_the_end: bool = False) -> Iterator[tuple[Ints, Ints]]:
    """Yield (trades, rows): the k-th part of every trade that has one, until `FEW` are left."""
    by_length = np.argsort(-count, kind="stable")
    lengths = count[by_length]
    running = len(lengths)
    for k in range(int(lengths[0]) if running else 0):
        running = int(np.searchsorted(-lengths, -k, side="left"))
        if running <= FEW < k and not to_the_end:
            return
        trades = by_length[:running]
        yield trades, first[trades] + k


def left_over(first: Ints, count: Ints) -> Iterator[tuple[int, range]]:
    """Yield (trade, rows) for what `steps` left: the tails of the few longest trades."""
    lengths = np.sort(count)[::-1]
    if len(lengths) == 0 or lengths[0] <= FEW + 1:
        return
    reached = FEW + 1
    if len(lengths) > FEW:
        reached = max(reached, int(lengths[FEW]))
    for trade in np.flatnonzero(count > reached):
        yield int(trade), range(int(first[trade]) + reached, int(first[trade] + count[trade]))
