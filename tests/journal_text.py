"""Journal text as a book: imported as `journal import` does it, into a journal in memory."""

from __future__ import annotations

from datetime import UTC, datetime

from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.facts import Facts
from journal.book.tables import Book
from journal.domain.moment import Moment
from journal.importers import journal_text
from journal.importers.reading import ReadOptions
from journal.importers.source import SourceFile
from journal.storage.database import memory
from journal.storage.directory import read_directory
from journal.storage.entries import append
from journal.storage.reading import read_facts
from journal.usecases.import_text import TextImport

AS_OF = datetime(2026, 11, 22, tzinfo=UTC)


def book_of(text: str, as_of: datetime = AS_OF) -> Book:
    """Return the book of a journal that was imported from this text."""
    return build(facts_of(text), to_microseconds(as_of))


def facts_of(text: str) -> Facts:
    """Return what storage hands over after importing this text; the n-th fill is fill n."""
    now = Moment.of(AS_OF)
    with memory() as journal:
        with journal.writing() as writing:
            directory = read_directory(journal.connection)
            source = SourceFile("text", text.encode())
            reading = journal_text.read(source, ReadOptions(None, directory.known()))
            incoming = TextImport.of(writing, source.name, reading.rows, directory, None, now)
            append(writing, "import", now, incoming.stored_rows(*incoming.compared()))
        return read_facts(journal.connection)
