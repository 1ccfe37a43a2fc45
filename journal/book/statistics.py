"""Rates and means of small samples with their 95 % intervals, and when there is too little."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from journal.book.comparison import Floats

FEW = 5
"""Fewer trades than this are too few for a rate or a score that means something."""

FEW_FOR_INTERVAL = 20
"""Fewer trades than this are too few for the interval of a mean."""

_Z = 1.959963984540054  # the normal distribution's 97.5 % quantile
_RESAMPLES = 9999
_FEWEST_RESAMPLES = 999
_DRAWS = 10_000_000
_SEED = 20260105
_MANY = 5_000


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true value lies with 95 % confidence."""

    low: float
    high: float


def wilson(part: int, whole: int) -> Interval | None:
    """Return Wilson's score interval of a share, None of nothing.

    Unlike share +- 1.96 standard errors it stays within 0 and 1 and does not shrink to nothing at
    0 of 3 (E. B. Wilson, 1927).
    """
    if not whole:
        return None
    share, square = part / whole, _Z * _Z / whole
    centre = (share + square / 2) / (1 + square)
    half = _Z / (1 + square) * sqrt(share * (1 - share) / whole + square / (4 * whole))
    return Interval(max(0.0, centre - half), min(1.0, centre + half))


def difference_of_shares(first: tuple[int, int], second: tuple[int, int]) -> Interval | None:
    """Return the interval of the first share less the second, None where one is of nothing.

    Each is (part, whole). Newcombe's hybrid of their Wilson intervals (R. G. Newcombe, 1998): both
    are samples, and the smaller one leaves the more doubt.
    """
    one, two = wilson(*first), wilson(*second)
    if one is None or two is None:
        return None
    here, there = first[0] / first[1], second[0] / second[1]
    return Interval(
        here - there - hypot(here - one.low, two.high - there),
        here - there + hypot(one.high - here, there - two.low),
    )


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of trades: `share` and its interval are None where there are too few."""

    part: int
    whole: int
    share: float | None
    interval: Interval | None

    @classmethod
    def of(cls, part: int, whole: int) -> Rate:
        """Return part of whole."""
        if whole < FEW:
            return cls(part, whole, None, None)
        return cls(part, whole, part / whole, wilson(part, whole))


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean of `n` values; the interval is None where there are too few for one."""

    n: int
    mean: float | None
    interval: Interval | None

    @classmethod
    def of(cls, values: Floats) -> Mean:
        """Return the mean of known values."""
        if not len(values):
            return cls(0, None, None)
        interval = None if len(values) < FEW_FOR_INTERVAL else bootstrap(values)
        return cls(len(values), float(values.mean()), interval)


def bootstrap(values: Floats) -> Interval:
    """Return the percentile bootstrap interval of a mean, the same one for the same values.

    Percentile rather than BCa, whose jackknife takes a square of a long journal's trades. Of many
    values it is the normal one, to which the bootstrap's comes (central limit theorem).
    """
    if len(values) > _MANY:
        half = _Z * float(values.std(ddof=1)) / sqrt(len(values))
        return Interval(float(values.mean()) - half, float(values.mean()) + half)
    from scipy.stats import bootstrap as resample  # noqa: PLC0415 - a second of imports

    count = len(values)
    resamples = int(np.clip(_DRAWS // count, _FEWEST_RESAMPLES, _RESAMPLES))
    found = resample(
        (values,),
        np.mean,
        n_resamples=resamples,
        batch=max(1, _DRAWS // count),
        method="percentile",
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Interval(float(found.low), float(found.high))
