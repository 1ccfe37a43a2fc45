"""Acts that took facts back too late to undo what they had broken."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from journal.book.clock import microseconds
from journal.book.facts import Facts
from journal.book.tables import Book
from journal.domain.event import FactKind
from journal.storage.fact_ids import ids_behind
from journal.storage.reading import read_facts
from journal.storage.void_acts import VoidedFact, voided_facts
from journal.storage.voids import voids_in_force


@dataclass(frozen=True, slots=True)
class LateAct:
    """Facts taken back too late at once: the journal just before, just after, and when."""

    before: Facts
    after: Facts
    at: int


def late_acts(connection: sqlite3.Connection, book: Book) -> list[LateAct]:
    """Return the acts that took back what had stood for longer than the undo grace.

    The grace is that of the fact's account when the fact was recorded; voids written one behind
    the other are one act.
    """
    acts: list[list[VoidedFact]] = []
    place = None
    for fact in _late(list(voided_facts(connection)), book):
        entry, ordinal = fact.voided_by
        if place != (entry, ordinal - 1):
            acts.append([])
        acts[-1].append(fact)
        place = fact.voided_by
    return [_act(connection, facts) for facts in acts]


def _late(facts: list[VoidedFact], book: Book) -> Iterator[VoidedFact]:
    codes = {name: code for code, name in enumerate(book.accounts)}
    account = np.array([codes.get(fact.account or "", 0) for fact in facts], np.int64)
    recorded = microseconds([fact.recorded_at for fact in facts])
    waited = microseconds([fact.voided_at for fact in facts]) - recorded
    grace = book.policies.span("undo_grace", account, recorded)
    for row in np.flatnonzero(waited > grace).tolist():
        yield facts[row]


def _act(connection: sqlite3.Connection, late: list[VoidedFact]) -> LateAct:
    """Read the journal on both sides of an act; what it took back in time is gone on both."""
    place = late[-1].voided_by
    gone = ids_behind(connection, place)
    for kind, ids in voids_in_force(connection, place).items():
        gone[kind] = gone.get(kind, frozenset()) | ids
    taken: dict[FactKind, frozenset[int]] = {}
    for fact in late:
        taken[fact.kind] = taken.get(fact.kind, frozenset()) | {fact.id}
    standing = {kind: ids - taken.get(kind, frozenset()) for kind, ids in gone.items()}
    return LateAct(
        before=read_facts(connection, voided=standing),
        after=read_facts(connection, voided=gone),
        at=int(microseconds([late[0].voided_at])[0]),
    )
