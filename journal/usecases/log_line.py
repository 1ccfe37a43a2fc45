"""Logging one directive: a stop, a skip, a note, an amendment, a price, a balance, a fact."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

import numpy as np

from journal.book.facts import Facts
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.event import (
    Amendment,
    Cancellation,
    Event,
    Note,
    Opening,
    PlanName,
    Skip,
    StopEvent,
)
from journal.domain.moment import Moment
from journal.storage.directory import Directory
from journal.storage.entries import EntryReceipt, append
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, fact_id, rows_of
from journal.usecases.references import instants, nothing_open
from journal.usecases.resolver import Resolver
from journal.usecases.session import Session
from journal.usecases.trade_notes import keyed_note, names_a_trade
from journal.usecases.typed import Typed
from journal.usecases.window import book_of, plan_window, was_traded


@dataclass(frozen=True, slots=True)
class LoggedLine:
    """What was stored: the fact settled, its id among those of its kind, and its entry."""

    fact: Resolved
    id: int
    receipt: EntryReceipt


def log_line(session: Session, typed: Typed) -> LoggedLine:
    """Store one directive now; what it names has to be open at its time."""
    with session.journal.writing() as writing:
        directory, now = session.directory(), session.now()
        event = typed.event(directory, now)
        directory.account(event.account)
        fact = _settled(writing.connection, directory, event, now)
        rows = rows_of(fact, writing.next_id)
        receipt = append(writing, event.kind.value, now, rows)
    return LoggedLine(fact, fact_id(rows), receipt)


def _settled(
    connection: sqlite3.Connection, directory: Directory, event: Event, now: Moment
) -> Resolved:
    """Return an event settled; a note may name a trade of any age by its key."""
    if names_a_trade(event) and not _means_symbol(connection, directory, event):
        return keyed_note(book_of(read_facts(connection), now), event)
    return settled(connection, directory, event, now)


def _means_symbol(connection: sqlite3.Connection, directory: Directory, event: Event) -> bool:
    """Tell whether what looks like a trade's key is the name of a plan or a symbol."""
    name = _named(event)
    return name is not None and (
        name.name in directory.plans
        or was_traded(connection, directory.account(event.account), name.name)
    )


def settled(
    connection: sqlite3.Connection, directory: Directory, event: Event, now: Moment
) -> Resolved:
    """Return an event settled by what is open now, or refuse what is not."""
    name = _named(event)
    if name is None:
        if isinstance(event.body, Opening):
            account = directory.account(event.account)
            directory.instrument(event.body.symbol, account).known_multiplier()
        return Resolver(connection, directory, Facts(), None).resolve(event)
    account = directory.accounts_of_plans.get(name.name) or directory.account(event.account)
    symbol = directory.plans.get(name.name, name.name)
    book = book_of(plan_window(connection, account, symbol, event.at), now)
    resolver = Resolver(connection, directory, book.facts, book)
    if isinstance(event.body, Note) and was_traded(connection, account, symbol):
        resolver.expect([(account, symbol)])  # words are welcome long after the trade
    fact = resolver.resolve(event)
    _refuse_closed(resolver, fact, event, name)
    if fact.plan_id is not None:
        _check_plan(resolver, book, fact)
    return fact


def _named(event: Event) -> PlanName | None:
    match event.body:
        case (
            StopEvent(plan=name)
            | Skip(plan=name)
            | Note(plan=name)
            | Amendment(plan=name)
            | Cancellation(plan=name)
        ):
            return name
    return None


def _refuse_closed(resolver: Resolver, fact: Resolved, event: Event, name: PlanName) -> None:
    """Refuse a stop where nothing is open: it would protect nothing, or the wrong thing."""
    if isinstance(event.body, StopEvent) and fact.account and fact.symbol and fact.direction:
        side = (fact.account, fact.symbol, fact.direction)
        if not resolver.references.is_alive(side, event.at):
            raise nothing_open(name, fact.account)


def _check_plan(resolver: Resolver, book: Book, fact: Resolved) -> None:
    plan_id = fact.plan_id or 0
    row = int(np.flatnonzero(book.plans.id == plan_id)[0])
    if book.plans.ended_at[row] <= instants(fact.event.at)[0]:
        raise InputError(
            f"the plan P{plan_id} has ended",
            hint="a new trade needs a new plan: `journal plan new`",
        )
    match fact.event.body:
        case Cancellation() if book.plans.trade[row] >= 0:
            raise InputError(
                f"the plan P{plan_id} is bound to trade {trade_key(book, book.plans.trade[row])}",
                hint="it ends when the trade is flat; skip its open tranches or amend it",
            )
        case Skip(tranche=number):
            count = len(resolver.terms(plan_id).enters)
            if number > count:
                raise InputError(
                    f"there is no tranche {number}: the plan P{plan_id} has {count}",
                    hint="`journal plan show` lists them",
                )
