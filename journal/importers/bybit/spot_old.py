"""Bybit: Trade History of spot in accounts before the Unified Trading Account (CSV).

Every row is an execution, each number with its unit behind it. The fee is a cost in the coin of
its unit. Two columns tell the time: local without a zone first, UTC last; the first serves as a
check. The ids are cut to their last eight digits, too few to tell fills apart by: they are not
taken as ids of fills, and equal rows are told apart by their number.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers.cells import check_amount, check_fee, glued, identifier, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import side_of

NAME = "bybit-spot-old"


class Column(StrEnum):
    """The columns of the export until 2024."""

    LOCAL_TIME = "Filled Time (Local Time)"
    PAIR = "Spot Pairs"
    ORDER_TYPE = "Order Type"
    SIDE = "Direction"
    VALUE = "Filled Value"
    PRICE = "Filled Price"
    QUANTITY = "Filled Quantity"
    FEES = "Fees"
    TRANSACTION = "Transaction ID"
    ORDER = "Order No."
    TIME = "Timestamp (UTC)"


_LAYOUT = Layout(Column, preamble=1, ends_lines=False)
_TELLING = frozenset({"Spot Pairs", "Filled Value", "Filled Quantity", "Fees", "Timestamp (UTC)"})
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")
_UNITS = re.compile(r"\d [A-Z0-9]{2,20},", re.ASCII)
_MINUTES = re.compile(r",\d{2}:\d{2} \d{4}-", re.ASCII)
_LOCAL = "(Local Time)"
_CUT_ID = re.compile(r"\d{1,8}", re.ASCII)

# All zones lie within this of UTC, on a quarter of an hour.
_FARTHEST_ZONE = timedelta(hours=14)
_ZONE_STEP = timedelta(minutes=15)


def identify(sample: Sample) -> Identified:
    """Claim a trade history of spot with units, rather than times to the minute, in its cells."""
    old = len(_UNITS.findall(sample.text)) + (_LOCAL in sample.text)
    if old <= len(_MINUTES.findall(sample.text)):
        return NOT_MINE
    return MINE if any(mostly(_TELLING, header) for header in sample.headers(2, ",")) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    reading = collect(read_table(file, _LAYOUT), _event)
    return replace(reading, rows=oldest_first(reading.rows, usually_newest_first=True))


def _event(line: TableRow) -> Event:
    base, quote = split_pair(line[Column.PAIR])
    side = side_of(line[Column.SIDE], Column.SIDE)
    quantity = positive(glued(line[Column.QUANTITY], Column.QUANTITY, (base,))[0], Column.QUANTITY)
    price = positive(glued(line[Column.PRICE], Column.PRICE, (quote,))[0], Column.PRICE)
    value, _ = glued(line[Column.VALUE], Column.VALUE, (quote,))
    check_amount(quantity, price, value, Column.VALUE)
    fee = Fee(*glued(line[Column.FEES], Column.FEES))
    check_fee(fee, {base: quantity, quote: value})
    transaction = identifier(line[Column.TRANSACTION], Column.TRANSACTION)
    fill = Fill(
        f"{base}-{quote}",
        side,
        quantity,
        price,
        fee,
        venue_id=None if _CUT_ID.fullmatch(transaction) else transaction,
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        source=NAME,
    )
    return Event(_at(line), fill)


def _at(line: TableRow) -> Moment:
    at = _TIME.read(line[Column.TIME], what=Column.TIME)
    local = _TIME.read(line[Column.LOCAL_TIME], what=Column.LOCAL_TIME)
    shift = local.at - at.at
    if abs(shift) > _FARTHEST_ZONE or shift % _ZONE_STEP:
        raise InputError(
            f"{Column.LOCAL_TIME} {clip(line[Column.LOCAL_TIME])!r} and {Column.TIME} "
            f"{clip(line[Column.TIME])!r} are not one time in two zones"
        )
    return at


IMPORTER = Importer(NAME, "Bybit Trade History of spot before the UTA (CSV)", identify, read)
