"""Coinbase: the fills of Pro and Advanced, as their Fills statement prints them.

Every row is an execution. The fee is a cost in the quote currency; `total` is what the balance
changed by, fee included, negative for a buy, and serves as a check of the other numbers.
Statements from before there were portfolios (2018) lack that column.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, identifier, number, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import side_of

NAME = "coinbase-fills"


class Column(StrEnum):
    """The columns of the Fills statement."""

    PORTFOLIO = "portfolio"
    TRADE = "trade id"
    PRODUCT = "product"
    SIDE = "side"
    CREATED = "created at"
    SIZE = "size"
    SIZE_UNIT = "size unit"
    PRICE = "price"
    FEE = "fee"
    TOTAL = "total"
    UNIT = "price/fee/total unit"


_LAYOUT = Layout(Column, optional=frozenset({Column.PORTFOLIO}))
_TELLING = frozenset({"trade id", "product", "created at", "size unit", "price/fee/total unit"})
_TIME = TimeFormat("YYYY-MM-DDThh:mm:ss.fZ")


def identify(sample: Sample) -> Identified:
    """Claim the statement of fills."""
    return MINE if mostly(_TELLING, sample.header()) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    reading = collect(
        read_table(file, _LAYOUT), _event, lambda line: line[Column.PORTFOLIO] or None
    )
    return replace(reading, rows=oldest_first(reading.rows))


def _event(line: TableRow) -> Event:
    base, quote = split_pair(line[Column.PRODUCT])
    if (line[Column.SIZE_UNIT], line[Column.UNIT]) != (base, quote):
        raise InputError(
            f"product {clip(line[Column.PRODUCT])!r} is not of {clip(line[Column.SIZE_UNIT])!r} "
            f"in {clip(line[Column.UNIT])!r}"
        )
    fill = Fill(
        f"{base}-{quote}",
        side_of(line[Column.SIDE], Column.SIDE),
        positive(number(line[Column.SIZE], Column.SIZE), Column.SIZE),
        positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE),
        Fee(number(line[Column.FEE], Column.FEE), quote),
        venue_id=identifier(line[Column.TRADE], Column.TRADE),
        source=NAME,
    )
    _check_total(fill, line)
    return Event(_TIME.read(line[Column.CREATED], what=Column.CREATED), fill)


def _check_total(fill: Fill, line: TableRow) -> None:
    total = number(line[Column.TOTAL], Column.TOTAL)
    if total * fill.side.sign > 0:
        raise InputError(f"a {fill.side} cannot change the balance by {total}")
    paid = fill.fee.amount if fill.fee else 0
    check_amount(fill.quantity, fill.price, EXACT.add(total, paid), "total less fee")


IMPORTER = Importer(NAME, "Coinbase Pro and Advanced fills (CSV)", identify, read)
