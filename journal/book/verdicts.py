"""Rules and their verdicts: kept, broken, unknown or not applicable, for every subject.

A verdict is an int8 whose order is its weight in a roll-up: broken outweighs unknown, unknown
outweighs kept, and anything outweighs not applicable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from journal.book.comparison import Bools, Floats, Ints
from journal.book.tables import Book

NOT_APPLICABLE, KEPT, UNKNOWN, BROKEN = range(4)
VERDICTS = ("not_applicable", "kept", "unknown", "broken")

Column = npt.NDArray[Any]


class Severity(StrEnum):
    """How much a breach weighs in the discipline score."""

    CRITICAL = "critical"
    MAJOR = "major"
    MINOR = "minor"

    @property
    def weight(self) -> int:
        """Return the published weight: 10, 3 or 1."""
        return _WEIGHTS[self.value]

    @classmethod
    def of_weight(cls, weight: float) -> Severity:
        """Return the severity of a published weight."""
        return cls(_SEVERITIES[weight])


_WEIGHTS = {"critical": 10, "major": 3, "minor": 1}
_SEVERITIES: dict[float, str] = {weight: severity for severity, weight in _WEIGHTS.items()}


class Subject(StrEnum):
    """What a verdict is about; each is a table of the book."""

    FILL = "fill"
    TRADE = "trade"
    VERSION = "plan version"
    TRANCHE = "tranche"
    STOP = "stop"
    SKIP = "skip"
    DAY = "account-day"


class LookBack(StrEnum):
    """How much of the journal a rule reads to judge one new fact."""

    TRADE = "trade"
    DAY = "day"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `message` is a sentence with evidence in braces; `since` the version it came in.

    `counts_in_score` is False for data quality, which is shown but scores nobody. `unknown` says
    what is missing where the verdict is unknown; empty where it always can be told.
    """

    code: str
    name: str
    severity: Severity
    subject: Subject
    since: str
    message: str
    look_back: LookBack = LookBack.TRADE
    counts_in_score: bool = True
    unknown: str = ""

    @property
    def family(self) -> str:
        """Return the letters of the code."""
        return self.code.rstrip("0123456789")


@dataclass(slots=True)
class Verdicts:
    """Verdicts of one rule on one table of the book, aligned with its rows.

    `evidence` holds columns of the same length, read for broken rows only. `claim` is, per fill
    part, the entry quantity whose cost the breach answers for, and `claimed_by` the row that does
    (for fills and trades the part's own); `cost` a signed amount per row in the settlement
    currency where the rule works it out itself; `memo` marks a cost that is shown and never added.
    """

    subject: Subject
    verdict: npt.NDArray[np.int8]
    evidence: Mapping[str, Column] = field(default_factory=dict)
    claim: Floats | None = None
    cost: Floats | None = None
    memo: bool = False
    message: str | None = None
    claimed_by: Ints | None = None

    @classmethod
    def of(
        cls,
        subject: Subject,
        *,
        applies: Bools,
        known: Bools,
        broken: Bools,
        evidence: Mapping[str, Column] | None = None,
        claim: Floats | None = None,
        cost: Floats | None = None,
        memo: bool = False,
        message: str | None = None,
    ) -> Verdicts:
        """Combine the masks: broken where proven, unknown where not known, else kept."""
        judged = np.where(broken, BROKEN, np.where(known, KEPT, UNKNOWN))
        verdict = np.where(applies, judged, NOT_APPLICABLE).astype(np.int8)
        return cls(subject, verdict, evidence or {}, claim, cost, memo, message)

    @property
    def broken(self) -> Bools:
        """Return where the rule is broken."""
        return np.asarray(self.verdict == BROKEN)


Judge = Callable[[Book], tuple[Verdicts, ...]]


class RuleModule(Protocol):
    """What a file in `journal.rules` offers: its docstring is its page."""

    RULE: Rule
    __doc__: str | None

    @property
    def judge(self) -> Judge:
        """Return the function that judges a book."""


def trade_of(book: Book, subject: Subject) -> Ints:
    """Return the trade of each row of a subject's table, -1 where there is none."""
    if subject is Subject.TRADE:
        return np.arange(len(book.trades))
    if subject is Subject.FILL:
        return book.fills.trade
    if subject is Subject.STOP:
        return book.stops.trade
    if subject is Subject.DAY:
        return np.full(len(book.days), -1, np.int64)
    plan = plan_of(book, subject)
    return book.plans.trade[plan] if len(book.plans) else plan


def plan_of(book: Book, subject: Subject) -> Ints:
    """Return the plan of each row of a subject's table, -1 where there is none."""
    if subject is Subject.VERSION:
        return book.versions.plan
    if subject is Subject.TRANCHE:
        return book.versions.plan[book.tranches.version]
    if subject is Subject.SKIP:
        return book.skips.plan
    return np.full(len(trade_of(book, subject)), -1, np.int64)


def owner_of(book: Book, subject: Subject) -> Ints:
    """Return what each row rolls up to: its trade, else its plan, else its account-day.

    Numbered in that order: trades first, plans behind them, account-days last.
    """
    trade, plan = trade_of(book, subject), plan_of(book, subject)
    behind = len(book.trades)
    if subject is Subject.DAY:
        return behind + len(book.plans) + np.arange(len(book.days))
    return np.where(trade >= 0, trade, behind + plan)


def account_of(book: Book, subject: Subject) -> Ints:
    """Return the account of each row of a subject's table."""
    every = (book.trades.account, book.plans.account, book.days.account)
    accounts: Ints = np.concatenate(every)[owner_of(book, subject)]
    return accounts


def happened_at(book: Book, subject: Subject) -> Ints:
    """Return the time of each row of a subject's table: a verdict belongs to its period."""
    return {
        Subject.FILL: book.fills.at,
        Subject.TRADE: book.trades.opened_at,
        Subject.VERSION: book.versions.effective_at,
        Subject.TRANCHE: book.versions.effective_at[book.tranches.version],
        Subject.STOP: book.stops.at,
        Subject.SKIP: book.skips.effective_at,
        Subject.DAY: book.days.started_at,
    }[subject]
