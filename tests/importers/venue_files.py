"""Reading files in tests as the command line would."""

from __future__ import annotations

from pathlib import Path

from journal.domain.fill import Fill
from journal.importers import IMPORTERS
from journal.importers.archives import unpacked
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

EXPORTS = Path(__file__).with_name("exports")


def read_as(name: str, data: bytes, timezone: str | None = None) -> Reading:
    """Read what only that format may claim."""
    (file,) = unpacked(SourceFile("export.csv", data))
    importer = choose(file, IMPORTERS)
    assert importer.name == name
    return importer.read(file, ReadOptions(zone_of(timezone) if timezone else None))


def fills(reading: Reading) -> list[Fill]:
    """Return the fills of a reading."""
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def reasons(reading: Reading) -> list[str]:
    """Return why rows are refused."""
    return [row.reason for row in reading.refused]
