"""The pre-trade sheet of a plan that is not locked yet, with or without a journal."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.facts import Facts
from journal.book.judging import judge
from journal.domain.event import AccountEntry, PlanEntry
from journal.domain.moment import Moment
from journal.domain.notation import Known, parse
from journal.rules import RULES
from journal.storage.reading import Scope, read_facts
from journal.usecases.draft import drafted
from journal.usecases.plan_sheet import PlanSheet, plan_sheet
from journal.usecases.session import Session


def try_plan(
    text: str, now: datetime, *, session: Session | None = None, source: str = ""
) -> PlanSheet:
    """Return the sheet of the one plan in a journal text; a plan without a time is of `now`.

    Accounts, instruments and policies come from the text, on top of what the journal of the
    session knows, if there is one.
    """
    at = Moment.of(now)
    known, journal = (Known(), Facts()) if session is None else _background(session)
    events = parse(text, known, now=at, source=source)
    if any(isinstance(event.body, AccountEntry) for event in events):
        # A text with its own account is read in that one, not in the journal's.
        events = parse(text, replace(known, default_account=None), now=at, source=source)
    facts = drafted(events, journal, at)
    for event in events:
        if isinstance(event.body, PlanEntry):
            facts.instruments[event.body.symbol].known_multiplier()
    locked = max(to_microseconds(event.at.at) for event in events)
    book = build(facts, max(locked, to_microseconds(now)))
    return plan_sheet(judge(book, RULES), version=0)


def _background(session: Session) -> tuple[Known, Facts]:
    """Return what the journal states of accounts, instruments and policies; it need not trade."""
    directory = session.directory()
    nothing_traded = Scope(directory.default_account, symbol="")
    return directory.known(), read_facts(session.connection, nothing_traded)
