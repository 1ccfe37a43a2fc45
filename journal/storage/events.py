"""Rows back to events, one fact at a time in chain order.

Plans are named so that the text reads the same wherever it is imported: by their own name, else
by symbol and, where both directions are possible, direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journal.domain.amendment import changes
from journal.domain.event import (
    Amendment,
    Body,
    Cancellation,
    Event,
    FactKind,
    KnownPrice,
    Note,
    PlanEntry,
    PlanName,
    PolicyEntry,
    Skip,
    StopEvent,
    Void,
    Waiver,
)
from journal.domain.instrument import Instrument, Kind
from journal.domain.plan import Direction, PlanTerms
from journal.storage import bodies
from journal.storage.rows import TABLE_OF
from journal.storage.stamps import moment
from journal.storage.stored import StoredRow

Target = tuple[FactKind, int]

_KIND_OF = {table: kind for kind, table in TABLE_OF.items()}


@dataclass(frozen=True, slots=True)
class _Plan:
    account: str
    name: PlanName
    versions: list[tuple[int, PlanTerms]]


class EventReader:
    """Turns the rows of each fact, its own first, into its event.

    Remembers what later events refer to: plans with their versions, and the number of each fact
    that a void names.
    """

    def __init__(
        self,
        default_account: str,
        instruments: Mapping[str, Instrument],
        targets: frozenset[Target],
    ) -> None:
        self._default_account = default_account
        self._instruments = instruments
        self._targets = targets
        self._counted: dict[FactKind, int] = {}
        self._numbers: dict[Target, int] = {}
        self._plans: dict[int, _Plan] = {}
        self._voids: dict[int, Target] = {}
        self._taken_back: set[Target] = set()

    def event(self, rows: list[StoredRow]) -> Event:
        """Return the event of one fact."""
        own = rows[0]
        kind = _KIND_OF[own.table]
        self._count(kind, own.number("id"))
        # A plan's time stands in its first version.
        header = rows[1] if kind is FactKind.PLAN else own
        account, body = self._said(kind, own, rows[1:])
        return Event(
            at=moment(header.text("at"), header.text("at_precision")),
            body=body,
            account=account,
            recorded=bodies.moment_of(header, "recorded_at", "recorded_precision"),
            tags=tuple(own.text("tags").split()),
        )

    def _count(self, kind: FactKind, row_id: int) -> None:
        number = self._counted.get(kind, 0) + 1
        self._counted[kind] = number
        if (kind, row_id) in self._targets:
            self._numbers[kind, row_id] = number

    def _said(
        self, kind: FactKind, own: StoredRow, parts: list[StoredRow]
    ) -> tuple[str | None, Body]:
        """Return the account as the event names it, and the body."""
        match kind:
            case FactKind.PLAN:
                return self._plan(own, parts)
            case FactKind.AMEND:
                return self._amendment(own, parts)
            case FactKind.CANCEL | FactKind.SKIP:
                return self._about_plan(own)
            case FactKind.ACCOUNT:
                return None, bodies.account_body(own)
            case (
                FactKind.FILL | FactKind.FUNDING | FactKind.OPENING | FactKind.STOP | FactKind.NOTE
            ):
                return self._named(own.text("account")), self._of_account(kind, own)
            case _:
                return own.text_or_none("account"), self._of_journal(kind, own, parts)

    def _named(self, account: str) -> str | None:
        return None if account == self._default_account else account

    def _of_account(self, kind: FactKind, row: StoredRow) -> Body:
        match kind:
            case FactKind.FILL:
                return bodies.fill_body(row)
            case FactKind.FUNDING:
                return bodies.funding_body(row)
            case FactKind.OPENING:
                return bodies.opening_body(row)
        name = self._plan_name(row.text("symbol"), bodies.direction_of(row))
        if kind is FactKind.STOP:
            return StopEvent(name, row.decimal_or_none("price"))
        return Note(name, row.text("text"))

    def _of_journal(self, kind: FactKind, row: StoredRow, parts: list[StoredRow]) -> Body:
        match kind:
            case FactKind.INSTRUMENT:
                return bodies.instrument_body(row)
            case FactKind.POLICY:
                return PolicyEntry({each.text("key"): each.text("value") for each in (row, *parts)})
            case FactKind.PRICE:
                return KnownPrice(row.text("symbol"), row.decimal("price"))
            case FactKind.WAIVE:
                return Waiver(row.text("violation"), row.text("reason"))
            case FactKind.REVIEW:
                return bodies.review_body(row)
        return self._void(row)

    def _plan_name(self, symbol: str, direction: Direction | None) -> PlanName:
        # Spot is never short: the direction would be noise.
        spot = self._instruments[symbol].kind is Kind.SPOT
        return PlanName(symbol, None if spot else direction)

    def _plan(self, own: StoredRow, parts: list[StoredRow]) -> tuple[str | None, Body]:
        version, *tranches = parts
        symbol, direction = own.text("symbol"), Direction(own.text("direction"))
        given = own.text_or_none("name")
        terms = bodies.terms_of(version, tranches)
        self._plans[own.number("id")] = _Plan(
            own.text("account"),
            PlanName(given) if given else self._plan_name(symbol, direction),
            [(version.number("id"), terms)],
        )
        return self._named(own.text("account")), PlanEntry(symbol, direction, terms, given)

    def _amendment(self, own: StoredRow, parts: list[StoredRow]) -> tuple[str | None, Body]:
        plan = self._plans[own.number("plan_id")]
        after = bodies.terms_of(own, parts)
        terms, named = changes(self._in_force(plan), after)
        plan.versions.append((own.number("id"), after))
        body = Amendment(plan.name, terms, named, own.text_or_none("reason"))
        return self._named(plan.account), body

    def _in_force(self, plan: _Plan) -> PlanTerms:
        """Return the newest version not taken back so far: what an amendment builds on."""
        return next(
            terms
            for version_id, terms in reversed(plan.versions)
            if (FactKind.AMEND, version_id) not in self._taken_back
        )

    def _about_plan(self, row: StoredRow) -> tuple[str | None, Body]:
        plan = self._plans[row.number("plan_id")]
        reason = row.text_or_none("reason")
        account = self._named(plan.account)
        if row.table == "skip":
            return account, Skip(plan.name, row.number("tranche"), reason)
        return account, Cancellation(plan.name, reason)

    def _void(self, row: StoredRow) -> Void:
        kind, row_id = FactKind(row.text("target_kind")), row.number("target_id")
        self._voids[row.number("id")] = (kind, row_id)
        if kind is FactKind.VOID:
            self._taken_back.discard(self._voids[row_id])
        else:
            self._taken_back.add((kind, row_id))
        return Void(kind, self._numbers[kind, row_id], row.text_or_none("reason"))
