"""The whole journal as a book, and judged."""

from __future__ import annotations

from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.judging import Judgement, judge
from journal.book.tables import Book
from journal.rules import RULES
from journal.storage.reading import read_facts
from journal.usecases.session import Session


def read_book(session: Session) -> Book:
    """Return everything in the journal, as of the session's present."""
    with session.journal.reading() as connection:
        facts = read_facts(connection)
    return build(facts, to_microseconds(session.now().at))


def read_judgement(session: Session) -> Judgement:
    """Return everything in the journal with what every rule says of it."""
    return judge(read_book(session), RULES)
