"""Rules run over a book: violations with evidence and cost, and verdicts rolled up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from journal.book.breaches import Judged, violation_ids_of, violations_of
from journal.book.comparison import Floats, Ints
from journal.book.costs import entry_cost_per_unit, owned_quantities
from journal.book.tables import Book
from journal.book.verdicts import (
    NOT_APPLICABLE,
    Rule,
    RuleModule,
    Subject,
    Verdicts,
    account_of,
    happened_at,
    trade_of,
)
from journal.book.violation import Violation


@dataclass(frozen=True, slots=True)
class Held:
    """A rolled-up verdict that taking a fact back too late has not changed.

    `owner` is numbered as by `owner_of`, behind all of them where it is gone from the book;
    `at` and `account` place a broken one in its period.
    """

    code: str
    owner: int
    account: int
    at: int
    verdict: int
    weight: float


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was taken back too late: the violations that vanished, and the verdicts that stay."""

    violations: tuple[Violation, ...] = ()
    held: tuple[Held, ...] = ()


NOTHING_WITHDRAWN = Withdrawn()


@dataclass(slots=True)
class Judgement:
    """Everything the rules say of a book, and what they said of facts withdrawn since."""

    book: Book
    judged: list[Judged]
    withdrawn: Withdrawn = NOTHING_WITHDRAWN
    _found: list[Violation] | None = field(default=None, init=False, repr=False)

    def violations(self) -> list[Violation]:
        """Return what was broken, in order of time, then code."""
        if self._found is None:
            self._found = self._violations()
        return list(self._found)

    def _violations(self) -> list[Violation]:
        waivers = dict(
            zip(self.book.facts.waivers.violation, self.book.facts.waivers.reason, strict=True)
        )
        found = [
            violation
            for judged in self.judged
            for violation in violations_of(self.book, judged, waivers)
        ]
        found += [replace(each, waived=waivers.get(each.id)) for each in self.withdrawn.violations]
        return sorted(found, key=lambda violation: (violation.at, violation.id))

    def violation_ids(self) -> set[str]:
        """Return the ids of what was broken."""
        found = {each for judged in self.judged for each in violation_ids_of(self.book, judged)}
        return found | {each.id for each in self.withdrawn.violations}


def judge(book: Book, rules: Sequence[RuleModule]) -> Judgement:
    """Run rules over a book and settle what their breaches cost."""
    found = [
        (module.RULE, *_by_policy(book, module.RULE, verdicts))
        for module in rules
        for verdicts in module.judge(book)
    ]
    claims = [
        (rule.code, _claim(book, verdicts, verdicts.claim))
        for rule, verdicts, _ in found
        if verdicts.claim is not None
    ]
    owned = iter(owned_quantities(book, claims))
    per_unit = entry_cost_per_unit(book)
    judged = []
    for rule, verdicts, weight in found:
        cost, ceded = verdicts.cost, {}
        if verdicts.claim is not None:
            own = next(owned)
            cost = _per_row(book, verdicts, np.where(own.taken > 0, own.taken * per_unit, 0.0))
            if verdicts.subject is not Subject.FILL:
                # Into an open trade more may fill for which the row answers.
                still_open = np.append(book.trades.is_open, False)
                cost[still_open[trade_of(book, verdicts.subject)]] = np.nan
            ceded = {code: _per_row(book, verdicts, lost) for code, lost in own.ceded.items()}
        judged.append(Judged(rule, verdicts, weight, cost, ceded))
    return Judgement(book, judged)


def _by_policy(book: Book, rule: Rule, verdicts: Verdicts) -> tuple[Verdicts, Floats]:
    """Return the verdicts without those of a rule switched off, and what each weighs.

    A trade and its fills are judged by the policy when it opened, a plan version by that at its
    lock, a day by that at its start.
    """
    subject = verdicts.subject
    trade = trade_of(book, subject)
    opened = np.append(book.trades.opened_latest, 0)[trade]
    by_trade = subject in (Subject.FILL, Subject.TRADE, Subject.STOP)
    at = opened if by_trade else happened_at(book, subject)
    weight = book.policies.rule_weight(
        rule.code, rule.severity.weight, account_of(book, subject), at
    )
    verdicts.verdict[weight == 0] = NOT_APPLICABLE
    return verdicts, weight


def _claimed_by(book: Book, verdicts: Verdicts) -> Ints:
    """Return, per fill part, the row of the verdicts that answers for it, -1 for none."""
    if verdicts.claimed_by is not None:
        return verdicts.claimed_by
    return book.fills.trade if verdicts.subject is Subject.TRADE else np.arange(len(book.fills))


def _claim(book: Book, verdicts: Verdicts, claim: Floats) -> Floats:
    """Return what broken verdicts claim of each fill part."""
    broken = np.append(verdicts.broken, False)[_claimed_by(book, verdicts)]
    return np.where(broken, claim, 0.0)


def _per_row(book: Book, verdicts: Verdicts, per_fill: Floats) -> Floats:
    """Add up the parts that each row answers for."""
    row = _claimed_by(book, verdicts)
    claimed = np.flatnonzero(row >= 0)
    total = np.bincount(row[claimed], per_fill[claimed], minlength=len(verdicts.verdict))
    return total.astype(np.float64)
