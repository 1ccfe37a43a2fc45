"""Violations as lines: what was broken where, with evidence and cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from journal.book.clock import to_datetime
from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.book.violation import Place, Violation
from journal.reporting.plan_names import plan_label


@dataclass(frozen=True, slots=True)
class ViolationLine:
    """One violation. `cost` is signed in `currency`, positive = lost, None = not known.

    `has_cost` is False where the rule puts no price on its breach; a `memo` cost is shown and
    never added. `waived` is the trader's justification; `withdrawn` marks one whose fact was taken
    back too late to undo it.
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
    withdrawn: bool


def violation_lines(judgement: Judgement, violations: Iterable[Violation]) -> list[ViolationLine]:
    """Return these violations of a judgement as they are listed."""
    return [_line(judgement.book, each) for each in violations]


def _line(book: Book, violation: Violation) -> ViolationLine:
    rule = violation.rule
    place = violation.withdrawn or place_of(book, violation)
    return ViolationLine(
        id=violation.id,
        code=rule.code,
        name=rule.name,
        severity=violation.severity,
        trade=place.trade,
        plan=place.plan,
        account=place.account,
        instrument=place.instrument,
        subject=violation.subject,
        at=to_datetime(violation.at),
        message=violation.message,
        evidence=violation.evidence,
        cost=violation.cost,
        cost_r=violation.cost_r,
        currency=violation.currency,
        has_cost=violation.has_cost,
        memo=violation.is_memo,
        waived=violation.waived,
        withdrawn=violation.withdrawn is not None,
    )


def place_of(book: Book, violation: Violation) -> Place:
    """Return where a violation of this book stands."""
    trade, plan, code = violation.trade, violation.plan, violation.instrument
    return Place(
        account=book.accounts[violation.account],
        instrument=None if code is None else book.instruments.symbols[code],
        trade=None if trade is None else trade_key(book, trade),
        plan=None if plan is None else plan_label(book, plan),
    )
