"""From verdicts to violations: broken rows, those of one order group as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.evidence import plain
from journal.book.keys import subject_key
from journal.book.tables import Book
from journal.book.verdicts import (
    Rule,
    Severity,
    Subject,
    Verdicts,
    account_of,
    happened_at,
    plan_of,
    trade_of,
)
from journal.book.violation import Said, Violation

_OWNED_ALONE: Mapping[str, str] = {}


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


def violation_ids_of(book: Book, judged: Judged) -> Iterator[str]:
    """Yield the ids of what a rule found broken."""
    rows, starts = _broken(book, judged.verdicts)
    for row in rows[starts].tolist():
        yield _identity(judged.rule, subject_key(book, judged.verdicts.subject, row))


def violations_of(book: Book, judged: Judged, waivers: Mapping[str, str]) -> Iterator[Violation]:
    """Yield what a rule found broken; `waivers` are justifications by id."""
    verdicts, rule, subject = judged.verdicts, judged.rule, judged.verdicts.subject
    rows, starts = _broken(book, verdicts)
    if not len(rows):
        return
    first = rows[starts]
    trades, plans, accounts, times = (
        column(book, subject)[first].tolist()
        for column in (trade_of, plan_of, account_of, happened_at)
    )
    costs = [None] * len(first) if judged.cost is None else _summed(judged.cost, rows, starts)
    owners = _owners(judged, rows, starts)
    risks = book.trades.planned_risk
    template = verdicts.message or rule.message
    for place, row in enumerate(first.tolist()):
        trade, plan, account, cost = trades[place], plans[place], accounts[place], costs[place]
        key = subject_key(book, subject, row)
        identity = _identity(rule, key)
        risk = float(risks[trade]) if trade >= 0 else np.nan
        yield Violation(
            id=identity,
            rule=rule,
            severity=Severity.of_weight(judged.weight[row]),
            account=account,
            instrument=_instrument(book, trade, plan),
            trade=trade if trade >= 0 else None,
            plan=_plan(book, trade, plan),
            subject=key,
            at=times[place],
            said=Said(template, verdicts.evidence, row, owners.get(place, _OWNED_ALONE)),
            cost=cost,
            cost_r=_known(cost / risk) if cost is not None and risk > 0 else None,
            has_cost=judged.cost is not None,
            is_memo=verdicts.memo,
            currency=_currency(book, account, trade, plan),
            waived=waivers.get(identity),
        )


def _identity(rule: Rule, key: str) -> str:
    return f"{rule.code}-{key}"


def _broken(book: Book, verdicts: Verdicts) -> tuple[Ints, Ints]:
    """Return the broken rows, and the places among them at which a violation begins."""
    rows = np.flatnonzero(verdicts.broken)
    if verdicts.subject is not Subject.FILL or not len(rows):
        return rows, np.arange(len(rows))
    begins = np.flatnonzero(np.diff(book.fills.group[rows])) + 1
    return rows, np.concatenate(([0], begins))


def _summed(values: Floats, rows: Ints, starts: Ints) -> list[float | None]:
    """Add up what the rows of each violation hold; None where a part is not known."""
    return [_known(each) for each in np.add.reduceat(values[rows], starts).tolist()]


def _owners(judged: Judged, rows: Ints, starts: Ints) -> dict[int, Mapping[str, str]]:
    """Return, by place, who owns units that a violation claims too, and how many they are."""
    if not judged.ceded:
        return {}
    ceded = {code: np.add.reduceat(units[rows], starts) for code, units in judged.ceded.items()}
    shared = np.flatnonzero(np.any([units > 0 for units in ceded.values()], axis=0))
    found: dict[int, Mapping[str, str]] = {}
    for place in shared.tolist():
        owned = {code: float(units[place]) for code, units in ceded.items()}
        found[place] = {
            "owned_by": ", ".join(code for code, units in owned.items() if units > 0),
            "owned_by_others": str(plain(sum(owned.values()), "quantity")),
        }
    return found


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
