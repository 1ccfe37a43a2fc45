"""The stop in force: the plan's own line, then every stop logged while the trade is open."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from reference.exact import optional
from reference.model import StopLine, Trade
from reference.timeline import Timeline


def stops_of(timeline: Timeline, trade: Trade) -> list[StopLine]:
    """Return all stop events of a trade in order; a plan's `stop` line is one at the first fill."""
    mine = (trade.account, trade.instrument.symbol, trade.direction)
    since = trade.opened - trade.parts[0].execution.slack if trade.parts else trade.opened
    logged = [
        line
        for line in timeline.stops
        if (line.account, line.symbol, line.direction) == mine
        and since <= line.at
        and (trade.closed is None or line.at <= trade.closed)
    ]
    return sorted(plan_stops(trade) + logged, key=lambda line: (line.at, line.order))


def plan_stops(trade: Trade) -> list[StopLine]:
    """Return the stops that the plan and its amendments set; an unchanged line sets nothing."""
    if trade.plan is None:
        return []
    first = trade.entries[0]
    start = trade.plan.in_force(first.seen) or trade.plan.versions[0]
    # A late plan cannot set a stop before it is known.
    begins = max(first.seen, start.effective)
    at = first.at if start.effective <= first.seen else start.effective
    lines, price = [], start.terms.stop
    if price is not None:
        lines.append(_line(trade, at, optional(price)))
    later = [version for version in trade.plan.versions if version.effective > begins]
    for version in sorted(later, key=lambda v: (v.effective, v.number)):
        if version.terms.stop != price:
            price = version.terms.stop
            lines.append(_line(trade, version.effective, optional(price)))
    return lines


def _line(trade: Trade, at: datetime, price: Fraction | None) -> StopLine:
    return StopLine(at, -1, trade.account, trade.instrument.symbol, trade.direction, price)


def in_force(lines: list[StopLine], at: datetime) -> StopLine | None:
    """Return the last stop event by an instant."""
    known = [line for line in lines if line.at <= at]
    return known[-1] if known else None
