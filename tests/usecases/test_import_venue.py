"""What a venue's file is compared with, and what is kept of the file itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.domain.notation import parse
from journal.importers.dedup import Comparison
from journal.importers.reading import Reading, Row
from journal.importers.source import SourceFile
from journal.storage.entries import append
from journal.storage.imported_zones import remembered_zone
from journal.usecases.import_venue import VenueImport
from journal.usecases.log_fill import log_fill
from journal.usecases.session import Session
from journal.usecases.typed import Typed

FILL = "2026-01-05T{} fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"


@pytest.fixture
def session(journal_db: Path) -> Iterator[Session]:
    with Session(journal_db, lambda: datetime(2026, 1, 9, tzinfo=UTC)) as opened:
        yield opened


def imported(session: Session, text: str, zone: str | None = None) -> Comparison:
    """Import journal text as if a venue without ids had said it."""
    reading = Reading([Row(event, event.line or 0) for event in parse(text)])
    with session.journal.writing() as writing:
        venue = VenueImport.of(writing, "a.csv", reading, session.directory(), None, session.now())
        comparison = venue.compared()
        if comparison.new:
            rows = venue.stored_rows(comparison, SourceFile("a.csv", b""), "mt5", zone)
            append(writing, "import", session.now(), rows)
    return comparison


def test_a_fill_known_to_the_second_is_not_found_by_hand_once_more(session: Session) -> None:
    """Two rows of the file and one fill of the journal: one of them is new."""
    log_fill(session, Typed("fill BTC-USDT buy 3 @ 100 fee 0.3 USDT", at="2026-01-05T14:30:00Z"))
    found = imported(session, FILL.format("14:30:00Z") + FILL.format("14:33:00Z"))
    assert ([row.number for row in found.new], found.known) == ([2], 1)
    assert (found.by_hand, found.doubts) == ([], [])


def test_equal_rows_of_one_instant_stay_known_when_they_come_again(session: Session) -> None:
    log_fill(session, Typed("fill BTC-USDT buy 3 @ 100 fee 0.3 USDT", at="2026-01-05T14:30Z"))
    twice = FILL.format("14:30:05Z") * 2
    first, again = imported(session, twice), imported(session, twice)
    assert (len(first.new), first.known) == (1, 1)
    assert (len(again.new), again.known) == (0, 2)


def test_the_zone_a_file_was_read_in_is_kept_with_its_account(session: Session) -> None:
    imported(session, FILL.format("14:30:00Z"), "Europe/Athens")
    assert remembered_zone(session.connection, "main", "mt5") == "Europe/Athens"
