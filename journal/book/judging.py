"""Rules run over a book: violations with evidence and cost, and verdicts rolled up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.costs import entry_cost_per_unit, owned_quantities
from journal.book.evidence import plain, sentence
from journal.book.keys import subject_key
from journal.book.tables import Book
from journal.book.verdicts import (
    NOT_APPLICABLE,
    Rule,
    RuleModule,
    Severity,
    Subject,
    Verdicts,
    account_of,
    happened_at,
    plan_of,
    trade_of,
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a violation stands, in names."""

    account: str
    instrument: str | None
    trade: str | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule on one subject (fill parts of an order group together).

    `cost` is signed in the settlement currency `currency`, positive = money lost, None = not
    known; `has_cost` is False where the rule puts no price on its breach, `is_memo` marks a cost
    that is shown and never added. `cost_r` is cost / planned risk.
    `waived` holds the trader's justification. `at` is int64 microseconds UTC. `withdrawn` marks a
    violation whose fact was taken back too late to undo it, with the place it had; its codes are
    -1 or None where what they numbered is gone, and its cost is a memo: the results lack it too.
    """

    id: str
    rule: Rule
    severity: Severity
    account: int
    instrument: int | None
    trade: int | None
    plan: int | None
    subject: str
    at: int
    message: str
    evidence: Mapping[str, Any]
    cost: float | None
    cost_r: float | None
    has_cost: bool
    is_memo: bool
    currency: str
    waived: str | None
    withdrawn: Place | None = None


@dataclass(slots=True)
class Judged:
    """One rule's verdicts on one table: what each weighs by the policy in force, what it cost.

    `ceded` is, by code and per row, the quantity that a rule before it in line owns.
    """

    rule: Rule
    verdicts: Verdicts
    weight: Floats
    cost: Floats | None
    ceded: Mapping[str, Floats]


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
        """Return what was broken, in order of time, then code; their sentences are made once."""
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
            for violation in _violations(self.book, judged, waivers)
        ]
        found += [replace(each, waived=waivers.get(each.id)) for each in self.withdrawn.violations]
        return sorted(found, key=lambda violation: (violation.at, violation.id))

    def violation_ids(self) -> set[str]:
        """Return the ids of what was broken: counting takes no sentences."""
        found = {
            f"{judged.rule.code}-{subject_key(self.book, judged.verdicts.subject, group[0])}"
            for judged in self.judged
            for group in _broken_groups(self.book, judged.verdicts)
        }
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


def _violations(book: Book, judged: Judged, waivers: Mapping[str, str]) -> Iterator[Violation]:
    verdicts, rule = judged.verdicts, judged.rule
    groups = _broken_groups(book, verdicts)
    if not groups:
        return
    trade, plan = trade_of(book, verdicts.subject), plan_of(book, verdicts.subject)
    account, at = account_of(book, verdicts.subject), happened_at(book, verdicts.subject)
    for group in groups:
        row = group[0]
        key = subject_key(book, verdicts.subject, row)
        identity = f"{rule.code}-{key}"
        evidence = {name: plain(column[row], name) for name, column in verdicts.evidence.items()}
        cost = None if judged.cost is None else _known(float(judged.cost[group].sum()))
        evidence |= _owners(judged, group)
        owner = int(trade[row])
        risk = float(book.trades.planned_risk[owner]) if owner >= 0 else np.nan
        yield Violation(
            id=identity,
            rule=rule,
            severity=Severity.of_weight(judged.weight[row]),
            account=int(account[row]),
            instrument=_instrument(book, owner, int(plan[row])),
            trade=owner if owner >= 0 else None,
            plan=_plan(book, owner, int(plan[row])),
            subject=key,
            at=int(at[row]),
            message=sentence(verdicts.message or rule.message, verdicts.evidence, row),
            evidence=evidence,
            cost=cost,
            cost_r=_known(cost / risk) if cost is not None and risk > 0 else None,
            has_cost=judged.cost is not None,
            is_memo=verdicts.memo,
            currency=_currency(book, int(account[row]), owner, int(plan[row])),
            waived=waivers.get(identity),
        )


def _owners(judged: Judged, rows: Ints) -> dict[str, str]:
    """Return who owns units that these rows claimed too, and how many they are."""
    owned = {code: float(units[rows].sum()) for code, units in judged.ceded.items()}
    owners = [code for code, units in owned.items() if units > 0]
    if not owners:
        return {}
    return {
        "owned_by": ", ".join(owners),
        "owned_by_others": str(plain(sum(owned.values()), "quantity")),
    }


def _broken_groups(book: Book, verdicts: Verdicts) -> list[Ints]:
    """Return the broken rows one by one; fill parts of one order group together."""
    rows = np.flatnonzero(verdicts.broken)
    if not len(rows):
        return []
    if verdicts.subject is not Subject.FILL:
        return [rows[place : place + 1] for place in range(len(rows))]
    bounds = np.flatnonzero(np.diff(book.fills.group[rows])) + 1
    return list(np.split(rows, bounds))


def _plan(book: Book, trade: int, plan: int) -> int | None:
    own = int(book.trades.plan[trade]) if plan < 0 <= trade else plan
    return own if own >= 0 else None


def _instrument(book: Book, trade: int, plan: int) -> int | None:
    """Return the instrument's code; None for an account-day."""
    if trade >= 0:
        return int(book.trades.instrument[trade])
    return int(book.plans.instrument[plan]) if plan >= 0 else None


def _currency(book: Book, account: int, trade: int, plan: int) -> str:
    """Return the settlement currency, or the account's for an account-day."""
    code = _instrument(book, trade, plan)
    if code is None:
        return book.policies.currencies[account] or ""
    return book.instruments.known[code].settlement


def _known(value: float) -> float | None:
    return None if np.isnan(value) else value
