"""Violations as lines: what was broken where, with evidence and cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.book.clock import to_datetime
from journal.book.judging import Judgement, Violation
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.reporting.plan_names import plan_label


@dataclass(frozen=True, slots=True)
class ViolationLine:
    """One violation. `cost` is signed in `currency`, positive = lost, None = not known.

    `has_cost` is False where the rule puts no price on its breach; a `memo` cost is shown and
    never added. `waived` is the trader's justification.
    """

    id: str
    code: str
    name: str
    severity: str
    trade: str | None
    plan: str | None
    account: str
    instrument: str | None
    subject: str
    at: datetime
    message: str
    evidence: Mapping[str, Any]
    cost: float | None
    cost_r: float | None
    currency: str
    has_cost: bool
    memo: bool
    waived: str | None


def violation_lines(judgement: Judgement, violations: Iterable[Violation]) -> list[ViolationLine]:
    """Return these violations of a judgement as they are listed."""
    costed = {judged.rule.code for judged in judgement.judged if judged.cost is not None}
    return [_line(judgement.book, each, has_cost=each.rule.code in costed) for each in violations]


def _line(book: Book, violation: Violation, *, has_cost: bool) -> ViolationLine:
    rule, trade, plan = violation.rule, violation.trade, violation.plan
    code = violation.instrument
    return ViolationLine(
        id=violation.id,
        code=rule.code,
        name=rule.name,
        severity=violation.severity,
        trade=None if trade is None else trade_key(book, trade),
        plan=None if plan is None else plan_label(book, plan),
        account=book.accounts[violation.account],
        instrument=None if code is None else book.instruments.symbols[code],
        subject=violation.subject,
        at=to_datetime(violation.at),
        message=violation.message,
        evidence=violation.evidence,
        cost=violation.cost,
        cost_r=violation.cost_r,
        currency=violation.currency,
        has_cost=has_cost,
        memo=violation.is_memo,
        waived=violation.waived,
    )
