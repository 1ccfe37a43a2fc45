"""Results split by discipline: clean against breached trades, planned against unplanned ones.

Only closed trades whose result is known are split. A trade is breached where a rule that counts
in the score was broken in it, won where its net P&L is above zero.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Ints, exceeds
from journal.book.indiscipline import Indiscipline
from journal.book.statistics import Mean, Rate
from journal.book.tables import Book


@dataclass(frozen=True, slots=True)
class Net:
    """What trades of one currency made together."""

    currency: str
    trades: int
    gross: float
    net: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """One side of a split: how many won, expectancy in R, and money.

    R is known of `r.n` of the trades: those with a plan whose risk can be told.
    """

    trades: int
    won: Rate
    r: Mean
    nets: list[Net]


@dataclass(frozen=True, slots=True)
class Tax:
    """What indiscipline took of one currency's gross P&L, the share None where that is a loss."""

    currency: str
    cost: float
    unknown: int
    gross: float
    share: float | None


@dataclass(frozen=True, slots=True)
class Split:
    """The four sides, and breached trades that won all the same; `bad_wins` are trade rows."""

    clean: Outcome
    breached: Outcome
    planned: Outcome
    unplanned: Outcome
    bad_wins: Ints
    unknown: int
    taxes: list[Tax]


def split(book: Book, trades: Ints, breached: Bools, costs: list[Indiscipline]) -> Split:
    """Split these trades; `breached` is per trade of the book, `costs` those of their breaches."""
    table = book.trades
    closed = trades[~table.is_open[trades]]
    known = closed[~np.isnan(table.net[closed])]
    bad = breached[known]
    planned = (table.plan[known] >= 0) & ~table.is_late[known]
    everything = {each.currency: each for each in _nets(book, known)}
    return Split(
        clean=_outcome(book, known[~bad]),
        breached=_outcome(book, known[bad]),
        planned=_outcome(book, known[planned]),
        unplanned=_outcome(book, known[~planned]),
        bad_wins=known[bad & _won(book, known)],
        unknown=len(closed) - len(known),
        taxes=[_tax(each, everything.get(each.currency)) for each in costs],
    )


def _won(book: Book, trades: Ints) -> Bools:
    return exceeds(book.trades.net[trades], 0.0)


def _outcome(book: Book, trades: Ints) -> Outcome:
    multiples = book.trades.r_multiple[trades]
    return Outcome(
        trades=len(trades),
        won=Rate.of(int(_won(book, trades).sum()), len(trades)),
        r=Mean.of(multiples[~np.isnan(multiples)]),
        nets=_nets(book, trades),
    )


def _nets(book: Book, trades: Ints) -> list[Net]:
    code = book.trades.instrument[trades]
    currency = np.array([known.settlement for known in book.instruments.known], object)[code]
    found = []
    for name in sorted(set(currency.tolist())):
        own = trades[currency == name]
        gross, net = book.trades.gross[own].sum(), book.trades.net[own].sum()
        found.append(Net(name, len(own), float(gross), float(net)))
    return found


def _tax(cost: Indiscipline, made: Net | None) -> Tax:
    gross = made.gross if made is not None else 0.0
    share = cost.cost / gross if gross > 0 else None
    return Tax(cost.currency, cost.cost, cost.unknown, gross, share)
