"""Events settled for storage: which account, which plan, which fact a directive is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from journal.book.facts import Facts
from journal.book.tables import Book
from journal.domain.amendment import amended
from journal.domain.errors import InputError
from journal.domain.event import (
    Amendment,
    Cancellation,
    Event,
    FactKind,
    Funding,
    Note,
    Opening,
    PlanEntry,
    PlanName,
    PolicyEntry,
    Skip,
    StopEvent,
    Void,
)
from journal.domain.fill import Fill
from journal.domain.instrument import Kind
from journal.domain.money import clip
from journal.domain.plan import Direction, PlanTerms
from journal.storage.directory import Directory
from journal.storage.plan_versions import StoredVersion, versions_of
from journal.storage.rows import Resolved, Row, fact_id
from journal.storage.voids import voids_in_force
from journal.usecases.policy_keys import refuse_unknown_rules
from journal.usecases.references import (
    References,
    SeenPlan,
    Side,
    Taken,
    instants,
    nothing_open,
    traded,
)


class Resolver:
    """Settles events one after the other; `learn` tells it what was written of each.

    `book` is needed only where a derivative is named without direction or where plans have to be
    known to have ended.
    """

    def __init__(
        self, connection: sqlite3.Connection, directory: Directory, facts: Facts, book: Book | None
    ) -> None:
        self._connection = connection
        self._directory = directory
        self._taken_back: Taken = {
            (kind, row) for kind, rows in voids_in_force(connection).items() for row in rows
        }
        self.references = References(facts, book, self._taken_back)
        self._traded = set(traded(facts))
        self._versions: dict[int, list[StoredVersion]] = {}
        self._voids: dict[int, tuple[FactKind, int]] = {}

    def expect(self, sides: Iterable[tuple[str, str]]) -> None:
        """Take in accounts and symbols that the events themselves trade."""
        self._traded.update(sides)

    def resolve(  # noqa: PLR0911 - one return for each kind
        self, event: Event, target: int | None = None
    ) -> Resolved:
        """Return the event settled; `target` is the fact that a void takes back."""
        match event.body:
            case Fill() | PlanEntry() | Funding() | Opening():
                return Resolved(event, account=self._directory.account(event.account))
            case StopEvent(plan=name):
                account, symbol, direction = self.side(event, name)
                return Resolved(event, account=account, symbol=symbol, direction=direction)
            case Note(plan=name):
                return self._note(event, name)
            case Skip(plan=name) | Cancellation(plan=name):
                return Resolved(event, plan_id=self.plan(event, name).id)
            case Amendment() as amendment:
                return self._amendment(event, amendment)
            case Void():
                return Resolved(event, target_id=target)
            case PolicyEntry(settings=settings):
                refuse_unknown_rules(settings)
                return Resolved(event)
            case _:
                return Resolved(event)

    def side(self, event: Event, name: PlanName) -> Side:
        """Return account, symbol and direction of what a directive names."""
        plan = self.references.named(name.name)
        if plan is not None:
            return _agreeing(plan, name).side
        account, symbol = self._directory.account(event.account), name.name
        if (account, symbol) not in self._traded:
            raise nothing_open(symbol, account)
        if name.direction is not None:
            return account, symbol, name.direction
        if self._is_spot(symbol, account):
            return account, symbol, Direction.LONG
        return account, symbol, self.references.only_direction(name, account, event.at)

    def plan(self, event: Event, name: PlanName) -> SeenPlan:
        """Return the plan a directive names."""
        named = self.references.named(name.name)
        if named is not None:
            return _agreeing(named, name)
        side = self.side(event, name)
        plan = self.references.plan_at(side, event.at)
        if plan is None:
            raise InputError(
                f"there is no open plan of {name} at {event.at}",
                hint="`journal plan list` shows the plans; lock one with `journal plan new`",
            )
        return plan

    def terms(self, plan_id: int) -> PlanTerms:
        """Return what a plan says now."""
        return next(
            version.terms
            for version in reversed(self._stored(plan_id))
            if (FactKind.AMEND, version.id) not in self._taken_back
        )

    def learn(self, fact: Resolved, rows: list[Row]) -> None:
        """Take in what was written of an event."""
        own = fact_id(rows)
        match fact.event.body:
            case PlanEntry() as plan:
                self._locked(fact, plan, own, fact_id(rows[1:]))
            case Cancellation() if fact.plan_id is not None:
                self.references.cancelled(fact.plan_id, own)
            case Amendment() if fact.plan_id is not None and fact.terms and fact.version:
                version = StoredVersion(own, fact.version, fact.terms)
                self._stored(fact.plan_id).append(version)
            case Void(kind=kind) if fact.target_id is not None:
                self._voided(own, kind, fact.target_id)

    def _locked(self, fact: Resolved, plan: PlanEntry, plan_id: int, version_id: int) -> None:
        locked_at = instants(fact.event.at)[0]
        account = fact.account or self._directory.default_account
        seen = SeenPlan(plan_id, account, plan.symbol, plan.direction, locked_at)
        self.references.add(seen, plan.name)
        self._versions[plan_id] = [StoredVersion(version_id, 1, plan.terms)]

    def _voided(self, void_id: int, kind: FactKind, target: int) -> None:
        self._voids[void_id] = (kind, target)
        if kind is FactKind.VOID:
            self._taken_back.discard(self._voids.get(target) or self._void_target(target))
        else:
            self._taken_back.add((kind, target))

    def _void_target(self, void_id: int) -> tuple[FactKind, int]:
        query = "SELECT target_kind, target_id FROM void WHERE id = ?"
        kind, target = self._connection.execute(query, (void_id,)).fetchone()
        return FactKind(kind), int(target)

    def _stored(self, plan_id: int) -> list[StoredVersion]:
        if plan_id not in self._versions:
            self._versions[plan_id] = versions_of(self._connection, plan_id)
        return self._versions[plan_id]

    def _amendment(self, event: Event, amendment: Amendment) -> Resolved:
        plan_id = self.plan(event, amendment.plan).id
        number = self._stored(plan_id)[-1].number + 1
        after = amended(self.terms(plan_id), amendment)
        return Resolved(event, plan_id=plan_id, version=number, terms=after)

    def _note(self, event: Event, name: PlanName) -> Resolved:
        """Settle a note; its direction may stay open, words do no harm to the other side."""
        plan = self.references.named(name.name)
        if plan is None and name.direction is None:
            account, symbol = self._directory.account(event.account), name.name
            if (account, symbol) not in self._traded:
                raise nothing_open(symbol, account)
            direction = Direction.LONG if self._is_spot(symbol, account) else None
        else:
            account, symbol, direction = self.side(event, name)
        return Resolved(event, account=account, symbol=symbol, direction=direction)

    def _is_spot(self, symbol: str, account: str) -> bool:
        return self._directory.instrument(symbol, account).kind is Kind.SPOT


def _agreeing(plan: SeenPlan, name: PlanName) -> SeenPlan:
    if name.direction not in (None, plan.direction):
        raise InputError(
            f"plan {clip(name.name)} is {plan.direction}, not {name.direction}",
            hint="leave the direction out where a plan is named",
        )
    return plan
