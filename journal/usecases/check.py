"""The linter: what was broken, how often rules were kept, and what could not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import numpy as np

from journal.book.calendar import Unit
from journal.book.clock import UNKNOWN_TIME, to_datetime
from journal.book.judging import Judgement
from journal.book.rolling import Period, Rolled, roll_up
from journal.book.tally import Adherence, adherence, tallied
from journal.book.violation import Violation
from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.reporting.breakdown import Group, by_setup, by_time, by_trade
from journal.reporting.statistics import Statistics, statistics
from journal.reporting.violation_lines import ViolationLine, violation_lines
from journal.rules import RULES
from journal.usecases.find_trade import find_trade
from journal.usecases.stale_waivers import StaleWaiver, stale_waivers

RULE_OF = {module.RULE.code: module.RULE for module in RULES}


class By(StrEnum):
    """What statistics are broken down by, besides rules."""

    TRADE = "trade"
    SETUP = "setup"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Question:
    """What to check: one trade, some rules (codes or families), from a time on; all by default.

    Statistics are measured only if asked for, `by` something only with them.
    """

    trade: str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    since: int = UNKNOWN_TIME
    statistics: bool = False
    by: By | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Violations in order of time; verdicts per rule, rolled up per trade or plan.

    Waived and withdrawn violations count like all others; `stale_waivers` waive nothing any more.
    `trades` counts those that were looked at; `statistics` and `groups` are None unless asked for.
    """

    violations: list[ViolationLine]
    stale_waivers: list[StaleWaiver]
    verdicts: dict[str, dict[str, int]]
    adherence: Adherence
    trades: int
    statistics: Statistics | None
    by: By | None
    groups: list[Group] | None
    as_of: datetime


def check(judgement: Judgement, question: Question) -> CheckReport:
    """Answer a question from a judged book."""
    codes = chosen_codes(question.select, question.ignore)
    trade = None if question.trade is None else find_trade(judgement, question.trade)
    period = Period(question.since, trades=None if trade is None else frozenset({trade}))
    rolled = roll_up(judgement, period).of(codes)
    counts = {code: count for code, count in tallied(rolled).items() if code in codes}
    found = [
        violation
        for violation in judgement.violations()
        if violation.rule.code in codes and _asked(violation, trade, question.since)
    ]
    measured = question.statistics or question.by is not None
    return CheckReport(
        violations=violation_lines(judgement, found),
        stale_waivers=_stale(judgement, question, codes),
        verdicts=counts,
        adherence=adherence(counts),
        trades=len(np.unique(rolled.owner[rolled.owner < len(judgement.book.trades)])),
        statistics=statistics(judgement, period, codes, found) if measured else None,
        by=question.by,
        groups=_groups(judgement, question, (rolled, period, codes), found),
        as_of=to_datetime(judgement.book.as_of),
    )


def _groups(
    judgement: Judgement,
    question: Question,
    measured: tuple[Rolled, Period, frozenset[str]],
    violations: list[Violation],
) -> list[Group] | None:
    rolled, period, codes = measured
    match question.by:
        case None:
            return None
        case By.TRADE:
            return by_trade(judgement, rolled, violations)
        case By.SETUP:
            return by_setup(judgement, rolled, violations)
        case unit:
            return by_time(judgement, period, codes, violations, Unit(unit))


def _stale(judgement: Judgement, question: Question, codes: frozenset[str]) -> list[StaleWaiver]:
    """Return stale waivers of these rules; which trade or time they were of, nobody knows now."""
    if question.trade is not None or question.since != UNKNOWN_TIME:
        return []
    others = RULE_OF.keys() - codes
    found = stale_waivers(judgement)
    return [waiver for waiver in found if waiver.violation.partition("-")[0] not in others]


def _asked(violation: Violation, trade: int | None, since: int) -> bool:
    return violation.at >= since and trade in (None, violation.trade)


def chosen_codes(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Return the codes selected and not ignored, each given as a code or a family."""
    selected = _codes(select) if select else frozenset(RULE_OF)
    return selected - _codes(ignore)


def _codes(names: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in (part for given in names for part in given.upper().split(",") if part):
        matching = {code for code, rule in RULE_OF.items() if name in (code, rule.family)}
        if not matching:
            raise InputError(
                f"there is no rule or family {clip(name)!r}",
                hint="see `journal rules`; e.g. SCALE301 or SCALE",
            )
        found |= matching
    return frozenset(found)
