"""The stop was moved away from the price, or taken out.

What it flags
    A stop further from the price than the one in force, or removed, while the trade is open. No
    tolerance, and inside the invalidation counts too. The first stop of a trade is not judged,
    nor is one moved while the plan still waits. A stop set again after `none` is compared with
    the last price it had. Where the trade began before the history, the verdict is unknown.

Why it matters
    A stop that moves is not a stop. Widening it once is how a planned loss becomes an open one.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      stop         90
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z stop BTC-USDT 89

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      stop         90
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z stop BTC-USDT 95
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, Ints, exceeds
from journal.book.grouping import last_row_before, starts_of
from journal.book.risk import loss
from journal.book.standing import invalidation_at, removed_again
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.book.versions import latest

RULE = Rule(
    code="STOP502",
    name="stop-widened",
    severity=Severity.CRITICAL,
    subject=Subject.STOP,
    since="0.1",
    message="the stop went from {old} to {new}",
    unknown="the stop was recorded too late to prove anything",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every stop event of an open trade after its first."""
    stops, trades, fills = book.stops, book.trades, book.fills
    old = _last_price(book)
    sign = trades.direction[stops.trade]
    removed = np.isnan(stops.price)
    widened = exceeds(sign * old, sign * stops.price) | removed
    moved = ~np.isnan(old) & ~removed_again(stops.trade, stops.price)
    while_open = ~stops.is_waiting & (stops.at < trades.closed_at[stops.trade])
    applies = moved & while_open & trades.is_judged[stops.trade]
    known = trades.opening_known[stops.trade]
    part = latest(fills.trade, fills.at, stops.trade, stops.at)
    return (
        Verdicts.of(
            Subject.STOP,
            applies=applies,
            known=known,
            broken=widened & known,
            evidence={
                "old": old,
                "new": np.where(removed, "none", stops.price.astype(object)),
                "position": np.append(fills.position_after, np.nan)[part],
                "invalidation": invalidation_at(book, stops.trade, stops.at),
            },
            cost=_cost(book, old, np.flatnonzero(applies & widened)),
        ),
    )


def _last_price(book: Book) -> Floats:
    """Return the last price a stop of the trade had before each event; NaN for the first."""
    stops = book.stops
    last = last_row_before(~np.isnan(stops.price), stops.trade)
    return np.append(stops.price, np.nan)[last]


def _cost(book: Book, old: Floats, widened: Ints) -> Floats:
    """Return what exits worse than the old stop lost against it; NaN if there were none.

    An exit counts once, for the first of the trade's widened stops that it is worse than.
    """
    fills, stops, trades = book.fills, book.stops, book.trades
    count = trades.count[stops.trade[widened]]
    event = np.repeat(widened, count)
    place = np.arange(len(event)) - np.repeat(np.cumsum(count) - count, count)
    part = trades.first[stops.trade[event]] + place
    worse = ~fills.is_entry[part] & (fills.at[part] >= stops.at[event])
    worse &= exceeds(fills.direction[part] * old[event], fills.direction[part] * fills.price[part])
    event, part = event[worse], part[worse]
    known = np.zeros(len(stops), bool)
    known[event] = ~trades.is_open[stops.trade[event]]
    by_part = np.argsort(part, kind="stable")
    chosen = by_part[starts_of(part[by_part])]
    event, part = event[chosen], part[chosen]
    size = fills.quantity[part] * fills.multiplier[part]
    inverse = book.instruments.is_inverse[fills.instrument[part]]
    lost = loss(fills.direction[part], size, old[event], fills.price[part], inverse)
    return np.where(known, np.bincount(event, lost, minlength=len(stops)), np.nan)
