"""Prices the journal knows: typed ones and fills, by instrument and time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.versions import latest


@dataclass(slots=True)
class Path:
    """Known prices in order of instrument and time; a fill proves that its price traded.

    `of_fill` is the row of each fill of the facts: of one instant, what stands before it came
    before it.
    """

    instrument: Ints
    at: Ints
    price: Floats
    of_fill: Ints

    def latest(self, instrument: Ints, at: Ints) -> Ints:
        """Return the index of the last price at or before each instant, or -1."""
        return latest(self.instrument, self.at, instrument, at)

    def since(self, instrument: Ints, at: Ints) -> Ints:
        """Return the row at which the prices at or after each instant begin."""
        before = self.latest(instrument, at - 1)
        return np.where(before >= 0, before + 1, np.searchsorted(self.instrument, instrument))

    def extremes(self, instrument: Ints, start: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Return the lowest and highest price known from start to end, both included; else NaN."""
        last = np.where(end >= start, self.latest(instrument, end), -1)
        return self.extremes_between(self.since(instrument, start), last + 1)

    def extremes_between(self, begin: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Return the lowest and highest price of the rows from begin until before end; else NaN."""
        low, high = np.full(len(begin), np.nan), np.full(len(begin), np.nan)
        some = np.flatnonzero(end > begin)
        some = some[np.argsort(begin[some], kind="stable")]
        if len(some):
            bounds = np.column_stack((begin[some], end[some])).ravel()
            low[some] = np.minimum.reduceat(np.append(self.price, np.inf), bounds)[::2]
            high[some] = np.maximum.reduceat(np.append(self.price, -np.inf), bounds)[::2]
        return low, high

    def first_where(self, begin: Ints, end: Ints, holds: Callable[[int, Floats], Bools]) -> Ints:
        """Return the first row of each range for whose price `holds(place, prices)`; else -1.

        It walks the ranges one by one, and is meant for the few that broke something.
        """
        found = np.full(len(begin), -1, np.int64)
        for place, (first, last) in enumerate(zip(begin.tolist(), end.tolist(), strict=True)):
            rows = np.flatnonzero(holds(place, self.price[first:last]))
            if len(rows):
                found[place] = first + rows[0]
        return found
