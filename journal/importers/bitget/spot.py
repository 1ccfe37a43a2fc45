"""Bitget: spot fills, as the trade history and the order history with details print them.

The trade history is a table of fills. Units stand behind some numbers; the title names the clock,
`Date(UTC+8)`. The order history has a row for each order, and below it a small table of its fills
(see `order_history`). The fee is a cost, in the coin that was received or in another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.money import clip
from journal.importers.bitget import order_history as bitget_order_history
from journal.importers.cells import (
    check_amount,
    check_fee,
    glued,
    grouped,
    identifier,
    positive,
)
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    OtherExport,
    Sample,
    mostly,
    other_export,
    other_of,
)
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import side_of
from journal.importers.zone_titles import without_zones, zone_for, zone_of_titles
from journal.importers.zones import Zone

NAME = "bitget-spot"


class Column(StrEnum):
    """The columns of the trade history."""

    TIME = "Date"
    PAIR = "Trading pair"
    SIDE = "Direction"
    PRICE = "Price"
    AMOUNT = "Amount"
    TOTAL = "Total"
    FEE = "Fee"
    FEE_COIN = "Fee coin"
    ORDER = "Order ID"


_LAYOUT = Layout(Column, delimiters=",;")
_TELLING = frozenset({"Trading pair", "Direction", "Total", "Fee coin", "Order ID"})
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")

_FETCH_SPOT = "export the spot order history with its details instead: Orders, Spot, Export"
_FETCH_API = "fetch the fills from the API instead: /api/v2/mix/order/fill-history"
_OTHERS = (
    OtherExport(
        frozenset({"order source", "Transaction type", "Realized P/L", "NetProfits", "Futures"}),
        "this is Bitget's futures order history, which tells neither fees nor times of fills",
        _FETCH_API,
    ),
    OtherExport(
        frozenset({"Futures", "Margin Mode", "Wallet balance", "Fee"}),
        "this is Bitget's futures transactions, a ledger without prices",
        _FETCH_API,
    ),
    OtherExport(
        frozenset({"order", "Coin", "Available"}),
        "this is Bitget's spot transactions, a ledger without prices",
        _FETCH_SPOT,
    ),
    OtherExport(
        frozenset({"Reference", "Interest coin", "Handling fee", "Start time"}),
        "this is Bitget's Earn export, which holds no fills",
        _FETCH_SPOT,
    ),
)


_POSITION = re.compile(r"\"?[A-Z0-9]+ (?:Long|Short)·(?:Isolated|Cross)")


def identify(sample: Sample) -> Identified:
    """Claim spot fills; recognise the other exports, one of them by its first cells."""
    if any(_POSITION.match(line) for line in sample.lines[:3]):
        return other_export(
            "this is Bitget's futures position history, which lists closed positions, not fills",
            _FETCH_API,
        )
    for header in without_zones(sample).headers(lines=1):
        other = other_of(_OTHERS, header)
        if other is not NOT_MINE:
            return other
        if mostly(_TELLING, header) or bitget_order_history.is_ours(header):
            return MINE
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    plain, named = zone_of_titles(file)
    headers = Sample.of(plain.data[: 1 << 12]).headers(lines=1)
    zone = zone_for(file, named, options.zone)
    if any(bitget_order_history.is_ours(header) for header in headers):
        lines = bitget_order_history.executions(plain)
        reading = collect(lines, lambda line: bitget_order_history.event(line, zone, NAME))
    else:
        reading = collect(read_table(plain, _LAYOUT), lambda line: _event(line, zone))
    return replace(reading, rows=oldest_first(reading.rows), used_zone=named is None)


def _event(line: TableRow, zone: Zone) -> Event:
    base, quote = split_pair(line[Column.PAIR])
    quantity = positive(_with_unit(line[Column.AMOUNT], Column.AMOUNT, base), Column.AMOUNT)
    price = positive(_with_unit(line[Column.PRICE], Column.PRICE, quote), Column.PRICE)
    total = _with_unit(line[Column.TOTAL], Column.TOTAL, quote)
    check_amount(quantity, price, total, Column.TOTAL)
    fill = Fill(
        f"{base}-{quote}".upper(),
        side_of(line[Column.SIDE], Column.SIDE),
        quantity,
        price,
        _fee(line, {base: quantity, quote: total}),
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        source=NAME,
    )
    return Event(_TIME.read(line[Column.TIME], zone), fill)


def _with_unit(cell: str, what: str, unit: str) -> Decimal:
    """Read a number that may have its unit behind it."""
    if cell[-1:].isalpha():
        return glued(cell, what, (unit,))[0]
    return grouped(cell, what)


def _fee(line: TableRow, traded: Mapping[str, Decimal]) -> Fee:
    coin = line[Column.FEE_COIN]
    if not coin.isalnum():
        raise InputError(f"fee coin {clip(coin)!r} is not a coin")
    fee = Fee(_with_unit(line[Column.FEE], Column.FEE, coin), coin)
    check_fee(fee, traded)
    return Fee(fee.amount, coin.upper())


IMPORTER = Importer(NAME, "Bitget spot fills (CSV)", identify, read)
