"""The book a text will make, for directives that only what is open can explain.

Its plans and fills are written, read back and taken away again: the trades are then known before
the first stop that refers to one is settled.
"""

from __future__ import annotations

from collections.abc import Sequence

from journal.book.tables import Book
from journal.domain.event import (
    AccountEntry,
    Amendment,
    Cancellation,
    Event,
    InstrumentEntry,
    Opening,
    PlanEntry,
    PlanName,
    PolicyEntry,
    Skip,
    StopEvent,
)
from journal.domain.fill import Fill
from journal.domain.instrument import Kind
from journal.domain.moment import Moment
from journal.storage.directory import Directory
from journal.storage.entries import Writing, append
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, rows_of
from journal.usecases.window import book_of

_TRADING = AccountEntry | InstrumentEntry | PolicyEntry | PlanEntry | Fill | Opening


def drafted_book(
    writing: Writing, events: Sequence[Event], directory: Directory, now: Moment
) -> Book | None:
    """Return the book with these events in it; None where none of them needs it to be settled."""
    named = {event.body.name for event in events if isinstance(event.body, PlanEntry)}
    if not any(_asks(event, directory, named | set(directory.plans)) for event in events):
        return None
    connection = writing.connection
    draft = Writing(connection)
    rows = (
        row
        for event in events
        if isinstance(event.body, _TRADING)
        for row in rows_of(Resolved(event, account=directory.account(event.account)), draft.next_id)
    )
    connection.execute("SAVEPOINT draft")
    append(draft, "draft", now, rows)
    facts = read_facts(connection)
    connection.execute("ROLLBACK TO draft")
    connection.execute("RELEASE draft")
    return book_of(facts, now)


def _asks(event: Event, directory: Directory, plans: set[str | None]) -> bool:
    """Tell whether only what is open at its time says what a directive means."""
    match event.body:
        case PlanEntry():
            # A second open plan is refused, unless it was recorded live: then it was let through.
            return event.recorded is None
        case (
            StopEvent(plan=PlanName(name, None))
            | Skip(plan=PlanName(name, None))
            | Amendment(plan=PlanName(name, None))
            | Cancellation(plan=PlanName(name, None))
        ) if name not in plans:
            account = directory.account(event.account)
            return directory.instrument(name, account).kind is not Kind.SPOT
    return False
