"""Bybit: Trade History of derivatives in a Unified Trading Account (CSV).

A row is an execution, a funding payment or a liquidation, as `Filled Type` says. Fees and funding
are costs where positive, in `feeCoin`: `Trading Fee` counts in the coin of settlement, `ExecFeeV2`
in a third coin. `Direction` is the side of the fill, on funding rows that of the position. Times
are to the minute, day last; the newest stands first, and nothing else orders a minute. Being
deleveraged is a fill like others here: it is not the trader who was liquidated.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import clip
from journal.domain.plan import Direction
from journal.importers.bybit.contracts import Contract, contract, declare, is_option
from journal.importers.bybit.other_exports import other_tables
from journal.importers.cells import identifier, number, positive
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import one_of

NAME = "bybit-perp"


class Column(StrEnum):
    """The columns of the export of 2026."""

    MARKET = "Market"
    TYPE = "Filled Type"
    QUANTITY = "Filled Quantity"
    PRICE = "Filled Price"
    ORDER_PRICE = "Order Price"
    RATE = "Fee Rate"
    FEE = "Trading Fee"
    FEE_COIN = "feeCoin"
    FEE_V2 = "ExecFeeV2"
    DIRECTION = "Direction"
    ORDER_TYPE = "Order Type"
    TRANSACTION = "Trasaction ID"  # Bybit's spelling
    ORDER = "Order No."
    TIME = "Transaction Time(UTC+0)"


_LAYOUT = Layout(Column, preamble=1, ends_lines=False)
_TELLING = frozenset({
    "Filled Type", "Order Price", "Trading Fee", "Trasaction ID", "Transaction Time(UTC+0)",
})  # fmt: skip
_TIME = TimeFormat("hh:mm YYYY-MM-DD")
_NOTHING = ("", "--")
_FUNDING = "Funding"
_FILLS = frozenset({"Trade", "AdlTrade", "BlockTrade", "FutureSpread", "Delivery", "Settle"})
_LIQUIDATIONS = frozenset({"BustTrade", "Liquidation"})
_FARTHEST = Decimal(4)  # even a market order's limit is nearer to its fills
_DIRECTIONS = {"Long": Direction.LONG, "Short": Direction.SHORT}


def identify(sample: Sample) -> Identified:
    """Claim the trade history; recognise the other exports of the venue."""
    if any(mostly(_TELLING, header) for header in sample.headers(2, ",")):
        return MINE
    return other_tables(sample)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read fills and funding, oldest first, with the contracts they are in."""
    contracts: dict[str, Contract] = {}

    def said(line: TableRow) -> Event | Ignored:
        if is_option(line[Column.MARKET]):
            return Ignored("option")
        traded = contract(line[Column.MARKET])
        event = _event(line, traded)
        contracts[traded.symbol] = traded
        return event

    reading = collect(read_table(file, _LAYOUT), said)
    return declare(
        replace(reading, rows=oldest_first(reading.rows, usually_newest_first=True)),
        contracts.values(),
    )


def _event(line: TableRow, traded: Contract) -> Event:
    at = _TIME.read(line[Column.TIME], what=Column.TIME)
    kind, direction, fee = line[Column.TYPE], _direction(line), _fee(line, traded)
    venue_id = identifier(line[Column.TRANSACTION], Column.TRANSACTION)
    if kind == _FUNDING:
        if fee is None:
            raise InputError("a funding payment without an amount")
        return Event(
            at,
            Funding(traded.symbol, -fee.amount, fee.currency, direction, NAME, venue_id),
        )
    if kind not in _FILLS | _LIQUIDATIONS:
        raise InputError(f"Filled Type {clip(kind)!r} is not known")
    fill = Fill(
        traded.symbol,
        Side.BUY if direction is Direction.LONG else Side.SELL,
        positive(number(line[Column.QUANTITY], Column.QUANTITY), Column.QUANTITY),
        positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE),
        fee,
        venue_id=venue_id,
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        is_liquidation=kind in _LIQUIDATIONS,
        source=NAME,
    )
    return Event(at, fill)


def _direction(line: TableRow) -> Direction:
    return one_of(_DIRECTIONS, line[Column.DIRECTION], Column.DIRECTION)


def _fee(line: TableRow, traded: Contract) -> Fee | None:
    """Return what was charged; a fee in a third coin stands in a column of its own."""
    coin, cell = line[Column.FEE_COIN], line[Column.FEE]
    fee = None if cell in _NOTHING else number(cell, Column.FEE)
    _check(line, traded, fee)
    if coin not in (*_NOTHING, traded.settlement):
        return Fee(number(line[Column.FEE_V2], Column.FEE_V2), coin)
    return None if fee is None else Fee(fee, traded.settlement)


def _check(line: TableRow, traded: Contract, fee: Decimal | None) -> None:
    """Compare quantity and price with the fee at its rate, and the price with the order's."""
    price = _number(line, Column.PRICE)
    if fee is not None and line[Column.RATE] not in _NOTHING:
        quantity = _number(line, Column.QUANTITY)
        traded.check_fee(quantity, price, _number(line, Column.RATE), fee)
    wanted = _number(line, Column.ORDER_PRICE)
    if wanted and not wanted / _FARTHEST < price < wanted * _FARTHEST:
        raise InputError(f"Filled Price {price} is far from Order Price {wanted}")


def _number(line: TableRow, column: Column) -> Decimal:
    return number(line[column], column)


IMPORTER = Importer(NAME, "Bybit Trade History of derivatives (CSV)", identify, read)
