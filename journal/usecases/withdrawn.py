"""Violations that taking a fact back too late has not undone.

For each act that voided facts later than the grace after they were recorded, the journal is
judged as it stood just before the act and just after it. What vanished in between is withdrawn:
listed, and counted as broken for good. Nor does such an act turn any verdict to kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from journal.book.build import build
from journal.book.judging import Held, Judgement, Withdrawn, judge
from journal.book.keys import subject_key
from journal.book.rolling import roll_up
from journal.book.same_owners import same_accounts, same_owners
from journal.book.tables import Book
from journal.book.verdicts import BROKEN, KEPT, NOT_APPLICABLE, Subject
from journal.book.violation import Violation
from journal.reporting.violation_lines import place_of
from journal.rules import RULES
from journal.usecases.late_acts import LateAct


def with_withdrawn(judgement: Judgement, acts: Sequence[LateAct]) -> Judgement:
    """Return a judgement that remembers what was taken back too late."""
    if not acts:
        return judgement
    standing = {violation.id for violation in judgement.violations()}
    violations: dict[str, Violation] = {}
    held: list[Held] = []
    for act in acts:
        before, after = (judge(build(facts, act.at), RULES) for facts in (act.before, act.after))
        left = {violation.id for violation in after.violations()}
        vanished = [each for each in before.violations() if each.id not in left]
        held += _still_broken(before, after, judgement.book)
        held += _not_earned(before, after, judgement.book)
        for each in vanished:
            if each.id not in standing:
                violations[each.id] = _moved(each, before.book, judgement.book)
    return replace(judgement, withdrawn=Withdrawn(tuple(violations.values()), tuple(held)))


def _moved(violation: Violation, book: Book, now: Book) -> Violation:
    """Return a violation with the codes of the present book."""
    owners = same_owners(book, now)
    trade, plan = violation.trade, violation.plan
    now_trade = -1 if trade is None else int(owners[trade])
    now_plan = -1 if plan is None else int(owners[len(book.trades) + plan]) - len(now.trades)
    place = place_of(book, violation)
    symbols = now.instruments.symbols
    return replace(
        violation,
        account=int(same_accounts(book, now)[violation.account]),
        instrument=symbols.index(place.instrument) if place.instrument in symbols else None,
        trade=now_trade if now_trade >= 0 else None,
        plan=now_plan if now_plan >= 0 else None,
        is_memo=True,
        withdrawn=place,
    )


def _still_broken(before: Judgement, after: Judgement, now: Book) -> Iterator[Held]:
    """Yield the verdicts that stay broken; owners that are gone are numbered behind all others."""
    was, book = roll_up(before), before.book
    became = _verdicts(after)[was.code, same_owners(book, after.book)[was.owner]]
    owners, accounts = same_owners(book, now), same_accounts(book, now)
    behind = len(now.trades) + len(now.plans) + len(now.days)
    broke = _first_violations(before)
    for row in np.flatnonzero((was.verdict == BROKEN) & (became != BROKEN)).tolist():
        code, owner = was.codes[was.code[row]], int(was.owner[row])
        violation = broke[code, owner]
        yield Held(
            code=code,
            owner=int(owners[owner]) if owners[owner] >= 0 else behind + owner,
            account=int(accounts[violation.account]),
            at=violation.at,
            verdict=BROKEN,
            weight=float(was.weight[row]),
        )


def _not_earned(before: Judgement, after: Judgement, now: Book) -> Iterator[Held]:
    """Yield the verdicts that the act turned to kept, as they were."""
    became = roll_up(after)
    said = _verdicts(before)[became.code, same_owners(after.book, before.book)[became.owner]]
    owners = same_owners(after.book, now)[became.owner]
    earned = (became.verdict == KEPT) & (said != KEPT) & (said != BROKEN) & (owners >= 0)
    for row in np.flatnonzero(earned).tolist():
        yield Held(
            code=became.codes[became.code[row]],
            owner=int(owners[row]),
            account=-1,
            at=0,
            verdict=int(said[row]),
            weight=float(became.weight[row]),
        )


def _verdicts(judgement: Judgement) -> npt.NDArray[np.int8]:
    """Return verdicts by rule and owner; the last column is that of owners there are none of."""
    rolled, book = roll_up(judgement), judgement.book
    owners = len(book.trades) + len(book.plans) + len(book.days)
    verdicts = np.full((len(rolled.codes), owners + 1), NOT_APPLICABLE, np.int8)
    verdicts[rolled.code, rolled.owner] = rolled.verdict
    return verdicts


def _first_violations(judgement: Judgement) -> dict[tuple[str, int], Violation]:
    """Return the first violation of each rule and owner (see `owner_of`)."""
    book = judgement.book
    behind = len(book.trades)
    days = {
        subject_key(book, Subject.DAY, row): behind + len(book.plans) + row
        for row in range(len(book.days))
    }
    found: dict[tuple[str, int], Violation] = {}
    for violation in judgement.violations():
        if violation.trade is not None:
            owner = violation.trade
        elif violation.plan is not None:
            owner = behind + violation.plan
        else:
            owner = days[violation.subject]
        found.setdefault((violation.rule.code, owner), violation)
    return found
