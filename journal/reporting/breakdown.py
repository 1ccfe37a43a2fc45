"""Adherence and cost broken down: by trade, by setup, or by day, week or month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from journal.book.calendar import Unit, label, numbered
from journal.book.comparison import Bools
from journal.book.discipline import Standing, standings
from journal.book.indiscipline import Indiscipline, by_owner
from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.book.rolling import Period, Rolled, roll_up
from journal.book.tables import Book
from journal.book.violation import Violation
from journal.reporting.plan_names import plan_tags

UNTAGGED, PLANLESS = "(no tag)", "(no plan)"


@dataclass(frozen=True, slots=True)
class Group:
    """One trade, setup or stretch of time."""

    label: str
    standing: Standing
    costs: list[Indiscipline]


def by_trade(judgement: Judgement, rolled: Rolled, violations: Iterable[Violation]) -> list[Group]:
    """Return a group for each trade with a verdict, in the order of the book."""
    book = judgement.book
    own = rolled.where(rolled.owner < len(book.trades))
    trades, group = np.unique(own.owner, return_inverse=True)
    costs = by_owner((each.trade, each) for each in violations if each.trade is not None)
    found = standings(judgement, own, group, len(trades))
    return [
        Group(trade_key(book, trade), standing, costs.get(trade, []))
        for trade, standing in zip(trades.tolist(), found, strict=True)
    ]


def by_setup(judgement: Judgement, rolled: Rolled, violations: Iterable[Violation]) -> list[Group]:
    """Return a group for each tag of a plan; a plan with two tags counts in both."""
    book = judgement.book
    own = rolled.where(rolled.owner < len(book.trades) + len(book.plans))
    costs = by_owner(
        (name, each)
        for each in violations
        for name in setups_of(book, -1 if each.plan is None else each.plan)
        if each.trade is not None or each.plan is not None
    )
    groups = []
    for name, members in sorted(_members(book).items()):
        rows = own.where(members[own.owner])
        if len(rows):
            nothing = np.zeros(len(rows), np.int64)
            (standing,) = standings(judgement, rows, nothing, 1)
            groups.append(Group(name, standing, costs.get(name, [])))
    return groups


def setups_of(book: Book, plan: int) -> tuple[str, ...]:
    """Return the setups a plan (-1: none) is an example of, a name for "none" included."""
    if plan < 0:
        return (PLANLESS,)
    return plan_tags(book, plan) or (UNTAGGED,)


def _members(book: Book) -> dict[str, Bools]:
    """Return, per setup, which trades and plans are examples of it."""
    plans = [*book.trades.plan.tolist(), *range(len(book.plans))]
    members: dict[str, Bools] = {}
    for owner, plan in enumerate(plans):
        for name in setups_of(book, plan):
            members.setdefault(name, np.zeros(len(plans), bool))[owner] = True
    return members


def by_time(
    judgement: Judgement, period: Period, codes: frozenset[str], violations: Iterable[Violation],
    unit: Unit,
) -> list[Group]:  # fmt: skip
    """Return a group for each day, week or month with a verdict, in order."""
    number = numbered(judgement.book, unit)
    rolled = roll_up(judgement, period, number).of(codes)
    stretches, group = np.unique(rolled.stretch, return_inverse=True)
    found = standings(judgement, rolled, group, len(stretches))
    costs = by_owner(_numbered(violations, judgement.book, unit))
    return [
        Group(label(unit, stretch), standing, costs.get(stretch, []))
        for stretch, standing in zip(stretches.tolist(), found, strict=True)
    ]


def _numbered(
    violations: Iterable[Violation], book: Book, unit: Unit
) -> Iterator[tuple[int, Violation]]:
    listed = list(violations)
    account = np.array([each.account for each in listed], np.int64)
    at = np.array([each.at for each in listed], np.int64)
    return zip(numbered(book, unit)(account, at).tolist(), listed, strict=True)
