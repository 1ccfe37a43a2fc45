"""The zone of a venue's newest file is remembered, for as long as its fills are."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from text_writer import RECORDED, TextWriter

from journal.domain.event import Event, FactKind
from journal.domain.fill import Fill, Side
from journal.storage.database import Journal
from journal.storage.entries import append
from journal.storage.imported_zones import remembered_zone
from journal.storage.rows import Origin, Resolved, Row, fact_id, file_row, rows_of
from journal.storage.verify import verify


def imported(
    journal: Journal, zone: str | None, *, account: str = "main", file_format: str = "mt5"
) -> None:
    """Store a file of two fills."""
    with journal.writing() as writing:

        def rows() -> Iterator[Row]:
            file = file_row(
                "a.csv", "ab" * 32, file_format, 2, writing.next_id, timezone=zone, account=account
            )
            yield file
            for number in (1, 2):
                fill = Fill("EURUSD", Side.BUY, Decimal(1), Decimal(number))
                origin = Origin(fact_id([file]), number, "")
                fact = Resolved(Event(RECORDED, fill), account=account, origin=origin)
                yield from rows_of(fact, writing.next_id)

        append(writing, "import", RECORDED, rows())


def test_nothing_was_imported_yet(journal: Journal) -> None:
    assert remembered_zone(journal.connection, "main", "mt5") is None


def test_the_newest_file_of_that_account_and_format_says_it(journal: Journal) -> None:
    imported(journal, "Europe/Athens")
    imported(journal, "Europe/Berlin")
    imported(journal, "Asia/Tokyo", account="second")
    imported(journal, "America/Chicago", file_format="ninjatrader")
    assert remembered_zone(journal.connection, "main", "mt5") == "Europe/Berlin"
    assert remembered_zone(journal.connection, "second", "mt5") == "Asia/Tokyo"
    assert remembered_zone(journal.connection, "second", "ninjatrader") is None
    assert verify(journal.connection).ok


def test_a_file_that_said_its_own_zone_does_not_hide_the_one_before(journal: Journal) -> None:
    imported(journal, "Europe/Athens")
    imported(journal, None)
    assert remembered_zone(journal.connection, "main", "mt5") == "Europe/Athens"


@pytest.mark.parametrize(
    ("taken_back", "zone"),
    [("3", "Europe/Berlin"), ("3 4", "Europe/Athens"), ("1 2 3 4", None)],
)
def test_an_import_taken_back_is_not_remembered(
    journal: Journal, taken_back: str, zone: str | None
) -> None:
    imported(journal, "Europe/Athens")
    imported(journal, "Europe/Berlin")
    _void(journal, [int(number) for number in taken_back.split()])
    assert remembered_zone(journal.connection, "main", "mt5") == zone


def _void(journal: Journal, fills: list[int]) -> None:
    writer = TextWriter(journal)
    writer.ids[FactKind.FILL] = [1, 2, 3, 4]
    writer.write("".join(f"2026-02-02T12:00Z void fill {number}\n" for number in fills))
