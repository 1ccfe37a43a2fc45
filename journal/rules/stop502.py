"""The stop was moved away from the price, or taken out.

What it flags
    A stop further from the price than the one in force, or removed, while the trade is open. No
    tolerance, and inside the invalidation counts too. The first stop of a trade is not judged. A
    stop set again after `none` is compared with the last price it had.

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
from journal.book.grouping import starts_of
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
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every stop event of an open trade after its first."""
    stops, trades, fills = book.stops, book.trades, book.fills
    old = _last_price(book)
    sign = trades.direction[stops.trade]
    removed = np.isnan(stops.price)
    follows_removal = np.zeros(len(stops), bool)
    follows_removal[1:] = removed[:-1] & ~starts_of(stops.trade)[1:]
    widened = exceeds(sign * old, sign * stops.price)
    part = latest(fills.trade, fills.at, stops.trade, stops.at)
    position = np.append(fills.position_after, np.nan)[part]
    is_open = stops.at < trades.closed_at[stops.trade]
    return (
        Verdicts.of(
            Subject.STOP,
            applies=~np.isnan(old) & is_open & trades.is_judged[stops.trade],
            known=np.ones(len(stops), bool),
            broken=widened | (removed & ~follows_removal),
            evidence={
                "old": old,
                "new": stops.price,
                "position": position,
                "invalidation": np.append(fills.invalidation, np.nan)[part],
            },
            cost=_cost(book, old),
            message=None,
        ),
    )


def _last_price(book: Book) -> Floats:
    """Return the last price a stop of the trade had before each event; NaN for the first."""
    stops = book.stops
    rows: Ints = np.where(np.isnan(stops.price), -1, np.arange(len(stops)))
    last = np.concatenate(([-1], np.maximum.accumulate(rows)[:-1])) if len(rows) else rows
    own = (last >= 0) & (np.append(stops.trade, -1)[last] == stops.trade)
    return np.where(own, np.append(stops.price, np.nan)[last], np.nan)


def _cost(book: Book, old: Floats) -> Floats:
    """Return what exits worse than the old stop lost against it; NaN if there were none."""
    stops, fills, trades = book.stops, book.fills, book.trades
    lost = np.full(len(stops), np.nan)
    for event in np.flatnonzero(~np.isnan(old)):
        trade = stops.trade[event]
        span = slice(trades.first[trade], trades.first[trade] + trades.count[trade])
        sign = trades.direction[trade]
        worse = ~fills.is_entry[span] & (fills.at[span] >= stops.at[event])
        worse &= exceeds(sign * old[event], sign * fills.price[span])
        if worse.any():
            each = sign * (old[event] - fills.price[span]) * fills.quantity[span]
            lost[event] = float((each * fills.multiplier[span])[worse].sum())
    return lost
