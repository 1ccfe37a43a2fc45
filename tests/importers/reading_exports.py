"""Reading a file as the command line does, for tests of single formats."""

from __future__ import annotations

from pathlib import Path

from journal.domain.fill import Fill
from journal.domain.notation import format_events
from journal.importers import IMPORTERS
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_EXPORTS = Path(__file__).with_name("exports")


def own(export: str) -> bytes:
    """Return the bytes of one of the project's own exports, `FORMAT/NAME.EXT`."""
    return (_EXPORTS / export).read_bytes()


def read_as(format_name: str, data: bytes | str, zone: str | None = None) -> Reading:
    """Read a file that this format must claim, alone."""
    file = SourceFile("export.csv", data.encode() if isinstance(data, str) else data)
    importer = choose(file, IMPORTERS)
    assert importer.name == format_name
    return importer.read(file, ReadOptions(zone_of(zone) if zone else None))


def fills_of(reading: Reading) -> list[Fill]:
    """Return the fills that were read."""
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def lines_of(reading: Reading) -> list[str]:
    """Return what was read as lines of journal text."""
    return [format_events([row.event], {}).strip() for row in reading.rows]
