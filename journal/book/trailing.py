"""Whether a trailing exit explains a sale: needs the best price since the trail began."""

from __future__ import annotations

import numpy as np

from journal.book.allocating import Trails
from journal.book.comparison import reaches
from journal.book.path import Path
from journal.book.tables import Fills


def decide_trails(fills: Fills, trails: Trails, path: Path) -> None:
    """Split early and excess quantity into trailed and undecided.

    A sale at or beyond the trail from the best known price was the trail. Above that level the
    best price may simply not be known: fills prove what traded, never what did not.
    """
    if not len(trails.row):
        return
    row = trails.row
    sign = fills.direction[row]
    low, high = path.extremes(fills.instrument[row], trails.since, fills.at[row])
    best = np.where(sign > 0, high, low)
    level = best * (1 - sign * trails.fraction)
    trailed = reaches(sign * level, sign * fills.price[row])
    for column in (fills.exit_excess_quantity, fills.early_quantity):
        column[row] = 0.0
    fills.trail_quantity[row] = np.where(trailed, trails.quantity, 0.0)
    fills.undecided_quantity[row] = np.where(trailed, 0.0, trails.quantity)
