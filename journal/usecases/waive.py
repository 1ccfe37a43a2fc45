"""Waiving a violation: the trader's reason, stored beside it; it counts as before."""

from __future__ import annotations

from dataclasses import dataclass

from journal.book.judging import Judgement
from journal.domain.errors import InputError
from journal.domain.event import Event, Waiver
from journal.domain.money import clip
from journal.domain.notation import quoted
from journal.storage.entries import EntryReceipt, append
from journal.storage.rows import Resolved, fact_id, rows_of
from journal.usecases.books import judged_journal
from journal.usecases.near_matches import near_matches
from journal.usecases.session import Session


@dataclass(frozen=True, slots=True)
class Waived:
    """A waiver written; `id` is its number among waivers."""

    violation: str
    reason: str
    id: int
    receipt: EntryReceipt


def waive(session: Session, name: str, reason: str | None) -> Waived:
    """Store a reason for a violation that stands now and has none yet."""
    if reason is None or not reason.strip():
        raise InputError("a waiver needs a reason", hint='give it with --why "..."')
    quoted(reason)  # refuses what no journal text can hold
    with session.journal.writing() as writing:
        now = session.now()
        violation = _standing(judged_journal(writing.connection, now), name)
        event = Event(now, Waiver(violation, reason), recorded=now)
        rows = rows_of(Resolved(event), writing.next_id)
        receipt = append(writing, "waive", now, rows)
    return Waived(violation, reason, fact_id(rows), receipt)


def _standing(judgement: Judgement, name: str) -> str:
    """Return the id of the violation meant, which small letters may spell."""
    violations = {violation.id: violation for violation in judgement.violations()}
    found = {each.casefold(): each for each in violations}.get(name.casefold())
    if found is None:
        raise InputError(
            f"there is no violation {clip(name)!r}",
            hint=near_matches(name, violations) or "`journal check` lists them, each with its name",
        )
    if violations[found].waived is not None:
        raise InputError(
            f"{found} is waived already: {clip(violations[found].waived or '')}",
            hint="`journal undo ENTRY` takes a waiver back",
        )
    return found
