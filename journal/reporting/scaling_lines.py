"""The lines of the section on scaling, each with its n: comparisons, gaps, tranches."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds
from journal.book.spacing import Gaps
from journal.book.statistics import Mean, Rate
from journal.book.tables import Book


@dataclass(frozen=True, slots=True)
class Sums:
    """Money of one settlement currency: the total of so many trades, and what that is a trade."""

    currency: str
    trades: int
    total: float
    mean: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What scaling was worth against doing it all at once; above zero where scaling helped.

    `r` is the mean difference in R, of trades whose planned risk is known; its interval is None
    under 20 trades. `positive` counts the trades with a difference above zero among all whose
    difference is known in money; `unknown` are those where it is not.
    """

    r: Mean
    positive: Rate
    unknown: int
    sums: list[Sums]


@dataclass(frozen=True, slots=True)
class GapLine:
    """How one tranche of the ladders filled: the gap to the one filled before it, and its size.

    Means over `gaps` fills that had one before them (signs and units as in `journal.book.spacing`,
    in R over `gaps_in_r` of them), the median of the minutes; `size_fraction` is the mean filled /
    planned size of the `sizes` fills of this tranche. None of nothing.
    """

    number: int
    gaps: int
    planned_fraction: float | None
    actual_fraction: float | None
    gaps_in_r: int
    planned_r: float | None
    actual_r: float | None
    minutes: float | None
    sizes: int
    size_fraction: float | None

    @classmethod
    def of(cls, number: int, found: Gaps, own: Bools, sizes: Floats) -> GapLine:
        """Return the line of those of the gaps that are before this tranche."""
        told = own & ~np.isnan(found.planned_r)
        return cls(
            number=number,
            gaps=int(own.sum()),
            planned_fraction=_mean(found.planned_fraction[own]),
            actual_fraction=_mean(found.actual_fraction[own]),
            gaps_in_r=int(told.sum()),
            planned_r=_mean(found.planned_r[told]),
            actual_r=_mean(found.actual_r[told]),
            minutes=float(np.median(found.minutes[own])) if own.any() else None,
            sizes=len(sizes),
            size_fraction=_mean(sizes),
        )


@dataclass(frozen=True, slots=True)
class DepthLine:
    """One tranche number over all trades that planned it.

    `filled` counts trades in which anything was bought there, `reached` those and the ones in
    which it is known to have been traded through. `paid` is the share of known results above
    zero; `r` and `sums` are the results of the units that filled there, against the exits after
    them with the fees of both sides. `unknown` filled, but the result is not known.
    """

    number: int
    planned: int
    reached: Rate
    filled: Rate
    paid: Rate
    r: Mean
    unknown: int
    sums: list[Sums]


@dataclass(frozen=True, slots=True)
class FilledLine:
    """Trades in which so many of the planned tranches filled: R a trade, and net P&L."""

    tranches: int
    trades: int
    r: Mean
    sums: list[Sums]


def compared(values: Floats, in_r: Floats, currency: np.ndarray) -> Comparison:
    """Return what the differences of some trades come to; NaN is not known."""
    known = values[~np.isnan(values)]
    return Comparison(
        r=Mean.of(in_r[~np.isnan(in_r)]),
        positive=Rate.of(int(exceeds(known, 0.0).sum()), len(known)),
        unknown=len(values) - len(known),
        sums=sums_of(values, currency),
    )


def sums_of(values: Floats, currency: np.ndarray) -> list[Sums]:
    """Add up known money, each currency apart."""
    told = ~np.isnan(values)
    found = []
    for name in sorted(set(currency[told].tolist())):
        own = values[told & (currency == name)]
        found.append(Sums(name, len(own), float(own.sum()), float(own.mean())))
    return found


def settlements(book: Book, trades: Ints) -> np.ndarray:
    """Return the settlement currency of each trade."""
    names = np.array([known.settlement for known in book.instruments.known], object)
    return np.asarray(names[book.trades.instrument[trades]])


def _mean(values: Floats) -> float | None:
    return float(values.mean()) if len(values) else None
