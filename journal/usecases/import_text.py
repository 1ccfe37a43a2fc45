"""Journal text into the journal: every directive settled in its order, then one entry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from journal.domain.errors import InputError
from journal.domain.event import Event, FactKind, Opening, PlanEntry, Void
from journal.domain.fill import Fill
from journal.domain.moment import Moment
from journal.importers.dedup import Comparison, new_rows
from journal.importers.reading import Row
from journal.storage.directory import Directory
from journal.storage.entries import Writing
from journal.storage.history import first_account, read_events
from journal.storage.reading import read_facts
from journal.storage.rows import Resolved, fact_id, rows_of
from journal.storage.rows import Row as StoredRow
from journal.usecases.draft_book import drafted_book
from journal.usecases.fact_numbers import FactNumbers
from journal.usecases.resolver import Resolver

_OF_ACCOUNT = frozenset(FactKind) - {
    FactKind.ACCOUNT,
    FactKind.INSTRUMENT,
    FactKind.POLICY,
    FactKind.PRICE,
    FactKind.WAIVE,
    FactKind.REVIEW,
    FactKind.VOID,
}


@dataclass(frozen=True, slots=True)
class TextImport:
    """A journal text on its way into a writing transaction; `rows` are its directives."""

    writing: Writing
    name: str
    rows: Sequence[Row]
    directory: Directory
    now: Moment

    @classmethod
    def of(
        cls,
        writing: Writing,
        name: str,
        rows: Sequence[Row],
        directory: Directory,
        account: str | None,
        now: Moment,
    ) -> TextImport:
        """Prepare a text; `account` is the one of directives that name none."""
        stated = [
            row if account is None else replace(row, event=_in_account(row.event, account))
            for row in rows
        ]
        known = directory.extended(row.event for row in rows)
        return cls(writing, name, stated, known, now)

    def compared(self) -> tuple[Comparison, list[Event]]:
        """Return which directives are new, and the journal's own events."""
        default = first_account(self.writing.connection)
        existing = list(read_events(self.writing.connection))
        if default != self.directory.default_account:
            existing = [_in_account(event, default) for event in existing]
        return new_rows(self.rows, existing, self.directory.default_account), existing

    def stored_rows(self, comparison: Comparison, existing: list[Event]) -> Iterator[StoredRow]:
        """Yield the rows of the new directives, one after the other settled by those before."""
        connection = self.writing.connection
        self._check_new(comparison)
        facts = read_facts(connection)
        book = drafted_book(
            self.writing, [row.event for row in comparison.new], self.directory, self.now
        )
        resolver = Resolver(connection, self.directory, facts, book)
        resolver.expect(self._traded())
        incoming = [row.event for row in self.rows]
        numbers = FactNumbers(connection, incoming, existing, comparison.matches)
        new = iter(comparison.new)
        upcoming = next(new, None)
        for position, row in enumerate(self.rows):
            if row is not upcoming:
                continue
            upcoming = next(new, None)
            try:
                fact = self._settled(resolver, numbers, row.event)
            except InputError as error:
                raise error.located(self.place(row)) from error
            built = rows_of(fact, self.writing.next_id)
            numbers.wrote(position, fact_id(built))
            resolver.learn(fact, built)
            yield from built

    def place(self, row: Row) -> str:
        """Return where a directive stands, for errors."""
        return f"{self.name} line {row.number}"

    def _settled(self, resolver: Resolver, numbers: FactNumbers, event: Event) -> Resolved:
        event = numbers.carried(event)
        if isinstance(event.body, PlanEntry):
            self._refuse_second(resolver, event, event.body)
        target = numbers.target(event.body) if isinstance(event.body, Void) else None
        return resolver.resolve(event, target)

    def _refuse_second(self, resolver: Resolver, event: Event, plan: PlanEntry) -> None:
        """Refuse a second open plan; what was recorded live was let through at its time."""
        if event.recorded is not None:
            return
        side = (self.directory.account(event.account), plan.symbol, plan.direction)
        open_plan = resolver.references.open_plan_at(side, event.at)
        if open_plan is not None:
            raise InputError(
                f"another plan for {plan.symbol} {plan.direction} is still open at {event.at}",
                hint="amend or cancel it, or leave this one out",
            )

    def _check_new(self, comparison: Comparison) -> None:
        """Refuse accounts nobody stated and contracts whose size is not known."""
        sized: set[tuple[str, str]] = set()
        for row in comparison.new:
            body = row.event.body
            try:
                account = self.directory.account(row.event.account)
                if isinstance(body, Fill | PlanEntry | Opening):
                    key = (account, body.symbol)
                    if key not in sized:
                        self.directory.instrument(body.symbol, account).known_multiplier()
                        sized.add(key)
            except InputError as error:
                raise error.located(self.place(row)) from error

    def _traded(self) -> set[tuple[str, str]]:
        return {
            (self.directory.account(row.event.account), row.event.body.symbol)
            for row in self.rows
            if isinstance(row.event.body, Fill | PlanEntry | Opening)
        }


def _in_account(event: Event, account: str) -> Event:
    """Return an event in this account, unless it names one or is about none."""
    if event.account is not None or event.kind not in _OF_ACCOUNT:
        return event
    return replace(event, account=account)
