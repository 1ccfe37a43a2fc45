"""The statistics of discipline: per rule and in total, what breaches cost, results split by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import Ints
from journal.book.discipline import (
    Discipline,
    Standing,
    breached_trades,
    discipline,
    standings,
)
from journal.book.indiscipline import FORMULA, Indiscipline, by_owner, indiscipline
from journal.book.judging import Judgement
from journal.book.keys import plan_key, trade_key
from journal.book.results_split import Outcome, Tax, split
from journal.book.rolling import Period, Rolled, roll_up
from journal.book.tables import CANCELLED
from journal.book.violation import Violation
from journal.reporting.plan_names import plan_label
from journal.reporting.trade_lines import in_order


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: its verdicts rolled up per trade or plan, and what its breaches cost."""

    code: str
    name: str
    standing: Standing
    costs: list[Indiscipline]


@dataclass(frozen=True, slots=True)
class SplitLine:
    """Closed trades by discipline; `bad_wins` names breached trades that won all the same."""

    clean: Outcome
    breached: Outcome
    planned: Outcome
    unplanned: Outcome
    bad_wins: list[str]
    unknown: int
    taxes: list[Tax]


@dataclass(frozen=True, slots=True)
class CancelledPlan:
    """A plan taken back before it traded; its verdicts count all the same."""

    plan: str
    cancelled_at: datetime
    kept: int
    broken: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything counted and measured over some verdicts."""

    total: Standing
    discipline: Discipline
    rules: list[RuleLine]
    costs: list[Indiscipline]
    cost_formula: str
    split: SplitLine
    cancelled: list[CancelledPlan]


def statistics(
    judgement: Judgement, period: Period, codes: frozenset[str], violations: Sequence[Violation]
) -> Statistics:
    """Measure some rules over a period; `violations` are those of it."""
    rolled = roll_up(judgement, period).of(codes)
    (total,) = standings(judgement, rolled, np.zeros(len(rolled), np.int64), 1)
    return Statistics(
        total=total,
        discipline=discipline(judgement, rolled),
        rules=_rules(judgement, rolled, codes, violations),
        costs=indiscipline(violations),
        cost_formula=FORMULA,
        split=_split(judgement, period, codes, violations),
        cancelled=_cancelled(judgement, rolled),
    )


def _rules(
    judgement: Judgement, rolled: Rolled, codes: frozenset[str], violations: Sequence[Violation]
) -> list[RuleLine]:
    names = {judged.rule.code: judged.rule.name for judged in judgement.judged}
    costs = by_owner((each.rule.code, each) for each in violations)
    found = standings(judgement, rolled, rolled.code, len(rolled.codes))
    return [
        RuleLine(code, names[code], standing, costs.get(code, []))
        for code, standing in zip(rolled.codes, found, strict=True)
        if code in codes
    ]


def _split(
    judgement: Judgement, period: Period, codes: frozenset[str], violations: Sequence[Violation]
) -> SplitLine:
    """Split the trades that closed in the period; a breach before it counts against them too."""
    book, trades = judgement.book, closed_in(judgement, period)
    own = set(trades.tolist())
    costs = indiscipline(each for each in violations if each.trade in own)
    breached = breached_trades(judgement, roll_up(judgement).of(codes))
    found = split(book, trades, breached, costs)
    return SplitLine(
        clean=found.clean,
        breached=found.breached,
        planned=found.planned,
        unplanned=found.unplanned,
        bad_wins=[trade_key(book, trade) for trade in in_order(book, found.bad_wins).tolist()],
        unknown=found.unknown,
        taxes=found.taxes,
    )


def closed_in(judgement: Judgement, period: Period) -> Ints:
    """Return the judged trades that closed in a period."""
    trades = judgement.book.trades
    chosen = trades.is_judged & ~trades.is_open
    chosen &= (trades.closed_at >= period.since) & (trades.closed_at < period.until)
    if period.accounts is not None:
        chosen &= np.isin(trades.account, list(period.accounts))
    if period.trades is not None:
        chosen &= np.isin(np.arange(len(trades)), list(period.trades))
    return np.flatnonzero(chosen)


def _cancelled(judgement: Judgement, rolled: Rolled) -> list[CancelledPlan]:
    """Return the cancelled plans with verdicts among these, in the order they were cancelled."""
    book, plans = judgement.book, judgement.book.plans
    owners = len(book.trades) + np.flatnonzero(plans.end == CANCELLED)
    own = rolled.where(np.isin(rolled.owner, owners))
    found, group = np.unique(own.owner, return_inverse=True)
    lines = [
        CancelledPlan(
            plan=plan_label(book, plan) or plan_key(book, plan),
            cancelled_at=to_datetime(int(plans.cancelled_at[plan])),
            kept=standing.kept,
            broken=standing.broken,
        )
        for plan, standing in zip(
            (found - len(book.trades)).tolist(),
            standings(judgement, own, group, len(found)),
            strict=True,
        )
    ]
    return sorted(lines, key=lambda line: line.cancelled_at)
