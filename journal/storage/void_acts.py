"""Acts that took facts back: what each voided, when that was recorded, and how long it waited."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from journal.domain.event import FactKind
from journal.storage.rows import TABLE_OF
from journal.storage.voids import Place, voids_in_force

_OF_PLAN = """\
SELECT plan.account, own.recorded_at, own.at, entry.recorded_at FROM {table} AS own
JOIN plan ON plan.id = own.plan_id JOIN entry ON entry.number = own.entry WHERE {key} = ?
"""
_OF_ACCOUNT = """\
SELECT own.{account}, own.recorded_at, own.at, entry.recorded_at FROM {table} AS own
JOIN entry ON entry.number = own.entry WHERE own.id = ?
"""

# A waiver and a review change no verdict, and taking a void back restores what was there.
_WITHOUT_VERDICTS = (FactKind.WAIVE, FactKind.REVIEW, FactKind.VOID)


class _Fact(NamedTuple):
    """Whose a fact is, when it was recorded if it says so, its own time, and its entry's."""

    account: str | None
    recorded_at: str | None
    at: str
    entered_at: str


@dataclass(frozen=True, slots=True)
class VoidedFact:
    """A fact that is void now: the place of its void, its account, and both times.

    Times are as stored. A fact or a void that does not say when it was recorded counts from its
    entry, or both from what they claim where the void says nothing either.
    """

    kind: FactKind
    id: int
    voided_by: Place
    account: str | None
    recorded_at: str
    voided_at: str


def voided_facts(connection: sqlite3.Connection) -> Iterator[VoidedFact]:
    """Return the facts that are void now and may have been judged, in the order of their voids."""
    out = voids_in_force(connection)
    query = (
        "SELECT id, entry, ordinal, target_kind, target_id, at, recorded_at FROM void ORDER BY id"
    )
    seen: set[tuple[FactKind, int]] = set()
    for void, entry, ordinal, word, target, at, recorded in connection.execute(query).fetchall():
        kind = FactKind(word)
        taken_back = void in out.get(FactKind.VOID, ())
        if kind in _WITHOUT_VERDICTS or taken_back or (kind, target) in seen:
            continue
        seen.add((kind, target))
        own = _fact(connection, kind, target)
        unsaid = own.at if recorded is None else own.entered_at
        yield VoidedFact(
            kind=kind,
            id=target,
            voided_by=(entry, ordinal),
            account=own.account,
            recorded_at=own.recorded_at or unsaid,
            voided_at=recorded or at,
        )


def _fact(connection: sqlite3.Connection, kind: FactKind, fact_id: int) -> _Fact:
    table = TABLE_OF[kind]
    match kind:
        case FactKind.PLAN:
            query = _OF_PLAN.format(table="plan_version", key="own.number = 1 AND own.plan_id")
        case FactKind.AMEND | FactKind.CANCEL | FactKind.SKIP:
            query = _OF_PLAN.format(table=table, key="own.id")
        case FactKind.ACCOUNT:
            query = _OF_ACCOUNT.format(table=table, account="name")
        case _:
            query = _OF_ACCOUNT.format(table=table, account="account")
    return _Fact(*connection.execute(query, (fact_id,)).fetchone())
