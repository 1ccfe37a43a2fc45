"""Reading a venue's file in a test as the command line would, and what came of it."""

from __future__ import annotations

from pathlib import Path

from journal.domain.event import Funding
from journal.domain.fill import Fill
from journal.domain.notation import format_events
from journal.importers.archives import unpacked
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

EXPORTS = Path(__file__).with_name("exports")


def own(export: str) -> bytes:
    """Return the bytes of one of the project's own exports, `FORMAT/NAME.EXT`."""
    return (EXPORTS / export).read_bytes()


def read_as(name: str, data: bytes | str, zone: str | None = None) -> Reading:
    """Read what exactly this format must claim."""
    packed = SourceFile("export.csv", data.encode() if isinstance(data, str) else data)
    (file,) = unpacked(packed)
    importer = choose(file, IMPORTERS)
    assert importer.name == name
    return importer.read(file, ReadOptions(zone_of(zone) if zone else None))


def read_path(name: str, path: Path, zone: str | None = None) -> Reading:
    """Read a file of which no row may be refused."""
    reading = read_as(name, path.read_bytes(), zone)
    assert not reading.refused
    return reading


def fills(reading: Reading) -> list[Fill]:
    """Return the fills, oldest first."""
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def fundings(reading: Reading) -> list[Funding]:
    """Return the funding payments, oldest first."""
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Funding)]


def lines(reading: Reading) -> list[str]:
    """Return what was read as lines of journal text."""
    return [format_events([row.event], {}).strip() for row in reading.rows]


def reasons(reading: Reading) -> list[str]:
    """Return why rows were refused."""
    return [row.reason for row in reading.refused]
