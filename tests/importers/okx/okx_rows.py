"""Rows of OKX's Trading History, written by hand."""

from __future__ import annotations

from decimal import Decimal

from journal.domain.fill import Fill
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

HEAD = (
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,"
    "Position Change,Position Balance,Balance Change,Balance,Balance Unit"
)
UTC_HEAD = "UID:7,Account Type:Main,Time Zone:UTC+0"


def read_okx(*lines: str, zone: str | None = None) -> Reading:
    """Read a Trading History of these lines."""
    file = SourceFile("okx.csv", "".join(f"{line}\n" for line in lines).encode())
    importer = choose(file, IMPORTERS)
    assert importer.name == "okx-trades"
    return importer.read(file, ReadOptions(zone_of(zone) if zone else None))


def swap(number: int, action: str, amount: str, pnl: str = "0", margin: str = "0,0") -> str:
    """Return a fill of a contract whose fee is 0.25 and whose balances fit."""
    fee = Decimal("-0.25")
    moved = Decimal(pnl) + fee - Decimal(margin.split(",", maxsplit=1)[0])
    return (
        f"{number},{number}9,2026-02-03 10:00:{number:02},Swap,SOL-USDT-SWAP,{action},{amount},"
        f"cont,100,{pnl},{fee},USDT,{margin},{moved},1000,USDT"
    )


def fills_of(reading: Reading) -> list[Fill]:
    """Return the fills of a reading without refused rows."""
    assert not reading.refused
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def reasons_of(reading: Reading) -> list[str]:
    """Return why rows were refused, none of them read."""
    assert not reading.rows
    return [row.reason for row in reading.refused]
