"""The linter: what was broken, how often rules were kept, and what could not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from journal.book.clock import UNKNOWN_TIME, to_datetime
from journal.book.judging import Judgement, Violation
from journal.book.tally import Adherence, Period, adherence, tally
from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.reporting.violation_lines import ViolationLine, violation_lines
from journal.rules import RULES
from journal.usecases.find_trade import find_trade

RULE_OF = {module.RULE.code: module.RULE for module in RULES}


@dataclass(frozen=True, slots=True)
class Question:
    """What to check: one trade, some rules (codes or families), from a time on; all by default."""

    trade: str | None = None
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    since: int = UNKNOWN_TIME


@dataclass(frozen=True, slots=True)
class CheckReport:
    """Violations in order of time; verdicts per rule, rolled up per trade or plan."""

    violations: list[ViolationLine]
    verdicts: dict[str, dict[str, int]]
    adherence: Adherence
    as_of: datetime


def check(judgement: Judgement, question: Question) -> CheckReport:
    """Answer a question from a judged book."""
    codes = chosen_codes(question.select, question.ignore)
    trade = None if question.trade is None else find_trade(judgement, question.trade)
    period = Period(question.since, trades=None if trade is None else frozenset({trade}))
    counts = {code: count for code, count in tally(judgement, period).items() if code in codes}
    return CheckReport(
        violations=violation_lines(
            judgement,
            [
                violation
                for violation in judgement.violations()
                if violation.rule.code in codes and _asked(violation, trade, question.since)
            ],
        ),
        verdicts=counts,
        adherence=adherence(counts),
        as_of=to_datetime(judgement.book.as_of),
    )


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
