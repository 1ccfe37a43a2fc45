"""Which plan a trade lives under, and which version each of its fills is judged by."""

from __future__ import annotations

from datetime import datetime

from reference.model import Part, Plan, Trade
from reference.timeline import Timeline


def bind(timeline: Timeline, trades: list[Trade]) -> None:
    """Bind plans to trades, in the order the trades were opened."""
    for trade in trades:
        first = first_entry(trade)
        if first is None:
            continue
        plans = [plan for plan in timeline.plans if plan.trade is None and same_side(plan, trade)]
        waiting = [plan for plan in plans if counts_at(plan, first)]
        if waiting:
            trade.plan = waiting[-1]
        else:
            late = [plan for plan in plans if comes_late(plan, trade, first)]
            trade.plan = min(late, key=effective, default=None)
            trade.is_late = trade.plan is not None
        if trade.plan is not None:
            trade.plan.trade = trade
            assign_versions(trade, trade.plan)


def first_entry(trade: Trade) -> Part | None:
    """Return the fill that can bind a plan."""
    return trade.entries[0] if trade.entries else None


def same_side(plan: Plan, trade: Trade) -> bool:
    """Whether plan and trade agree in account, instrument and direction."""
    return (plan.account, plan.instrument.symbol, plan.direction) == (
        trade.account, trade.instrument.symbol, trade.direction,
    )  # fmt: skip


def counts_at(plan: Plan, fill: Part) -> bool:
    """Whether an unbound plan is locked, not cancelled and not expired at a fill."""
    version = plan.in_force(fill.seen)
    if version is None or (plan.cancelled is not None and plan.cancelled <= fill.at):
        return False
    return version.terms.until is None or fill.at <= version.terms.until.at


def effective(plan: Plan) -> datetime:
    """Return when the plan was locked, as far as it can be shown."""
    return plan.versions[0].effective


def comes_late(plan: Plan, trade: Trade, first: Part) -> bool:
    """Whether a plan becomes effective while the trade is open."""
    start = effective(plan)
    until = plan.versions[0].terms.until
    return (
        first.seen < start
        and (trade.closed is None or start < trade.closed)
        and (plan.cancelled is None or start < plan.cancelled)
        and (until is None or start <= until.at)
    )


def assign_versions(trade: Trade, plan: Plan) -> None:
    """Give each fill the version in force; before a late plan that is its first version."""
    for part in trade.parts:
        part.version = plan.in_force(part.seen)
        if part.version is None:
            part.version, part.before_plan = plan.versions[0], True
