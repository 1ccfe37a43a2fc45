"""Binance: the spot trade history as it was exported until 2021.

Every row is a fill, in UTC, by comma or semicolon. The fee is a cost in the coin received or in
BNB. There are no ids: equal rows are fills of their own. `Total` is price times amount.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from journal.domain.event import Event
from journal.domain.fill import Fill
from journal.importers.binance.cells import at, fee, pair
from journal.importers.binance.other_exports import other_export_of_binance
from journal.importers.cells import check_amount, check_fee, number, positive
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.words import side_of

NAME = "binance-spot-v1"


class Column(StrEnum):
    """The columns of the trade history."""

    DATE = "Date(UTC)"
    MARKET = "Market"
    SIDE = "Type"
    PRICE = "Price"
    AMOUNT = "Amount"
    TOTAL = "Total"
    FEE = "Fee"
    FEE_COIN = "Fee Coin"


_LAYOUT = Layout(Column, delimiters=",;")
_TELLING = frozenset({"Market", "Type", "Amount", "Total"})
# Other venues have those four as well.
_ONLY_HERE = frozenset({"Date(UTC)", "Fee Coin"})


def identify(sample: Sample) -> Identified:
    """Claim the trade history whose fee has a column for its coin."""
    if any(header & _ONLY_HERE and mostly(_TELLING, header) for header in sample.headers(1)):
        return MINE
    return other_export_of_binance(sample)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    reading = collect(read_table(file, _LAYOUT), _event)
    return replace(reading, rows=oldest_first(reading.rows))


def _event(line: TableRow) -> Event:
    way, coin = side_of(line[Column.SIDE], Column.SIDE), line[Column.FEE_COIN]
    base, quote = pair(line[Column.MARKET], way, coin)
    quantity = positive(number(line[Column.AMOUNT], Column.AMOUNT), Column.AMOUNT)
    price = positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE)
    total = number(line[Column.TOTAL], Column.TOTAL)
    check_amount(quantity, price, total, "the total")
    paid = fee(line[Column.FEE], coin)
    check_fee(paid, {base: quantity, quote: total})
    return Event(
        at(line[Column.DATE]), Fill(f"{base}-{quote}", way, quantity, price, paid, source=NAME)
    )


IMPORTER = Importer(NAME, "Binance spot trade history until 2021 (CSV)", identify, read)
