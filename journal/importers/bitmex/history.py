"""BitMEX: the Trade History export (CSV).

A row is an execution, a funding payment or a settlement, as `execType` says. Costs and fees are
counted in satoshi, or for contracts in USDT in millionths; `execComm` is a cost where positive,
funding included, and is `commission` times `execCost`. Newest first. There are no ids but that of
the order.

Times are ISO in UTC, or as the trader's browser prints them, `1/26/2020, 6:32:04 PM`: local,
without a zone, with day and month in an order that only a value above 12 somewhere in the file
can tell.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill
from journal.domain.money import EXACT, canonical, clip
from journal.importers.bitmex.contracts import Contract, contract
from journal.importers.bitmex.times import Clock
from journal.importers.cells import identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    NOT_MINE,
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
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.words import side_of

NAME = "bitmex"


class Column(StrEnum):
    """The columns; later exports name the account."""

    TIME = "transactTime"
    ACCOUNT = "account"
    SYMBOL = "symbol"
    TYPE = "execType"
    SIDE = "side"
    QUANTITY = "lastQty"
    PRICE = "lastPx"
    COST = "execCost"
    RATE = "commission"
    FEE = "execComm"
    ORDER_TYPE = "ordType"
    ORDER_QUANTITY = "orderQty"
    LEFT = "leavesQty"
    ORDER_PRICE = "price"
    TEXT = "text"
    ORDER = "orderID"


_LAYOUT = Layout(Column, optional=frozenset({Column.ACCOUNT}), delimiters=",;")
_TELLING = frozenset({"transactTime", "execType", "lastQty", "lastPx", "execCost", "execComm"})
_FILLS = frozenset({"Trade", "Settlement"})
_EVENTS = frozenset({
    "New", "Canceled", "Replaced", "Rejected", "Expired", "TriggeredOrActivatedBySystem",
})  # fmt: skip
_NOTHING, _FARTHEST = Decimal(0), Decimal(4)
_USDT, _USDT_SINCE = "USDT", datetime(2021, 11, 1, tzinfo=UTC)
_FETCH = "export the Trade History instead: Orders, Trade History, Save as CSV"
_OTHERS = (
    OtherExport(
        frozenset({"transactTime", "transactType", "amount", "fee", "address", "walletBalance"}),
        "this is BitMEX's wallet history, which lists deposits and daily results, not fills",
        _FETCH,
    ),
    OtherExport(
        frozenset({"ordStatus", "cumQty", "avgPx", "ordType", "leavesQty", "transactTime"}),
        "this is BitMEX's order history, which lists orders, not fills",
        _FETCH,
    ),
)


def identify(sample: Sample) -> Identified:
    """Claim the trade history; recognise wallet and order history."""
    for header in sample.headers(1):
        if mostly(_TELLING, header):
            return MINE
        other = other_of(_OTHERS, header)
        if other is not NOT_MINE:
            return other
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read fills and funding, oldest first, with the contracts they are in."""
    lines = list(read_table(file, _LAYOUT))
    clock = Clock.of([line[Column.TIME] for line in lines], file.name, options.zone)
    contracts: dict[str, tuple[Contract, TableRow]] = {}

    def said(line: TableRow) -> Event | Ignored:
        if line[Column.TYPE] in _EVENTS:
            return Ignored("order without a fill")
        traded, at = contract(line[Column.SYMBOL]), clock.read(line[Column.TIME])
        if traded.settlement == _USDT and at.at < _USDT_SINCE:
            raise InputError("contracts in USDT were settled in XBT then: costs cannot be told")
        event = Event(at, _body(line, traded))
        contracts.setdefault(traded.symbol, (traded, line))
        return event

    reading = collect(lines, said, lambda line: line[Column.ACCOUNT] or None)
    reading = replace(
        reading,
        rows=oldest_first(reading.rows, usually_newest_first=True),
        notes=tuple(_note(*each) for each in contracts.values() if not each[0].terms.multiplier),
        used_zone=clock.is_local,
    )
    return declared(reading, lambda symbol: contracts[symbol][0].terms)


def _note(traded: Contract, line: TableRow) -> str:
    """Tell what a contract that is asked for seems to be worth."""
    numbers = [_number(line, each) for each in (Column.QUANTITY, Column.PRICE, Column.COST)]
    apparent = canonical(traded.apparent_multiplier(*numbers))
    return f"the costs of {traded.symbol} are those of a multiplier of {apparent}"


def _body(line: TableRow, traded: Contract) -> Fill | Funding:
    kind = line[Column.TYPE]
    quantity = positive(_number(line, Column.QUANTITY), Column.QUANTITY)
    price = positive(_number(line, Column.PRICE), Column.PRICE)
    fee = Fee(traded.money(_checked_fee(line)), traded.settlement)
    traded.check_cost(quantity, price, _number(line, Column.COST))
    _check_order_price(line, price)
    if kind == "Funding":
        return Funding(traded.symbol, -fee.amount, fee.currency, source=NAME)
    if kind not in _FILLS:
        raise InputError(f"execType {clip(kind)!r} is not known")
    side = side_of(line[Column.SIDE], Column.SIDE)
    return Fill(
        traded.symbol,
        side,
        quantity,
        price,
        fee,
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        is_liquidation=line[Column.TEXT].startswith("Liquidation"),
        source=NAME,
    )


def _check_order_price(line: TableRow, price: Decimal) -> None:
    """Refuse a price that its order cannot have had: contracts of unknown size have no other check.

    Even the limit that the venue sets to a market order is nearer.
    """
    wanted = number(line[Column.ORDER_PRICE] or "0", Column.ORDER_PRICE)
    if wanted and not wanted / _FARTHEST < price < wanted * _FARTHEST:
        raise InputError(f"lastPx {price} is far from the order's price {wanted}")


def _checked_fee(line: TableRow) -> Decimal:
    """Return the fee, which must be the cost at its rate but for rounding."""
    fee, cost, rate = (_number(line, each) for each in (Column.FEE, Column.COST, Column.RATE))
    if abs(abs(EXACT.multiply(cost, rate)) - abs(fee)) > 1:
        raise InputError(
            f"execComm {fee} is not execCost {cost} times commission {rate}: a cell was changed",
            hint="import the file exactly as it was exported",
        )
    return fee


def _number(line: TableRow, column: Column) -> Decimal:
    """Return a number; what a settlement leaves blank is zero."""
    if column in (Column.RATE, Column.FEE) and not line[column]:
        return _NOTHING
    return number(line[column], column)


IMPORTER = Importer(NAME, "BitMEX Trade History (CSV)", identify, read)
