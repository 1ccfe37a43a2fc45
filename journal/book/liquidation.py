"""Where isolated margin would be liquidated along a ladder (rule contract, RISK202).

A run is a set of tranches next to each other by price that contains the anchor: the first-listed
tranche that was not skipped, or what is really held. After each run the liquidation price must
lie beyond the next adverse tranche, or beyond the invalidation where no tranche is left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, reaches
from journal.book.grouping import starts_of


@dataclass(slots=True)
class Ladders:
    """Tranches of many ladders: `owner` numbers the ladder, the other columns are its rungs.

    `is_anchor` marks one rung of each ladder that has any.
    """

    owner: Ints
    price: Floats
    quantity: Floats
    is_anchor: Bools


@dataclass(slots=True)
class Terms:
    """One row a ladder: +1 long or -1 short, leverage, margin rate, and figures typed in (NaN)."""

    direction: Ints
    leverage: Floats
    margin_rate: Floats
    typed: Floats
    invalidation: Floats
    inverse: Bools


@dataclass(slots=True)
class Runs:
    """One row a run: its ladder, how many tranches, average, liquidation and the next level.

    `is_last` marks runs whose next level is the invalidation (NaN where none is given).
    """

    owner: Ints
    size: Ints
    average: Floats
    liquidation: Floats
    next_level: Floats
    is_last: Bools
    is_liquidated: Bools


def liquidation_price(
    direction: Ints, average: Floats, leverage: Floats, margin_rate: Floats
) -> Floats:
    """Return average x (1 - 1/leverage + rate) for a long, x (1 + 1/leverage - rate) for a short.

    A stated approximation for isolated margin on linear contracts.
    """
    result: Floats = average * (1 - direction * (1 / leverage - margin_rate))
    return result


def runs_of(ladders: Ladders, terms: Terms) -> Runs:
    """List every run of every ladder with its liquidation price and the level it must not reach."""
    # Rungs in adverse order: for a long the lower price comes later.
    adverse = -terms.direction[ladders.owner] * ladders.price
    order = np.lexsort((adverse, ladders.owner))
    owner, price, quantity = (
        ladders.owner[order],
        ladders.price[order],
        ladders.quantity[order],
    )
    anchors = np.flatnonzero(ladders.is_anchor[order])
    first = np.flatnonzero(starts_of(owner))
    ladder_of_first = owner[first]
    ends = np.append(first[1:], len(owner))
    place = np.searchsorted(ladder_of_first, owner[anchors])
    ahead, behind = anchors - first[place] + 1, ends[place] - anchors
    pairs = ahead * behind
    which = np.repeat(np.arange(len(anchors)), pairs)
    index = np.arange(len(which)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
    low = anchors[which] - index // behind[which]
    high = anchors[which] + index % behind[which]
    of = owner[anchors][which]
    harmonic = terms.inverse[owner]
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(harmonic, quantity / price, quantity * price)
    total, weighed = _between(quantity, low, high), _between(weight, low, high)
    with np.errstate(divide="ignore", invalid="ignore"):
        average = np.where(terms.inverse[of], total / weighed, weighed / total)
    liquidation = _liquidations(terms, of, average)
    is_last = high + 1 >= ends[place][which]
    following = price[np.minimum(high + 1, len(price) - 1)] if len(price) else average
    next_level = np.where(is_last, terms.invalidation[of], following)
    sign = terms.direction[of]
    return Runs(
        owner=of,
        size=high - low + 1,
        average=average,
        liquidation=liquidation,
        next_level=next_level,
        is_last=is_last,
        is_liquidated=reaches(sign * liquidation, np.multiply(sign, next_level)),
    )


def _between(values: Floats, low: Ints, high: Ints) -> Floats:
    """Return the sum of values[low] to values[high] for each pair, each added up on its own."""
    if not len(low):
        return np.zeros(0)
    bounds = np.column_stack((low, high + 1)).ravel()
    result: Floats = np.add.reduceat(np.append(values, 0.0), bounds)[::2]
    return result


def prefixes_of(ladders: Ladders, terms: Terms) -> Runs:
    """Return, for each ladder, its first 1, 2, ... n tranches as listed, all others skipped.

    Each is held against the invalidation: what a ladder looks like that stops filling there.
    """
    owner = ladders.owner
    first = np.flatnonzero(starts_of(owner))
    begins = np.repeat(first, np.diff(np.append(first, len(owner))))
    rows = np.arange(len(owner))
    harmonic = terms.inverse[owner]
    with np.errstate(divide="ignore", invalid="ignore"):
        unit = np.where(harmonic, 1 / ladders.price, ladders.price)
        total = _between(ladders.quantity, begins, rows)
        mean = _between(ladders.quantity * unit, begins, rows) / total
        average = np.where(harmonic, 1 / mean, mean)
    liquidation = _liquidations(terms, owner, average)
    level, sign = terms.invalidation[owner], terms.direction[owner]
    return Runs(
        owner=owner,
        size=rows - begins + 1,
        average=average,
        liquidation=liquidation,
        next_level=level,
        is_last=np.ones(len(owner), bool),
        is_liquidated=reaches(sign * liquidation, sign * level),
    )


def _liquidations(terms: Terms, owner: Ints, average: Floats) -> Floats:
    """Return each run's liquidation price: typed in, else computed; NaN for inverse contracts."""
    computed = liquidation_price(
        terms.direction[owner], average, terms.leverage[owner], terms.margin_rate[owner]
    )
    computed = np.where(terms.inverse[owner], np.nan, computed)
    return np.where(np.isnan(terms.typed[owner]), computed, terms.typed[owner])
