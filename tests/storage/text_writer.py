"""Journal text into a journal, with the simplest reading of which plan is meant: the newest."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime

from journal.domain.amendment import amended
from journal.domain.event import (
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
from journal.domain.moment import Moment, Precision
from journal.domain.notation import parse
from journal.domain.plan import Direction, PlanTerms
from journal.storage.database import Journal
from journal.storage.entries import EntryReceipt, append
from journal.storage.rows import NextId, Resolved, Row, fact_id, rows_of

RECORDED = Moment(datetime(2026, 2, 1, 12, tzinfo=UTC), Precision.SECOND)


@dataclass
class _Plan:
    id: int
    account: str
    symbol: str
    direction: Direction
    versions: dict[int, PlanTerms]
    count: int = 1


@dataclass
class TextWriter:
    """Writes events one entry each, remembering plans, and the ids of facts by kind."""

    journal: Journal
    plans: list[tuple[str | None, _Plan]] = field(default_factory=list)
    ids: dict[FactKind, list[int]] = field(default_factory=lambda: defaultdict(list))
    default: str = "main"

    def write(self, text: str) -> list[EntryReceipt]:
        """Write every directive of the text as an entry of its own."""
        receipts = []
        for event in self._events(text):
            with self.journal.writing() as writing:
                rows = self._rows(event, writing.next_id)
                receipts.append(append(writing, event.kind.value, RECORDED, rows))
        return receipts

    def write_at_once(self, text: str) -> EntryReceipt:
        """Write the text as one entry, row by row from a generator."""
        events = self._events(text)
        with self.journal.writing() as writing:
            rows = (row for event in events for row in self._rows(event, writing.next_id))
            return append(writing, "text", RECORDED, rows)

    def _events(self, text: str) -> list[Event]:
        events = parse(text)
        names = [event.body.name for event in events if event.kind is FactKind.ACCOUNT]
        self.default = names[0] if names else self.default
        return events

    def _rows(self, event: Event, next_id: NextId) -> list[Row]:
        fact = self._resolved(event)
        rows = rows_of(fact, next_id)
        own = fact_id(rows)
        self.ids[event.kind].append(own)
        body = event.body
        if isinstance(body, PlanEntry):
            version = rows[1].columns["id"]
            account = event.account or self.default
            plan = _Plan(own, account, body.symbol, body.direction, {version: body.terms})
            self.plans.append((body.name, plan))
        elif isinstance(body, Amendment):
            plan = self._plan(body.plan)
            plan.versions[own] = fact.terms
            plan.count += 1
        elif isinstance(body, Void) and body.kind is FactKind.AMEND:
            for _, plan in self.plans:
                plan.versions.pop(fact.target_id, None)
        return rows

    def _resolved(self, event: Event) -> Resolved:
        account = event.account or self.default
        match event.body:
            case Amendment() as body:
                plan = self._plan(body.plan)
                terms = amended(list(plan.versions.values())[-1], body)
                return Resolved(event, plan_id=plan.id, version=plan.count + 1, terms=terms)
            case Cancellation(plan=name) | Skip(plan=name):
                return Resolved(event, plan_id=self._plan(name).id)
            case StopEvent(plan=name) | Note(plan=name):
                plan = self._plan(name)
                return Resolved(
                    event, account=plan.account, symbol=plan.symbol, direction=plan.direction
                )
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
