"""Verdicts of seven rules, one subject after the other (rule contract, section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction

from reference.costs import (
    averaged_in,
    bought_back,
    entry_cost,
    is_add,
    is_losing_add,
    no_plan_cost,
    sold_before,
)
from reference.exact import exceeds, optional, profit
from reference.ledger import Tolerances, opening_seen
from reference.model import Part, Plan, StopLine, Trade, Version
from reference.risk import break_even
from reference.stops import in_force, stops_of
from reference.timeline import Timeline

KEPT, BROKEN, UNKNOWN = "kept", "broken", "unknown"


@dataclass(frozen=True)
class Verdict:
    """What a rule says of one subject; no verdict means not applicable."""

    code: str
    subject: tuple[object, ...]
    verdict: str
    cost: Fraction | None = None


def judge_trade(timeline: Timeline, trade: Trade, as_of: datetime) -> list[Verdict]:
    """Return the verdicts on a trade and its fills; none if it began before the journal."""
    start = timeline.journal_start(trade.account)
    if trade.carried or (start is not None and trade.opened < start):
        return []
    verdicts = no_plan(trade) + stop_not_at_breakeven(timeline, trade, as_of)
    for part in trade.entries:
        verdicts += unplanned_add(part) + sold_portion_chased(part)
    return verdicts


def no_plan(trade: Trade) -> list[Verdict]:
    """PLAN101."""
    subject = trade.parts[0].key
    if trade.opening_unknown:
        return [Verdict("PLAN101", subject, UNKNOWN)]
    if trade.plan is None:
        return [Verdict("PLAN101", subject, BROKEN, no_plan_cost(trade))]
    return [] if trade.is_late else [Verdict("PLAN101", subject, KEPT)]


def beyond_invalidation(plan: Plan) -> list[Verdict]:
    """PLAN105."""
    return [verdict for version in plan.versions for verdict in _beyond(plan, version)]


def _beyond(plan: Plan, version: Version) -> list[Verdict]:
    invalidation = optional(version.terms.invalidation)
    prices = [Fraction(t.price) for t in version.terms.enters if t.price is not None]
    if invalidation is None or not prices:
        return []
    sign = plan.direction.sign
    past = any(not exceeds(sign * price, sign * invalidation) for price in prices)
    subject = ("plan", plan.number, version.number)
    return [Verdict("PLAN105", subject, BROKEN if past else KEPT)]


def unplanned_add(part: Part) -> list[Verdict]:
    """SCALE301 and SCALE302: every unmatched add is exactly one of them."""
    if not is_add(part):
        return []
    if part.trade.opening_unknown:
        return [Verdict(code, part.key, UNKNOWN) for code in ("SCALE301", "SCALE302")]
    broken = None
    if part.unplanned > 0 and part.unplanned_class != "excess":
        broken = "SCALE301" if is_losing_add(part) else "SCALE302"
    return [
        Verdict(code, part.key, BROKEN, entry_cost(part, averaged_in(part.trade)[part.key]))
        if code == broken
        else Verdict(code, part.key, KEPT)
        for code in ("SCALE301", "SCALE302")
    ]


def sold_portion_chased(part: Part) -> list[Verdict]:
    """EXIT401."""
    if sold_before(part) == 0:
        return []
    if part.trade.opening_unknown:
        return [Verdict("EXIT401", part.key, UNKNOWN)]
    if part.unplanned > 0:
        cost = entry_cost(part, bought_back(part.trade)[part.key])
        return [Verdict("EXIT401", part.key, BROKEN, cost)]
    return [Verdict("EXIT401", part.key, KEPT)]


def trigger(trade: Trade) -> Part | None:
    """Return the last fill of the first group that took quantity at the break-even exit."""
    for part in trade.exits:
        after = part.version.terms.breakeven_after if part.version else None
        if after is not None and any(number == after for number, _, _ in part.exits):
            return [fellow for fellow in trade.exits if fellow.group == part.group][-1]
    return None


def stop_not_at_breakeven(timeline: Timeline, trade: Trade, as_of: datetime) -> list[Verdict]:
    """STOP501."""
    if trade.plan is None:
        return []
    subject = trade.parts[0].key
    if trade.opening_unknown:
        promised = any(v.terms.breakeven_after is not None for v in trade.plan.versions)
        return [Verdict("STOP501", subject, UNKNOWN)] if promised and trade.exits else []
    moved = trigger(trade)
    if moved is None:
        return []
    grace = timeline.setting("breakeven_grace", trade.account, opening_seen(trade))
    deadline = moved.at + timedelta(minutes=float(grace or 0))
    if as_of < deadline or (trade.closed is not None and trade.closed <= deadline):
        return []
    stops = stops_of(timeline, trade)
    verdict, even = _at_deadline(timeline, trade, stops, deadline)
    cost = None
    if verdict == BROKEN and even is not None:
        cost = breakeven_cost(trade, deadline, even)
    return [Verdict("STOP501", subject, verdict, cost)]


def _at_deadline(
    timeline: Timeline, trade: Trade, stops: list[StopLine], deadline: datetime
) -> tuple[str, Fraction | None]:
    held = [part for part in trade.parts if part.at <= deadline][-1]
    taker = timeline.setting("taker", trade.account, opening_seen(trade))
    even = break_even(trade, held, taker)
    stop = in_force(stops, deadline)
    if not stops or even is None or (stop is not None and stop.late):
        return UNKNOWN, even
    if stop is None or stop.price is None:
        return BROKEN, even
    worse_by = trade.sign * (even - stop.price)
    tolerance = Tolerances.of(timeline, trade).at(even)
    return (BROKEN if exceeds(worse_by, tolerance) else KEPT), even


def breakeven_cost(trade: Trade, deadline: datetime, even: Fraction) -> Fraction | None:
    """Return what leaving the stop behind cost: protective exits worse than break-even."""
    later = [part for part in trade.exits if part.at > deadline]
    rows = [(part, quantity, kind) for part in later for _, quantity, kind in part.exits]
    protective = [(part, quantity) for part, quantity, kind in rows if kind == "protective"]
    if trade.closed is None:
        return None
    if protective:
        lost = [
            profit(trade.instrument, trade.sign, quantity, part.price, even)
            for part, quantity in protective
        ]
        return sum((max(Fraction(0), amount) for amount in lost), Fraction(0))
    return Fraction(0) if rows and all(kind == "target" for _, _, kind in rows) else None
