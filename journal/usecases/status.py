"""The moment before a click: what is open, what is due, and whether another trade is allowed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import exceeds, reaches
from journal.book.keys import plan_key, trade_key
from journal.book.tables import Book
from journal.book.today import Today, today
from journal.reporting.plan_names import plan_label
from journal.reporting.readable import counted, minute, money, number
from journal.reporting.trade_lines import in_order
from journal.reporting.values import direction_word, known, moment
from journal.usecases.list_positions import invalidation_in_force
from journal.usecases.plan_left import NextTranche, PlanLeft, next_tranche, plan_left
from journal.usecases.selection import account_code
from journal.usecases.stops_due import StopDue, stops_due


@dataclass(frozen=True, slots=True)
class OpenTrade:
    """An open trade: what is held, what is left of its plan, and the stops it owes."""

    trade: str
    account: str
    instrument: str
    direction: str
    position: float
    average_entry: float | None
    invalidation: float | None
    left: PlanLeft
    due: list[StopDue]
    currency: str


@dataclass(frozen=True, slots=True)
class WaitingPlan:
    """A plan that has not traded yet, with the tranche the price meets first."""

    plan: str
    account: str
    instrument: str
    direction: str
    next_tranche: NextTranche | None
    invalidation: float | None
    planned_risk: float | None
    until: datetime | None
    currency: str


@dataclass(frozen=True, slots=True)
class AccountStatus:
    """An account against its limits, in its own currency; None is not known or no limit.

    `clear` is True where nothing speaks against a new trade; `untold` says what cannot be told.
    """

    account: str
    currency: str | None
    clear: bool
    reasons: list[str]
    untold: list[str]
    equity: float | None
    realised_today: float | None
    daily_loss_limit: float | None
    trades_today: int
    max_trades_per_day: int
    cool_down_until: datetime | None
    open_risk: float | None
    open_risk_limit: float | None


@dataclass(frozen=True, slots=True)
class Status:
    """Whether every account asked for is clear to trade, and why not."""

    as_of: datetime
    clear: bool
    reasons: list[str]
    accounts: list[AccountStatus]
    trades: list[OpenTrade]
    plans: list[WaitingPlan]


def status(book: Book, account: str | None = None) -> Status:
    """Return where one account stands, or all."""
    codes = range(len(book.accounts)) if account is None else [account_code(book, account)]
    own = np.array(codes)
    open_trades = np.flatnonzero(book.trades.is_open & np.isin(book.trades.account, own))
    trades = [_trade(book, int(row)) for row in in_order(book, open_trades)]
    accounts = [_account(book, code, trades) for code in codes]
    return Status(
        as_of=to_datetime(book.as_of),
        clear=all(each.clear for each in accounts),
        reasons=[reason for each in accounts for reason in each.reasons],
        accounts=accounts,
        trades=trades,
        plans=[_plan(book, row) for row in _waiting(book, own.tolist())],
    )


def _trade(book: Book, row: int) -> OpenTrade:
    trades = book.trades
    instrument = book.instruments.known[trades.instrument[row]]
    return OpenTrade(
        trade=trade_key(book, row),
        account=book.accounts[trades.account[row]],
        instrument=instrument.symbol,
        direction=direction_word(trades.direction[row]),
        position=float(trades.held[row]),
        average_entry=known(trades.average_held[row]),
        invalidation=known(invalidation_in_force(book, row)),
        left=plan_left(book, row),
        due=stops_due(book, row),
        currency=instrument.settlement,
    )


def _waiting(book: Book, accounts: list[int]) -> list[int]:
    """Return the plans that wait for their first fill, in the order they were locked."""
    plans = book.plans
    waits = (plans.trade < 0) & (plans.ended_at > book.as_of) & np.isin(plans.account, accounts)
    rows = np.flatnonzero(waits)
    found: list[int] = rows[np.argsort(plans.locked_at[rows], kind="stable")].tolist()
    return found


def _plan(book: Book, row: int) -> WaitingPlan:
    plans, versions = book.plans, book.versions
    newest = int(plans.last_version[row])
    instrument = book.instruments.known[plans.instrument[row]]
    return WaitingPlan(
        plan=plan_label(book, row) or plan_key(book, row),
        account=book.accounts[plans.account[row]],
        instrument=instrument.symbol,
        direction=direction_word(plans.direction[row]),
        next_tranche=next_tranche(book, row),
        invalidation=known(versions.invalidation[newest]),
        planned_risk=known(versions.planned_risk[newest]),
        until=moment(int(versions.until[newest])),
        currency=instrument.settlement,
    )


def _account(book: Book, code: int, trades: list[OpenTrade]) -> AccountStatus:
    name, found = book.accounts[code], today(book, code)
    reasons = [*_reasons(book, found), *_overdue(trades, name)]
    if len(book.accounts) > 1:
        reasons = [f"{name}: {reason}" for reason in reasons]
    cooling = found.loser >= 0
    return AccountStatus(
        account=name,
        currency=book.policies.currencies[code],
        clear=not reasons,
        reasons=reasons,
        untold=list(_untold(book, found)),
        equity=known(found.equity),
        realised_today=known(found.realised),
        daily_loss_limit=known(found.loss_limit),
        trades_today=found.opened,
        max_trades_per_day=found.most_trades,
        cool_down_until=to_datetime(found.cool_down_until) if cooling else None,
        open_risk=known(found.open_risk),
        open_risk_limit=known(found.open_risk_limit),
    )


def _reasons(book: Book, found: Today) -> Iterator[str]:
    """Say what speaks against opening a trade now."""
    if reaches(-found.loss_limit, found.realised):
        yield (
            f"the day's loss limit is reached: {money(found.realised)} of "
            f"{money(-found.loss_limit)}"
        )
    if found.opened >= found.most_trades:
        opened = counted(found.opened, "trade")
        yield f"{opened} opened today, the policy allows {found.most_trades}"
    if found.loser >= 0:
        closed = minute(to_datetime(int(book.trades.closed_at[found.loser])))
        until = minute(to_datetime(found.cool_down_until))
        yield (
            f"cool-down until {until} after the loss of {trade_key(book, found.loser)} "
            f"(plans locked by {closed} are exempt)"
        )
    if exceeds(found.open_risk, found.open_risk_limit):
        yield (
            f"open plans risk {money(found.open_risk)} together, above "
            f"{money(found.open_risk_limit)}"
        )


def _overdue(trades: list[OpenTrade], account: str) -> Iterator[str]:
    for trade in trades:
        for due in trade.due:
            if due.is_overdue and trade.account == account:
                level = "" if due.at is None else f" {number(due.at)}"
                yield f"{trade.trade} owes a {due.what}{level} since {minute(due.due_at)}"


def _untold(book: Book, found: Today) -> Iterator[str]:
    """Say which limits cannot be held against anything."""
    if np.isnan(found.equity):
        yield "the equity is not stated: no loss or risk limit can be told"
        return
    if np.isnan(found.realised):
        yield "today's result is not known: a fee or an exchange rate is missing"
    if np.isnan(found.open_risk):
        yield "the risk of an open plan is not known"
    if found.unclear >= 0:
        yield f"whether {trade_key(book, found.unclear)} was a loss is not known"
