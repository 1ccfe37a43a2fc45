"""Flex queries made up from a few attributes, for tests."""

from __future__ import annotations

from journal.domain.fill import Fill
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_TRADE = {
    "accountId": "U1",
    "currency": "USD",
    "assetCategory": "STK",
    "symbol": "ACME",
    "tradeID": "71",
    "dateTime": "20260105;093000",
    "quantity": "10",
    "tradePrice": "12.5",
    "ibCommission": "-1",
    "buySell": "BUY",
    "levelOfDetail": "EXECUTION",
}


def trade(element: str = "Trade", /, **changed: str) -> str:
    """Return one execution; an attribute set to nothing is left out."""
    values = {name: value for name, value in {**_TRADE, **changed}.items() if value}
    return f"<{element} " + " ".join(f'{name}="{value}"' for name, value in values.items()) + " />"


def query(*rows: str, section: str = "Trades") -> bytes:
    """Return a Flex query of one statement with these rows."""
    inside = "\n".join(rows)
    return (
        '<FlexQueryResponse queryName="q" type="AF">\n<FlexStatements count="1">\n'
        f'<FlexStatement accountId="U1">\n<{section}>\n{inside}\n</{section}>\n'
        "</FlexStatement>\n</FlexStatements>\n</FlexQueryResponse>\n"
    ).encode()


def read(data: bytes, zone: str | None = "UTC") -> Reading:
    """Read a file as the importer that claims it does."""
    file = SourceFile("flex", data)
    return choose(file, IMPORTERS).read(file, ReadOptions(zone_of(zone) if zone else None))


def fills(reading: Reading) -> list[Fill]:
    """Return the fills of a reading."""
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]
