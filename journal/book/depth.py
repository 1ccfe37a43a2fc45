"""Which tranches are reached, and which pay: by number in the ladder."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats, Ints
from journal.book.ladder_fills import LadderFills
from journal.book.states import FILLED, MISSED, PARTIAL
from journal.book.tables import Book


@dataclass(slots=True)
class Depth:
    """Per row of `LadderFills` where a tranche got to, and per trade how many of them filled.

    `filled` means that something was bought there. `reached` adds what was traded through and
    missed; it is proved by fills and typed prices only, so what is not reached may still have
    been. `result` is what the units that filled there made (see `LadderFills`), in the settlement
    currency, `result_r` the same / the trade's planned risk; NaN where nothing filled or it is
    not known. `tranches_filled` is per trade.
    """

    filled: Bools
    reached: Bools
    result: Floats
    result_r: Floats
    tranches_filled: Ints


def depth(book: Book, ladders: LadderFills) -> Depth:
    """Return where the tranches of these trades got to."""
    filled = ladders.units > 0
    risk = book.trades.planned_risk[ladders.trades][ladders.owner]
    return Depth(
        filled=filled,
        reached=filled | _reached(book, ladders),
        result=ladders.result,
        result_r=ladders.result / np.where(risk > 0, risk, np.nan),
        tranches_filled=np.bincount(ladders.owner, filled, minlength=len(ladders.trades)).astype(
            np.int64
        ),
    )


def _reached(book: Book, ladders: LadderFills) -> Bools:
    """Return what is known to have traded, by the states of the plan's newest version."""
    last = book.plans.last_version[book.trades.plan[ladders.trades]][ladders.owner]
    stands = ladders.number <= book.versions.tranche_count[last]
    rows = np.where(stands, book.versions.first_tranche[last] + ladders.number - 1, 0)
    known = np.isin(book.tranches.state[rows], (FILLED, PARTIAL, MISSED))
    return stands & known
