"""Binance: the spot trade history as it is exported since 2021.

Every row is a fill; amounts have their coin glued on (`5.11INCH` is 5.1 of 1INCH), sometimes with
thousands commas. Times are UTC where the column says so (`Date(UTC)`); files of 2025 and later
head it `Time` and tell no zone. The fee is a cost. There are no ids: equal rows are fills of
their own. Spreadsheets have left rows that are one quoted cell, or whose quotes are doubled.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fill
from journal.domain.money import clip
from journal.importers.binance.cells import at, glued_fee, tells_utc
from journal.importers.binance.other_exports import other_export_of_binance
from journal.importers.cells import check_amount, check_fee, grouped, positive
from journal.importers.importer import MINE, Identified, Importer, Sample, other_export
from journal.importers.order import oldest_first
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.words import side_of
from journal.importers.zones import UTC_ZONE, Zone, asked_zone

NAME = "binance-spot"


class Column(StrEnum):
    """The columns of the trade history; the time has one of two titles."""

    DATE = "Date(UTC)"
    TIME = "Time"
    PAIR = "Pair"
    SIDE = "Side"
    PRICE = "Price"
    EXECUTED = "Executed"
    AMOUNT = "Amount"
    FEE = "Fee"


_LAYOUT = Layout(Column, optional=frozenset({Column.DATE, Column.TIME}))
_COLUMNS = frozenset(Column)
_ENOUGH = 6
# A row of this export below titles of another language.
_ROW = re.compile(
    r'"?(?:\d\d)?\d\d-\d\d-\d\d \d\d:\d\d:\d\d,[A-Z0-9]+,(?:BUY|SELL),[\d.," ]+,'
    r'"*[\d.,]+[A-Z0-9]+"*,"*[\d.,]+[A-Z0-9]+"*,"*[\d.,]+[A-Z0-9]+"*',
    re.ASCII,
)


def identify(sample: Sample) -> Identified:
    """Claim the trade history with glued units; recognise it in another language."""
    header = frozenset(sample.header())
    known = header & _COLUMNS
    if len(known) >= _ENOUGH and (Column.EXECUTED in known or known == header):
        return MINE
    if not known and len(sample.lines) > 1 and _ROW.fullmatch(sample.lines[1].strip()):
        return other_export(
            "this is Binance's spot trade history with its titles in another language",
            "set Binance to English and export it again",
        )
    return other_export_of_binance(sample)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    rows = list(_rows(file))
    told = tells_utc(file, rows, str(Column.DATE), str(Column.TIME))
    zone = UTC_ZONE if told else asked_zone(options.zone, file.name)
    reading = collect(rows, lambda line: _event(line, zone))
    return replace(reading, rows=oldest_first(reading.rows), used_zone=not told)


def _rows(file: SourceFile) -> Iterator[TableRow]:
    """Yield the rows, their cells unwrapped, their text as the file has it."""
    lines = file.text().replace("\ufeff", "").splitlines(keepends=True)
    plain = replace(file, data="".join(_unwrapped(line) for line in lines).encode())
    for row in read_table(plain, _LAYOUT):
        yield replace(row, raw=lines[row.number - 1].rstrip("\r\n"))


def _unwrapped(line: str) -> str:
    """Return a row without the quotes that a spreadsheet put around it, or doubled inside it."""
    text = line.rstrip("\r\n")
    end = line[len(text) :]
    cells = _cells(text)
    if len(cells) == 1 and "," in cells[0]:
        text = cells[0]
        cells = _cells(text)
    if not cells and '""' in text:
        text = text.replace('""', '"')
    return text + end


def _cells(text: str) -> list[str]:
    try:
        return next(csv.reader([text], strict=True), [])
    except csv.Error:
        return []


def _event(line: TableRow, zone: Zone) -> Event:
    way = side_of(line[Column.SIDE], Column.SIDE)
    base, quantity, quote, amount = _coins(line)
    price = positive(grouped(line[Column.PRICE], Column.PRICE), Column.PRICE)
    check_amount(quantity, price, amount)
    fee = glued_fee(line[Column.FEE], (base, quote))
    check_fee(fee, {base: quantity, quote: amount})
    return Event(
        at(line[Column.DATE] or line[Column.TIME], zone),
        Fill(f"{base}-{quote}", way, quantity, price, fee, source=NAME),
    )


def _coins(line: TableRow) -> tuple[str, Decimal, str, Decimal]:
    """Return base, quantity, quote and amount: the pair says where numbers end and coins begin."""
    pair, executed, amount = line[Column.PAIR], line[Column.EXECUTED], line[Column.AMOUNT]
    for split in range(1, len(pair)):
        base, quote = pair[:split], pair[split:]
        if executed.endswith(base) and amount.endswith(quote):
            return (
                base,
                positive(_number(executed, base, Column.EXECUTED), Column.EXECUTED),
                quote,
                _number(amount, quote, Column.AMOUNT),
            )
    raise InputError(
        f"Executed {clip(executed)!r} and Amount {clip(amount)!r} are not in the coins of the "
        f"pair {clip(pair)!r}"
    )


def _number(cell: str, coin: str, what: str) -> Decimal:
    return grouped(cell.removesuffix(coin), what)


IMPORTER = Importer(NAME, "Binance spot trade history (CSV)", identify, read)
