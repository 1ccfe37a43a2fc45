"""What a plan said, version by version, in the words it was written in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import microseconds, to_datetime
from journal.book.tables import ENDS, Book
from journal.reporting.plan_names import plan_tags
from journal.reporting.values import direction_word, moment


@dataclass(frozen=True, slots=True)
class EntrySaid:
    """An entry tranche as written: `unit` is units or money."""

    number: int
    unit: str | None
    amount: str | None
    price: str | None


@dataclass(frozen=True, slots=True)
class ExitSaid:
    """An exit as written: `unit` is units, money, fraction or rest."""

    number: int
    unit: str
    amount: str | None
    target: str | None
    trail: str | None
    trail_after: int | None


@dataclass(frozen=True, slots=True)
class VersionSaid:
    """One version's terms; `recorded_at` None means that only the claimed time is known."""

    number: int
    at: datetime
    recorded_at: datetime | None
    reason: str | None
    thesis: str | None
    entries: list[EntrySaid]
    exits: list[ExitSaid]
    maximum: str | None
    maximum_unit: str | None
    invalidation: str | None
    stop: str | None
    breakeven_after: int | None
    enter_until_exit: int | None
    leverage: str | None
    margin: str | None
    liquidation: str | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan and all its versions; `state` is waiting, bound, cancelled, expired or completed."""

    key: str
    name: str | None
    account: str
    instrument: str
    direction: str
    state: str
    locked_at: datetime
    ended_at: datetime | None
    tags: tuple[str, ...]
    versions: list[VersionSaid]


def plan_record(book: Book, plan: int) -> PlanRecord:
    """Return what a plan says; `plan` is a row of the book's plans."""
    plans = book.plans
    rows = range(int(plans.first_version[plan]), int(plans.last_version[plan]) + 1)
    return PlanRecord(
        key=f"P{plans.id[plan]}",
        name=book.facts.plans.name[plan],
        account=book.accounts[plans.account[plan]],
        instrument=book.instruments.symbols[plans.instrument[plan]],
        direction=direction_word(plans.direction[plan]),
        state=plan_state(book, plan),
        locked_at=to_datetime(int(plans.locked_at[plan])),
        ended_at=moment(int(plans.ended_at[plan])) if ended(book, plan) else None,
        tags=plan_tags(book, plan),
        versions=[_version(book, row) for row in rows],
    )


def ended(book: Book, plan: int) -> bool:
    """Tell whether a plan is over; one that only will expire is not."""
    return bool(book.plans.ended_at[plan] <= book.as_of)


def plan_state(book: Book, plan: int) -> str:
    """Return in a word where a plan stands: waiting, bound, or how it ended."""
    if ended(book, plan):
        return ENDS[book.plans.end[plan]]
    return "bound" if book.plans.trade[plan] >= 0 else "waiting"


def _version(book: Book, row: int) -> VersionSaid:
    said, fact = book.facts.versions, int(book.versions.row[row])
    recorded, until = microseconds([said.recorded_at[fact], said.until[fact]])
    return VersionSaid(
        number=said.number[fact],
        at=to_datetime(int(book.versions.at[row])),
        recorded_at=moment(int(recorded)),
        reason=said.reason[fact],
        thesis=said.thesis[fact],
        entries=_entries(book, said.id[fact]),
        exits=_exits(book, said.id[fact]),
        maximum=said.maximum[fact],
        maximum_unit=said.maximum_unit[fact],
        invalidation=said.invalidation[fact],
        stop=said.stop[fact],
        breakeven_after=said.breakeven_after[fact],
        enter_until_exit=said.enter_until_exit[fact],
        leverage=said.leverage[fact],
        margin=said.margin[fact],
        liquidation=said.liquidation[fact],
        until=moment(int(until)),
    )


def _entries(book: Book, version_id: int) -> list[EntrySaid]:
    said = book.facts.entry_tranches
    return [
        EntrySaid(said.number[row], said.unit[row], said.amount[row], said.price[row])
        for row in _of_version(said.version_id, version_id)
    ]


def _exits(book: Book, version_id: int) -> list[ExitSaid]:
    said = book.facts.exit_tranches
    return [
        ExitSaid(
            number=said.number[row],
            unit=said.unit[row],
            amount=said.amount[row],
            target=said.target[row],
            trail=said.trail[row],
            trail_after=said.trail_after[row],
        )
        for row in _of_version(said.version_id, version_id)
    ]


def _of_version(owners: list[int], version_id: int) -> list[int]:
    """Return the rows of one version; a version's tranches were written together, in order."""
    rows: list[int] = np.flatnonzero(np.array(owners, np.int64) == version_id).tolist()
    return rows
