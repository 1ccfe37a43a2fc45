"""A status as text: clear or not, limits, open trades, waiting plans."""

from __future__ import annotations

from collections.abc import Iterator

from journal.cli.output import coloured
from journal.reporting.layout import labelled, wrapped
from journal.reporting.readable import UNKNOWN, minute, money, number
from journal.usecases.plan_left import NextTranche
from journal.usecases.status import AccountStatus, OpenTrade, Status, WaitingPlan
from journal.usecases.stops_due import StopDue


def status_lines(status: Status) -> Iterator[str]:
    """Return a status' lines."""
    if status.clear:
        yield coloured(f"clear to trade, {minute(status.as_of)} UTC", "green")
    else:
        yield coloured(f"not clear to trade, {minute(status.as_of)} UTC", "red")
    for reason in status.reasons:
        yield from wrapped(f"- {reason}", indent="  ", hanging="    ")
    for account in status.accounts:
        yield ""
        yield from _account(account)
    for trade in status.trades:
        yield ""
        yield from _trade(trade)
    for plan in status.plans:
        yield ""
        yield from _plan(plan)


def _account(account: AccountStatus) -> Iterator[str]:
    equity = "not stated" if account.equity is None else money(account.equity)
    yield coloured(f"{account.account}, equity {equity} {account.currency or ''}".rstrip(), "bold")
    limit = account.daily_loss_limit
    of = "" if limit is None else f", limit {money(-limit)}"
    yield from labelled("  today", f"{money(account.realised_today, signed=True)} realised{of}")
    yield from labelled(
        "  trades", f"{account.trades_today} opened today of {account.max_trades_per_day}"
    )
    limit = account.open_risk_limit
    of = "" if limit is None else f" of {money(limit)}"
    yield from labelled("  open risk", f"{money(account.open_risk)}{of}")
    if account.cool_down_until is not None:
        yield from labelled("  cool-down", f"until {minute(account.cool_down_until)}")
    for untold in account.untold:
        yield from labelled("  not told", untold)


def _trade(trade: OpenTrade) -> Iterator[str]:
    title = f"{trade.trade}  {trade.instrument} {trade.direction}, {trade.account}"
    yield coloured(f"{title}, {trade.left.plan or 'no plan'}", "bold")
    yield from labelled(
        "  held", f"{number(trade.position)} at {number(trade.average_entry)} on average"
    )
    left = trade.left
    stop = "none" if left.stop is None else number(left.stop)
    yield from labelled(
        "  stop",
        f"{stop}, invalidation {_level(trade.invalidation)}, break-even {number(left.break_even)}",
    )
    for due in trade.due:
        yield from labelled("  due", _due(due))
    if left.plan is not None:
        yield from labelled("  next", _next(left.next_tranche))
        yield from labelled("  room", f"{number(left.room)} {left.room_unit} to the maximum")


def _level(price: float | None) -> str:
    return "none" if price is None else number(price)


def _due(due: StopDue) -> str:
    level = "" if due.at is None else f" {number(due.at)}"
    when = "overdue since" if due.is_overdue else "by"
    return f"{due.what}{level} {when} {minute(due.due_at)}"


def _next(tranche: NextTranche | None) -> str:
    if tranche is None:
        return "no tranche is open"
    return f"tranche {tranche.number}, {number(tranche.quantity)} @ {number(tranche.price)}"


def _plan(plan: WaitingPlan) -> Iterator[str]:
    title = f"plan {plan.plan}  {plan.instrument} {plan.direction}, {plan.account}"
    yield coloured(f"{title}, waiting", "bold")
    yield from labelled("  next", _next(plan.next_tranche))
    risk = UNKNOWN if plan.planned_risk is None else money(plan.planned_risk)
    until = "" if plan.until is None else f", until {minute(plan.until)}"
    yield from labelled(
        "  risk", f"{risk} {plan.currency}, invalidation {_level(plan.invalidation)}{until}"
    )
