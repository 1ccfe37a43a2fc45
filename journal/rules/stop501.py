"""After the scale-out the stop was not brought to break-even in time.

What it flags
    A plan that says `breakeven after exit K`, exit K has taken quantity, and by the end of the
    grace the stop in force is worse than the break-even of what is still held, or was removed.
    A trade for which no stop was ever logged is unknown here (STOP503 flags it).

Why it matters
    The first scale-out pays for the risk of the rest only if the rest can no longer lose. A
    runner without a stop at break-even turns a trade that was won into one that was not.

Breaks
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      stop         88
      exit         50% @ 110
      exit         rest @ 120
      breakeven    after exit 1
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
    2026-01-06T14:50Z stop BTC-USDT 101
    2026-01-07T15:30Z fill BTC-USDT sell 2 @ 101 fee 0.202 USDT

Keeps
    2026-01-01T00:00Z account main
      fees maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        4 @ 100
      invalidation 88
      stop         88
      exit         50% @ 110
      exit         rest @ 120
      breakeven    after exit 1
    2026-01-05T14:30Z fill BTC-USDT buy 4 @ 100 fee 0.4 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
    2026-01-06T14:40Z stop BTC-USDT 100.5
    2026-01-07T15:30Z fill BTC-USDT sell 2 @ 120 fee 0.24 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.breakeven import breakeven_trigger
from journal.book.comparison import Bools, Floats, Ints, exceeds, tolerance
from journal.book.risk import break_even, loss
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.book.versions import latest

RULE = Rule(
    code="STOP501",
    name="stop-not-at-breakeven",
    severity=Severity.MAJOR,
    subject=Subject.TRADE,
    since="0.1",
    message="stop {stop} at {deadline_at}, worse than the break-even {break_even}",
    unknown="no stop was ever logged, or too late to prove anything",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every trade whose exit K was reached and that was not flat by the deadline."""
    trades = book.trades
    trigger = breakeven_trigger(book)
    triggered = trigger >= 0
    grace = book.policies.span("breakeven_grace", trades.account, trades.opened_latest)
    at = np.append(book.fills.at, 0)[trigger]
    deadline = np.where(triggered, at + grace, 0)
    held_at = _last_part(book, deadline)
    break_even_price = _break_even(book, held_at)
    event = latest(book.stops.trade, book.stops.at, np.arange(len(trades)), deadline)
    stop = np.append(book.stops.price, np.nan)[event]
    late = np.append(book.stops.is_late, False)[event]
    ever = np.bincount(book.stops.trade, minlength=len(trades)) > 0
    sign = trades.direction
    tick = np.nan_to_num(book.instruments.tick[trades.instrument])
    share = book.policies.value("price_tolerance", trades.account, trades.opened_latest)
    worse_by = sign * (break_even_price - stop)
    worse = exceeds(worse_by, tolerance(break_even_price, share, tick))
    decided = ever & ~late & trades.opening_known & ~np.isnan(break_even_price)
    due = triggered & (deadline < trades.closed_at) & (deadline <= book.as_of)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=trades.is_judged & (due | _untold(book)),
            known=decided,
            broken=decided & (worse | np.isnan(stop)),
            evidence={
                "break_even": break_even_price,
                "stop": stop,
                "deadline_at": deadline,
                "average_entry": np.append(book.fills.average_entry_after, np.nan)[held_at],
            },
            cost=_cost(book, deadline, break_even_price),
        ),
    )


def _untold(book: Book) -> Bools:
    """Return trades with the promise and an exit whose share of the position is not known."""
    trades, versions = book.trades, book.versions
    promised = np.bincount(versions.plan, versions.breakeven_after > 0, minlength=len(book.plans))
    has_promise = np.append(promised > 0, False)[trades.plan] & (trades.plan >= 0)
    return ~trades.opening_known & has_promise & (trades.exited > 0)


def _last_part(book: Book, at: Ints) -> Ints:
    """Return each trade's last part at or before an instant, or -1."""
    fills = book.fills
    return latest(fills.trade, fills.at, np.arange(len(book.trades)), at)


def _break_even(book: Book, part: Ints) -> Floats:
    trades, fills = book.trades, book.fills

    def column(values: Floats) -> Floats:
        return np.where(part >= 0, np.append(values, np.nan)[part], np.nan)

    return break_even(
        trades.direction,
        column(fills.average_entry_after),
        column(fills.entry_fees_so_far),
        column(fills.entry_value_so_far),
        book.policies.value("taker", trades.account, trades.opened_latest),
        book.instruments.is_inverse[trades.instrument],
    )


def _cost(book: Book, deadline: Ints, level: Floats) -> Floats:
    """Return what protective exits after the deadline lost against break-even, never below zero.

    0 where all of the rest went at targets, NaN where no exit tells or the trade is open.
    """
    fills, trades = book.fills, book.trades
    trade, count = fills.trade, len(trades)
    after: Bools = ~fills.is_entry & (fills.at > deadline[trade])
    size = fills.protective_quantity * fills.multiplier
    inverse = book.instruments.is_inverse[fills.instrument]
    lost = np.maximum(loss(fills.direction, size, level[trade], fills.price, inverse), 0.0)
    total = np.bincount(trade, np.where(after, lost, 0.0), minlength=count)
    protected = np.bincount(trade, after & (fills.protective_quantity > 0), minlength=count) > 0
    elsewhere = after & exceeds(fills.quantity, fills.target_quantity)
    at_targets = np.bincount(trade, elsewhere, minlength=count) == 0
    return np.where((protected | at_targets) & ~trades.is_open, total, np.nan)
