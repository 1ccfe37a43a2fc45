"""The whole journal as a book, and judged."""

from __future__ import annotations

import sqlite3

from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.judging import Judgement, judge
from journal.book.tables import Book
from journal.domain.moment import Moment
from journal.rules import RULES
from journal.storage.reading import read_facts
from journal.usecases.late_acts import late_acts
from journal.usecases.session import Session
from journal.usecases.withdrawn import with_withdrawn


def read_book(session: Session) -> Book:
    """Return everything in the journal, as of the session's present."""
    with session.journal.reading() as connection:
        facts = read_facts(connection)
    return build(facts, to_microseconds(session.now().at))


def read_judgement(session: Session) -> Judgement:
    """Return everything in the journal with what every rule says of it."""
    with session.journal.reading() as connection:
        return judged_journal(connection, session.now())


def judged_journal(connection: sqlite3.Connection, now: Moment) -> Judgement:
    """Return the same from an open transaction; what was taken back too late counts on."""
    book = build(read_facts(connection), to_microseconds(now.at))
    acts = late_acts(connection, book)
    return with_withdrawn(judge(book, RULES), acts)
