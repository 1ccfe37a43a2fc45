"""Locking a plan: stored before the first fill, worked out, and judged at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from journal.book.judging import judge
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.event import Event, FactKind, PlanEntry, PolicyEntry
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.storage.directory import Directory
from journal.storage.entries import EntryReceipt, Writing, append
from journal.storage.rows import Resolved, fact_id, rows_of
from journal.usecases.plan_sheet import PlanSheet, plan_sheet
from journal.usecases.policy_keys import refuse_unknown_rules
from journal.usecases.session import Session
from journal.usecases.typed import Typed
from journal.usecases.window import AT_ONCE, book_of, plan_window

_ALLOWED = (FactKind.ACCOUNT, FactKind.INSTRUMENT, FactKind.POLICY, FactKind.PRICE, FactKind.PLAN)


@dataclass(frozen=True, slots=True)
class LockedPlan:
    """A plan as stored, with its pre-trade sheet; the receipt's hash is the head to keep."""

    key: str
    receipt: EntryReceipt
    sheet: PlanSheet


def lock_plan(session: Session, typed: Typed) -> LockedPlan:
    """Store a plan, and the accounts and instruments its text declares, as one entry."""
    with session.journal.writing() as writing:
        directory, now = session.directory(), session.now()
        events = typed.events(directory, now)
        event, plan = _only_plan(events)
        known = directory.extended(events)
        account = known.account(event.account)
        known.instrument(plan.symbol, account).known_multiplier()
        _refuse_name(plan, directory)
        before = book_of(plan_window(writing.connection, account, plan.symbol, now), now)
        _refuse_second(before, plan, account)
        own, receipt = _write(writing, events, account, now)
        after = book_of(plan_window(writing.connection, account, plan.symbol, now), now)
    row = int(np.flatnonzero(after.plans.id == own)[0])
    sheet = plan_sheet(judge(after, AT_ONCE), int(after.plans.last_version[row]))
    return LockedPlan(f"P{own}", receipt, sheet)


def _only_plan(events: Sequence[Event]) -> tuple[Event, PlanEntry]:
    plans = [(event, event.body) for event in events if isinstance(event.body, PlanEntry)]
    if len(plans) != 1:
        raise InputError(
            f"the text holds {len(plans)} plans" if plans else "the text holds no plan",
            hint="lock one at a time; `journal import` takes whole journals",
        )
    for event in events:
        if event.kind not in _ALLOWED:
            raise InputError(
                f"`{event.kind}` has no place beside a plan",
                where=f"line {event.line}",
                hint="account, instrument, policy and price may stand there",
            )
        if isinstance(event.body, PolicyEntry):
            refuse_unknown_rules(event.body.settings)
    return plans[0]


def _refuse_name(plan: PlanEntry, directory: Directory) -> None:
    if plan.name in directory.plans:
        raise InputError(
            f"there is a plan named {clip(str(plan.name))!r} already",
            hint="a plan's name is given once: choose another",
        )


def _refuse_second(book: Book, plan: PlanEntry, account: str) -> None:
    """Refuse a plan where one of the same account, instrument and direction is open."""
    plans = book.plans
    for row in np.flatnonzero(
        (plans.ended_at > book.as_of) & (plans.direction == plan.direction.sign)
    ):
        symbol = book.instruments.symbols[plans.instrument[row]]
        if (book.accounts[plans.account[row]], symbol) == (account, plan.symbol):
            raise InputError(
                f"the plan P{plans.id[row]} for {plan.symbol} {plan.direction} is still open",
                hint="amend it with `journal plan amend`, or cancel it with `journal plan cancel`",
            )


def _write(
    writing: Writing, events: Sequence[Event], account: str, now: Moment
) -> tuple[int, EntryReceipt]:
    own, rows = 0, []
    for event in events:
        built = rows_of(Resolved(event, account=account), writing.next_id)
        if isinstance(event.body, PlanEntry):
            own = fact_id(built)
        rows += built
    return own, append(writing, "plan", now, rows)
