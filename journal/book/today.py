"""Where an account stands against its limits as of the book's present, before the next trade."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Ints
from journal.book.currency import account_rate, equity
from journal.book.days import account_day, policy_day_start
from journal.book.losses import is_loss
from journal.book.tables import Book


@dataclass(frozen=True, slots=True)
class Today:
    """One account's day so far; money in its own currency, NaN is not known.

    `loser` is the losing trade whose cool-down ends at `cool_down_until`, -1 where none runs;
    `unclear` one that closed as recently without a known result.
    """

    equity: float
    realised: float
    loss_limit: float
    opened: int
    most_trades: int
    loser: int
    unclear: int
    cool_down_until: int
    open_risk: float
    open_risk_limit: float


def today(book: Book, account: int) -> Today:
    """Return where an account stands; the day's limits are those in force at its start."""
    owner, now = np.array([account]), np.array([book.as_of])
    start = policy_day_start(book, owner, now)
    stated = float(equity(book, owner, now)[0])

    def setting(key: str, at: Ints) -> float:
        return float(book.policies.value(key, owner, at)[0])

    lost, unclear = is_loss(book)
    cool_down = int(book.policies.span("cool_down", owner, now)[0])
    loser = _last_closed(book, account, lost, cool_down)
    at_start = float(equity(book, owner, start)[0])
    return Today(
        equity=stated,
        realised=_realised(book, account),
        loss_limit=setting("daily_loss_limit", start) * at_start,
        opened=_opened(book, account),
        most_trades=int(setting("max_trades_per_day", start)),
        loser=loser,
        unclear=_last_closed(book, account, unclear, cool_down),
        cool_down_until=int(book.trades.closed_at[loser]) + cool_down if loser >= 0 else 0,
        open_risk=_open_risk(book, account),
        open_risk_limit=setting("open_risk_limit", now) * stated,
    )


def _is_today(book: Book, account: int, owner: Ints, at: Ints) -> Bools:
    """Return which instants of an account's rows lie on the present day, and not after now."""
    present = account_day(book, np.array([account]), np.array([book.as_of]))[0]
    own = (owner == account) & (at <= book.as_of)
    return np.asarray(own & (account_day(book, owner, at) == present))


def _realised(book: Book, account: int) -> float:
    """Return the day's net P&L: exits after fees, and funding."""
    fills, payments = book.fills, book.payments
    exits = ~fills.is_entry & fills.is_fill & _is_today(book, account, fills.account, fills.at)
    rows = np.flatnonzero(exits)
    rate = account_rate(book, fills.account[rows], fills.instrument[rows], fills.at_latest[rows])
    paid = np.flatnonzero(_is_today(book, account, payments.account, payments.at))
    paid_rate = account_rate(book, payments.account[paid], payments.instrument[paid],
                             payments.at[paid])  # fmt: skip
    booked = (fills.realised_net[rows] * rate).sum()
    return float(booked + (payments.amount[paid] * paid_rate).sum())


def _opened(book: Book, account: int) -> int:
    trades = book.trades
    opened = trades.has_entry & _is_today(book, account, trades.account, trades.opened_at)
    return int(opened.sum())


def _last_closed(book: Book, account: int, chosen: Bools, cool_down: int) -> int:
    """Return the chosen trade of an account that closed last within the cool-down, or -1."""
    trades = book.trades
    recent = chosen & (trades.account == account) & (trades.closed_at <= book.as_of)
    rows = np.flatnonzero(recent)
    rows = rows[book.as_of - trades.closed_at[rows] < cool_down]
    return int(rows[np.argmax(trades.closed_at[rows])]) if len(rows) else -1


def _open_risk(book: Book, account: int) -> float:
    """Return what all unended plans risk together: frozen where bound, else of the newest version.

    NaN where the risk of any of them is not known.
    """
    plans = book.plans
    alive = np.flatnonzero((plans.account == account) & (plans.ended_at > book.as_of))
    frozen = np.append(book.trades.risk_version, -1)[plans.trade[alive]]
    version = np.where(frozen >= 0, frozen, plans.last_version[alive])
    risk = np.append(book.versions.planned_risk, np.nan)[version]
    rate = account_rate(book, plans.account[alive], plans.instrument[alive],
                        np.full(len(alive), book.as_of))  # fmt: skip
    return float((risk * rate).sum())
