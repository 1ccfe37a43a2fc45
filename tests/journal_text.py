"""Journal text as a book: the shortest way from the user's notation to what is judged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.facts import Facts
from journal.book.tables import Book
from journal.domain.amendment import amended
from journal.domain.event import (
    AccountEntry,
    Amendment,
    Cancellation,
    Event,
    FactKind,
    Note,
    PlanEntry,
    PlanName,
    Skip,
    StopEvent,
    Void,
)
from journal.domain.moment import Moment
from journal.domain.notation import parse
from journal.domain.plan import Direction, PlanTerms
from journal.storage.database import memory
from journal.storage.entries import append
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, Row, fact_id, rows_of
from journal.storage.entries import Writing

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)


def book_of(text: str, as_of: datetime = AS_OF) -> Book:
    """Return the book of a journal that was imported from this text."""
    return build(facts_of(text), to_microseconds(as_of))


def facts_of(text: str) -> Facts:
    """Return what storage hands over after importing this text; the n-th fill is fill n."""
    events = parse(text)
    named = [event.body.name for event in events if isinstance(event.body, AccountEntry)]
    with memory() as journal:
        with journal.writing() as writing:
            reading = _Reading(writing, named[0] if named else "main")
            rows = [row for event in events for row in reading.rows(event)]
            append(writing, "import", Moment.of(AS_OF), rows)
        return read_facts(journal.connection)


@dataclass
class _Plan:
    id: int
    symbol: str
    direction: Direction
    terms: PlanTerms
    version: int = 1


@dataclass
class _Reading:
    """Gives each event its account and plan; of several plans that fit a name, the newest."""

    writing: Writing
    default: str
    plans: list[tuple[str | None, _Plan]] = field(default_factory=list)
    ids: dict[FactKind, list[int]] = field(default_factory=lambda: defaultdict(list))

    def rows(self, event: Event) -> list[Row]:
        """Return the event's rows, its own first."""
        rows = rows_of(self._resolved(event), self.writing.next_id)
        own = fact_id(rows)
        self.ids[event.kind].append(own)
        if isinstance(event.body, PlanEntry):
            body = event.body
            self.plans.append((body.name, _Plan(own, body.symbol, body.direction, body.terms)))
        return rows

    def _resolved(self, event: Event) -> Resolved:
        account = event.account or self.default
        match event.body:
            case Amendment() as body:
                plan = self._plan(body.plan)
                plan.terms, plan.version = amended(plan.terms, body), plan.version + 1
                return Resolved(event, plan_id=plan.id, version=plan.version, terms=plan.terms)
            case Cancellation(plan=name) | Skip(plan=name):
                return Resolved(event, plan_id=self._plan(name).id)
            case StopEvent(plan=name) | Note(plan=name):
                symbol, direction = self._side(name)
                return Resolved(event, account=account, symbol=symbol, direction=direction)
            case Void(kind=kind, number=number):
                return Resolved(event, target_id=self.ids[kind][number - 1])
            case _:
                return Resolved(event, account=account)

    def _plan(self, name: PlanName) -> _Plan:
        return next(
            plan
            for given, plan in reversed(self.plans)
            if name.name in (given, plan.symbol) and name.direction in (None, plan.direction)
        )

    def _side(self, name: PlanName) -> tuple[str, Direction]:
        """Return symbol and direction of a trade, which may have no plan."""
        if any(name.name in (given, plan.symbol) for given, plan in self.plans):
            plan = self._plan(name)
            return plan.symbol, plan.direction
        return name.name, name.direction or Direction.LONG
