"""Maps and tables for tests: a base map, and changes to its lines."""

from __future__ import annotations

from journal.domain.notation import format_events
from journal.importers.mapped.fills import importer_of
from journal.importers.mapped.mapping import Map
from journal.importers.mapped.toml import read_map
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

BASE = """\
name = "my-broker"
[file]
decimal = "."
[columns]
time = "Time"
symbol = "Symbol"
side = "Side"
quantity = "Quantity"
price = "Price"
amount = "Total"
fee = "Fee"
[time]
format = "YYYY-MM-DD hh:mm"
zone = "UTC"
[side]
buy = ["Buy", "Bought"]
sell = "Sell"
[amount]
is = "net"
[fee]
sign = "cost"
currency = "USD"
[symbol]
kind = "as written"
"""

HEADER = "Time,Symbol,Side,Quantity,Price,Total,Fee\n"


def changed(*changes: str) -> Map:
    """Return the base map after changes such as `decimal = "." -> decimal = ","`."""
    return read_map(SourceFile("my.toml", changed_text(changes).encode()))


def changed_text(changes: tuple[str, ...] | list[str]) -> str:
    """Return its text; a backslash and n stand for a new line."""
    text = BASE
    for change in changes:
        old, new = (part.strip() for part in change.split("->"))
        assert f"{old}\n" in text, old
        text = text.replace(f"{old}\n", new.replace("\\n", "\n") + "\n", 1)
    return text


def read(mapping: Map, text: str | bytes, options: ReadOptions | None = None) -> Reading:
    """Read a table by a map."""
    data = text if isinstance(text, bytes) else text.encode()
    zone = zone_of(mapping.zone) if mapping.zone else None
    return importer_of(mapping).read(SourceFile("t.csv", data), options or ReadOptions(zone))


def fills(reading: Reading) -> list[str]:
    """Return what was read as journal text, a line each, without the source."""
    text = format_events([row.event for row in reading.rows], {})
    return [line.replace(" source my-broker", "") for line in text.splitlines()]


def refusals(reading: Reading) -> list[str]:
    """Return the refused rows."""
    return [f"{row.number}: {row.reason}" for row in reading.refused]
