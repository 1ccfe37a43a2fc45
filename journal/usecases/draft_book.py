"""The book a text will make, for directives that only what is open can explain.

Its plans, their cancellations and its fills are written, read back and taken away again: the
trades are then known before the first stop that refers to one is settled.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from journal.domain.plan import Direction
from journal.storage.directory import Directory
from journal.storage.entries import Writing, append
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, Row, fact_id, rows_of
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
    connection.execute("SAVEPOINT draft")
    append(draft, "draft", now, _Drafted(draft, directory).rows(events))
    facts = read_facts(connection)
    connection.execute("ROLLBACK TO draft")
    connection.execute("RELEASE draft")
    return book_of(facts, now)


class _Drafted:
    """The rows of a draft; plans are remembered, so that a cancellation finds its own."""

    def __init__(self, draft: Writing, directory: Directory) -> None:
        self._draft = draft
        self._directory = directory
        self._plans: dict[str | tuple[str, str, Direction], int] = {}

    def rows(self, events: Sequence[Event]) -> Iterator[Row]:
        """Yield what the trades and the plans of these events come from."""
        for event in events:
            account = self._directory.account(event.account)
            if isinstance(event.body, _TRADING):
                built = rows_of(Resolved(event, account=account), self._draft.next_id)
                if isinstance(event.body, PlanEntry):
                    self._remember(event.body, account, fact_id(built))
                yield from built
            elif isinstance(event.body, Cancellation):
                plan = self._meant(event.body.plan, account)
                if plan is not None:
                    yield from rows_of(Resolved(event, plan_id=plan), self._draft.next_id)

    def _remember(self, plan: PlanEntry, account: str, own: int) -> None:
        self._plans[account, plan.symbol, plan.direction] = own
        if plan.name is not None:
            self._plans[plan.name] = own

    def _meant(self, name: PlanName, account: str) -> int | None:
        """Return the plan of that name, else the newest of its side; None where two could be."""
        if name.name in self._plans:
            return self._plans[name.name]
        sides = [name.direction] if name.direction else list(Direction)
        found = {self._newest((account, name.name, side)) for side in sides} - {None}
        return found.pop() if len(found) == 1 else None

    def _newest(self, side: tuple[str, str, Direction]) -> int | None:
        query = "SELECT max(id) FROM plan WHERE account = ? AND symbol = ? AND direction = ?"
        stored: int | None = self._draft.connection.execute(query, side).fetchone()[0]
        return self._plans.get(side, stored)


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
