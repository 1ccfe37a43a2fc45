"""Webull: the order records of a United States account as CSV.

Rows are orders, filled at an average price; one that was cancelled may be filled in part, so the
filled quantity decides and not the status. `Price` is the limit, marked with an @. There are no
ids and no fees: what was charged is not known. Time zones stand in the cells of newer files. A
short sale of shares is called one, so that a plain sale can only end what was held; what covers it
is a plain buy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.moment import Moment
from journal.domain.money import EXACT, clip
from journal.importers import cme
from journal.importers.cells import grouped, positive
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    Identified,
    Importer,
    OtherExport,
    Sample,
    mostly,
    other_of,
)
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.us_zones import named_zone
from journal.importers.words import SIDES, one_of
from journal.importers.zones import Zone, asked_zone

NAME = "webull"


class Column(StrEnum):
    """The columns of the order records."""

    NAME = "Name"
    SYMBOL = "Symbol"
    SIDE = "Side"
    STATUS = "Status"
    FILLED = "Filled"
    ORDERED = "Total Qty"
    PRICE = "Price"
    AVERAGE = "Avg Price"
    LASTING = "Time-in-Force"
    PLACED = "Placed Time"
    TIME = "Filled Time"


_TELLING = frozenset({"Filled", "Total Qty", "Avg Price", "Time-in-Force", "Placed Time"})
_FETCH = "export the order records instead: the app, Account, History, Export Orders, CSV"
_OTHER_EXPORTS = (
    OtherExport(
        frozenset({"Symbol & Name", "Trade Date", "Buy/Sell", "Traded Price", "Comm/Fee/Tax"}),
        "this is the trade record of Webull outside the United States, which is not read here",
        _FETCH,
    ),
    OtherExport(
        frozenset({"B/S", "Side Type", "Filled Qty", "Filled Avg Price"}),
        "this is another list of Webull's orders, which does not say what their zone is",
        _FETCH,
    ),
)
_SIDES = {**SIDES, "short": Side.SELL}
_UNFILLED = {
    "Cancelled": "cancelled order",
    "Canceled": "cancelled order",
    "Failed": "failed order",
    "Rejected": "rejected order",
    "Expired": "expired order",
    "Pending": "pending order",
    "Working": "pending order",
    "Submitted": "pending order",
}
_PARTLY = frozenset({*_UNFILLED, "Partially Filled", "Partial Filled", "PartiallyFilled"})
_OPTION = re.compile(r"[A-Z.]{1,6}\d{6}[CP]\d{8}", re.ASCII)
_TIME = re.compile(
    r"(\S+ \d{2}:\d{2}:\d{2})(?:[ ,]+([A-Z]{3}(?:[+-]\d{1,2}(?::?\d{2})?)?))?", re.ASCII
)
_FORMATS = (TimeFormat("MM/DD/YYYY hh:mm:ss"), TimeFormat("YYYY/MM/DD hh:mm:ss"))
_DIGIT = re.compile(r"[1-9]", re.ASCII)
# No order is filled this many times above or below its own price.
_FARTHEST = Decimal(5)


def identify(sample: Sample) -> Identified:
    """Claim the order records; know other countries' exports."""
    header = sample.header()
    if mostly(_TELLING, header):
        return MINE
    return other_of(_OTHER_EXPORTS, header)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read what was filled, oldest first."""
    clock = _Clock(options.zone)
    lines = list(read_table(file, Column))
    if any(_zone_is_missing(line) for line in lines):
        asked_zone(options.zone, file.name)
        clock.is_used = True
    reading = collect(lines, lambda line: _said(line, clock))
    reading = replace(reading, rows=oldest_first(reading.rows), used_zone=clock.is_used)
    return declared(reading, _terms)


@dataclass(slots=True)
class _Clock:
    """The zone of times that have none in their cells."""

    zone: Zone | None
    is_used: bool = False

    def read(self, text: str) -> Moment:
        match = _TIME.fullmatch(text)
        if match is None:
            raise InputError(f"Filled Time {clip(text)!r} is not a time of Webull's")
        zone = named_zone(match[2]) if match[2] else asked_zone(self.zone)
        american, iso = _FORMATS
        return (american if american.fits(match[1]) else iso).read(match[1], zone, Column.TIME)


def _zone_is_missing(line: TableRow) -> bool:
    match = _TIME.fullmatch(line[Column.TIME])
    return bool(match and not match[2])


def _said(line: TableRow, clock: _Clock) -> Event | Ignored:
    status, symbol = line[Column.STATUS], line[Column.SYMBOL]
    side = one_of(_SIDES, line[Column.SIDE], Column.SIDE)
    filled = _quantity(line, Column.FILLED) if line[Column.FILLED] else Decimal(0)
    _check_filled(line, filled)
    if _OPTION.fullmatch(symbol):
        return Ignored("option")
    if not symbol and line[Column.NAME]:
        # The legs stand below it, each with its own symbol.
        return Ignored("strategy of several options")
    if filled == 0:
        return Ignored(_UNFILLED.get(status, "order that was not filled"))
    symbol = symbol.replace(" ", ".")
    check_symbol(symbol)
    average = positive(_price(line, Column.AVERAGE), Column.AVERAGE)
    _check_price(line, average)
    fill = Fill(symbol, side, filled, average, closes=_closes(line), source=NAME)
    return Event(clock.read(line[Column.TIME]), fill)


def _closes(line: TableRow) -> bool:
    """Whether it is a plain sale of shares: a short has a word of its own, but not in futures."""
    return line[Column.SIDE].lower() == "sell" and cme.product_of(line[Column.SYMBOL]) is None


def _quantity(line: TableRow, column: Column) -> Decimal:
    return grouped(line[column], column)


def _price(line: TableRow, column: Column) -> Decimal:
    return grouped(line[column].removeprefix("@").removeprefix("$"), column)


def _check_filled(line: TableRow, filled: Decimal) -> None:
    """Refuse an order that is filled to another extent than its status says."""
    status, ordered = line[Column.STATUS], _quantity(line, Column.ORDERED)
    if status != "Filled" and status not in _PARTLY:
        raise InputError(f"the status {clip(status)!r} is not known")
    if filled < 0 or filled > ordered or (status == "Filled") != (filled == ordered):
        raise InputError(f"an order of {ordered} with {filled} filled is not {status!r}")


def _check_price(line: TableRow, average: Decimal) -> None:
    """Refuse an average far from the order's own price, if it has one: a mark was lost."""
    if not _DIGIT.search(line[Column.PRICE]):
        return
    price = _price(line, Column.PRICE)
    low, high = sorted((price, average))
    if high > EXACT.multiply(low, _FARTHEST):
        raise InputError(
            f"an average price of {average} for an order at {price}: a cell was changed",
            hint="import the file exactly as it was exported",
        )


def _terms(symbol: str) -> InstrumentTerms | None:
    product = cme.product_of(symbol)
    if product is None:
        return None
    return InstrumentTerms(
        kind=Kind.LINEAR,
        base=product,
        quote=cme.CURRENCY,
        multiplier=cme.POINT_VALUES.get(product),
    )


IMPORTER = Importer(NAME, "Webull order records (CSV)", identify, read)
