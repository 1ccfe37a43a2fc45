"""Prices the journal knows: typed ones and fills, by instrument and time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.versions import latest


@dataclass(slots=True)
class Path:
    """Known prices in order of instrument and time; a fill proves that its price traded."""

    instrument: Ints
    at: Ints
    price: Floats

    def latest(self, instrument: Ints, at: Ints) -> Ints:
        """Return the index of the last price at or before each instant, or -1."""
        return latest(self.instrument, self.at, instrument, at)

    def extremes(self, instrument: Ints, start: Ints, end: Ints) -> tuple[Floats, Floats]:
        """Return the lowest and highest price known from start to end, both included; else NaN."""
        low, high = np.full(len(start), np.nan), np.full(len(start), np.nan)
        if not len(self.at) or not len(start):
            return low, high
        begins = np.searchsorted(self.instrument, instrument)
        last = self.latest(instrument, end)
        before = self.latest(instrument, start - 1)
        first = np.where(before >= 0, before + 1, begins)
        some = np.flatnonzero((last >= first) & (end >= start))
        some = some[np.argsort(first[some], kind="stable")]
        if len(some):
            bounds = np.column_stack((first[some], last[some] + 1)).ravel()
            low[some] = np.minimum.reduceat(np.append(self.price, np.inf), bounds)[::2]
            high[some] = np.maximum.reduceat(np.append(self.price, -np.inf), bounds)[::2]
        return low, high
