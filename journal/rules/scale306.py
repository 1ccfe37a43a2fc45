"""Added at or past the invalidation, or after it had traded.

What it flags
    Any entry, the opening included, at the invalidation in force or beyond it, or after the
    price is known to have traded there: within the trade, since that invalidation took effect,
    and for the first fill since the plan was locked. Fills prove that a price traded, never that
    it did not, so without price bars kept means: not known to have traded.

Why it matters
    Past the invalidation the idea is wrong by the trader's own words. What is bought there is not
    the plan any more, whatever the tranche list says.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 3 @ 88 fee 0.264 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z fill BTC-USDT buy 3 @ 92 fee 0.276 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import DAY, UNKNOWN_TIME
from journal.book.comparison import Bools, Floats, Ints, reaches
from journal.book.invalidations import standing_since
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE306",
    name="added-after-invalidation",
    severity=Severity.CRITICAL,
    subject=Subject.FILL,
    since="0.1",
    message="entered at {price}; the invalidation {invalidation} had traded at {traded_price}",
    unknown="whether the invalidation had traded before cannot be told",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every entry of a trade whose plan gives an invalidation."""
    fills, trades = book.fills, book.trades
    level = fills.invalidation
    applies = fills.is_entry & fills.is_fill & ~np.isnan(level) & ~fills.is_before_plan
    applies &= trades.is_judged[fills.trade]
    begin, own = _standing(book)
    here = _is_past(book, fills.price)
    earlier = _traded_past(book, begin, own)
    broken = here | earlier
    at, price = _first_traded_past(book, begin, own, applies & earlier)
    return (
        Verdicts.of(
            Subject.FILL,
            applies=applies,
            known=~np.isnan(fills.price) & ~_may_have_traded_past(book),
            broken=broken,
            evidence={
                "price": fills.price,
                "invalidation": level,
                "traded_at": np.where(earlier, at, fills.at),
                "traded_price": np.where(earlier, price, fills.price),
                "path": np.full(len(fills), "fills", object),
            },
            claim=fills.quantity,
        ),
    )


def _is_past(book: Book, price: Floats) -> Bools:
    """Return where a price is at each part's invalidation or past it."""
    fills = book.fills
    return reaches(fills.direction * fills.invalidation, np.multiply(fills.direction, price))


def _standing(book: Book) -> tuple[Ints, Ints]:
    """Return from which row of the path each part's invalidation stood, and its order's own row.

    An add looks back to the opening of its trade, the opening to the lock of its plan.
    """
    fills, path = book.fills, book.path
    place = np.append(path.of_fill, 0)[np.where(fills.is_fill, fills.row, -1)]
    stood = path.since(book.versions.instrument, standing_since(book))
    begin = np.append(stood, 0)[fills.version]
    opening = place[book.trades.first[fills.trade]]
    begin = np.where(fills.had_position, np.maximum(begin, opening), begin)
    return begin, place[fills.group_first]


def _traded_past(book: Book, begin: Ints, end: Ints) -> Bools:
    """Return where a price between two rows of the path was at the invalidation or past it."""
    low, high = book.path.extremes_between(begin, end)
    return _is_past(book, np.where(book.fills.direction > 0, low, high))


def _may_have_traded_past(book: Book) -> Bools:
    """Return entries dated by the day only on which the invalidation traded at a known time.

    It may have come before the entry: nothing is broken by it, and nothing kept.
    """
    fills, path = book.fills, book.path
    nowhere = np.zeros(len(fills), np.int64)
    begin, end = nowhere, nowhere.copy()
    rows = np.flatnonzero(fills.at_width == DAY)
    begin[rows] = path.since(fills.instrument[rows], fills.at[rows] + 1)
    end[rows] = path.since(fills.instrument[rows], fills.at[rows] + DAY)
    return _traded_past(book, begin, end)


def _first_traded_past(book: Book, begin: Ints, end: Ints, asked: Bools) -> tuple[Ints, Floats]:
    """Return when a price past the invalidation first traded, and which, for the asked parts."""
    at, price = np.full(len(asked), UNKNOWN_TIME), np.full(len(asked), np.nan)
    fills, part = book.fills, np.flatnonzero(asked)
    sign, level = fills.direction[part], fills.invalidation[part]
    row = book.path.first_where(
        begin[part],
        end[part],
        lambda place, prices: reaches(sign[place] * level[place], sign[place] * prices),
    )
    at[part], price[part] = book.path.at[row], book.path.price[row]
    return at, price
