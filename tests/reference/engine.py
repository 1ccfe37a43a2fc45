"""The reference engine: events in, exact parts, trades, states and verdicts out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from journal.domain.event import Event
from reference import liquidations
from reference.allocation import allocate
from reference.binding import bind
from reference.ledger import Ledger
from reference.model import Part, Plan, StopLine, Trade
from reference.position import cut
from reference.results import Result, assign_funding, costs_assumed, result_of
from reference.risk import filled_risk
from reference.states import tranche_states
from reference.stops import in_force, stops_of
from reference.timeline import Timeline
from reference.verdicts import Verdict, beyond_invalidation, judge_trade


@dataclass(frozen=True)
class Reckoning:
    """A whole journal, reckoned."""

    timeline: Timeline
    trades: list[Trade]
    results: list[Result]
    ledgers: list[Ledger]
    verdicts: list[Verdict]

    @property
    def parts(self) -> list[Part]:
        """Return all fill parts in the order of the fills in the text."""
        found = [part for trade in self.trades for part in trade.parts]
        return sorted(found, key=lambda part: part.key)

    @property
    def plans(self) -> list[Plan]:
        """Return all plans in the order they stand in the text."""
        return self.timeline.plans

    def states(self, number: int) -> dict[int, str]:
        """Return the tranche states of the trade with this index."""
        return tranche_states(self.timeline, self.ledgers[number])

    def stop_at(self, number: int, at: datetime) -> StopLine | None:
        """Return the stop in force on a trade at an instant."""
        return in_force(stops_of(self.timeline, self.trades[number]), at)

    def filled_risk(self, number: int) -> Fraction | None:
        """Return the filled risk of a trade against the frozen invalidation."""
        trade = self.trades[number]
        if trade.plan is None:
            return None
        version = trade.plan.in_force(trade.entries[0].seen) or trade.plan.versions[0]
        if version.terms.invalidation is None:
            return None
        costs = costs_assumed(self.timeline, trade)
        level = Fraction(version.terms.invalidation)
        return filled_risk(trade.instrument, trade, level, costs)

    def verdict(self, code: str, *subject: object) -> str:
        """Return one verdict, "n/a" where the rule says nothing."""
        for found in self.verdicts:
            if found.code == code and found.subject == subject:
                return found.verdict
        return "n/a"

    def cost(self, code: str, *subject: object) -> Fraction | None:
        """Return the cost of one violation."""
        costs = [v.cost for v in self.verdicts if (v.code, v.subject) == (code, subject)]
        return costs[0]


LONG_AFTER = datetime(9999, 1, 1, tzinfo=UTC)


def reckon(events: Iterable[Event], as_of: datetime = LONG_AFTER) -> Reckoning:
    """Reckon a journal; every grace of an open trade is over unless `as_of` is earlier."""
    timeline = Timeline(events)
    trades = cut(timeline)
    assign_funding(timeline, trades)
    bind(timeline, trades)
    ledgers = [allocate(timeline, trade) for trade in trades]
    verdicts: list[Verdict] = []
    for trade in trades:
        verdicts += judge_trade(timeline, trade, as_of)
        verdicts += liquidations.judge_trade(trade)
    by_plan = {id(ledger.trade.plan): ledger for ledger in ledgers if ledger.trade.plan}
    for plan in timeline.plans:
        verdicts += beyond_invalidation(plan)
        verdicts += liquidations.judge_plan(timeline, plan, by_plan.get(id(plan)))
    results = [result_of(timeline, trade) for trade in trades]
    return Reckoning(timeline, trades, results, ledgers, verdicts)
