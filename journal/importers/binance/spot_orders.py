"""Binance: the spot order history of 2018 to 2021, which lists the fills below each order.

An order is a row; below it stand a title row and its fills, one cell further in. The order tells
pair and side, a fill time, price, amount and the fee, a cost with its coin glued on. Times are
UTC. The fills of an order must add up to it. Ids of orders that a spreadsheet rounded are left
out: they tell no fills apart, since fills have none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.money import EXACT
from journal.importers.binance.cells import at, glued_fee
from journal.importers.binance.other_exports import other_export_of_binance
from journal.importers.cells import (
    check_amount,
    check_fee,
    identifier,
    is_rounded_id,
    number,
    positive,
)
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.order import by_sequence
from journal.importers.pairs import split_pair
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.words import side_of

NAME = "binance-spot-orders"


class Column(StrEnum):
    """The columns of the orders."""

    DATE = "Date(UTC)"
    ORDER = "OrderNo"
    PAIR = "Pair"
    SIDE = "Type"
    ORDER_PRICE = "Order Price"
    ORDER_AMOUNT = "Order Amount"
    AVERAGE = "AvgTrading Price"
    FILLED = "Filled"
    TOTAL = "Total"
    STATUS = "status"


class FillColumn(StrEnum):
    """The columns of the fills below an order, one cell further in."""

    DATE = "Date(UTC)"
    PRICE = "Trading Price"
    FILLED = "Filled"
    TOTAL = "Total"
    FEE = "Fee"


_LAYOUT = Layout(Column, optional=frozenset({Column.ORDER}), delimiters=";,")
_TELLING = frozenset({"Order Price", "Order Amount", "AvgTrading Price", "Filled", "status"})
_TITLES = [str(column) for column in FillColumn]
_WITHOUT_FILLS = "order without fills"


@dataclass(frozen=True, slots=True)
class _Order:
    row: TableRow
    fills: list[TableRow] = field(default_factory=list)

    @property
    def filled(self) -> Decimal:
        return number(self.row[Column.FILLED], Column.FILLED)


@dataclass(frozen=True, slots=True)
class _Line:
    """A fill with its order, or an order that has none or is refused."""

    number: int
    raw: str
    said: Event | Ignored | InputError


def identify(sample: Sample) -> Identified:
    """Claim the order history that can hold fills."""
    if any(mostly(_TELLING, header) for header in sample.headers(1)):
        return MINE
    return other_export_of_binance(sample)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first: the newest order comes first, its own fills last."""
    orders = list(_orders(file))
    if orders and orders[0].row[Column.DATE] > orders[-1].row[Column.DATE]:
        orders.reverse()
    mangled: list[int] = []
    reading = collect((line for order in orders for line in _lines(order, mangled)), _said)
    if reading.refused and not any(order.fills for order in orders):
        raise InputError(
            "this is Binance's order history without the fills of its orders",
            where=file.name,
            hint="export the trade history instead: Orders, Spot Order, Trade History, Export",
        )
    return replace(
        reading,
        rows=by_sequence(reading.rows, lambda _: ()),
        refused=sorted(reading.refused, key=lambda row: row.number),
        notes=_notes(mangled),
    )


def _orders(file: SourceFile) -> Iterator[_Order]:
    order = None
    for row in read_table(file, _LAYOUT):
        cells = _cells(row)
        if cells[0]:
            if order:
                yield order
            order = _Order(row)
        elif cells[1 : 1 + len(_TITLES)] == _TITLES:
            continue
        elif order is None:
            raise InputError(
                "the fills stand below no order",
                where=f"{file.name} line {row.number}",
                hint="import the file exactly as it was exported",
            )
        else:
            order.fills.append(row)
    if order:
        yield order


def _cells(row: TableRow) -> list[str]:
    return [cell.strip() for cell in row.cells.values()]


def _said(line: _Line) -> Event | Ignored:
    if isinstance(line.said, InputError):
        raise line.said
    return line.said


def _lines(order: _Order, mangled: list[int]) -> Iterator[_Line]:
    """Yield the fills of an order, or the order alone if anything about it is wrong."""
    row = order.row
    try:
        if not order.filled and not order.fills:
            yield _Line(row.number, row.raw, Ignored(_WITHOUT_FILLS))
            return
        events = list(_events(order, _order_id(row, mangled)))
    except InputError as error:
        yield _Line(row.number, row.raw, error)
        return
    for fill, event in zip(order.fills, events, strict=True):
        yield _Line(fill.number, f"{row.raw}\n{fill.raw}", event)


def _order_id(row: TableRow, mangled: list[int]) -> str | None:
    cell = row[Column.ORDER]
    if is_rounded_id(cell):
        mangled.append(row.number)
    elif cell:
        return identifier(cell, Column.ORDER)
    return None


def _notes(mangled: Sequence[int]) -> tuple[str, ...]:
    if not mangled:
        return ()
    left_out = f"a spreadsheet rounded the ids of {len(mangled)} orders, so they are left out"
    return (f"{left_out}; do not import the original file as well",)


def _events(order: _Order, order_id: str | None) -> Iterator[Event]:
    way = side_of(order.row[Column.SIDE], Column.SIDE)
    base, quote = split_pair(order.row[Column.PAIR])
    at(order.row[Column.DATE])
    filled = total = Decimal(0)
    for row in order.fills:
        event, worth = _event(row, f"{base}-{quote}", way, order_id)
        if isinstance(event.body, Fill):
            filled = EXACT.add(filled, event.body.quantity)
        total = EXACT.add(total, worth)
        yield event
    if filled != order.filled:
        raise InputError(
            f"the fills listed below the order make {filled} of the {order.filled} filled"
        )
    check_amount(filled, number(order.row[Column.AVERAGE], Column.AVERAGE), total, "the fills'")
    check_amount(
        Decimal(1), total, number(order.row[Column.TOTAL], Column.TOTAL), "the order's total"
    )


def _event(row: TableRow, symbol: str, way: Side, order_id: str | None) -> tuple[Event, Decimal]:
    cells = _cells(row)
    if any(cells[1 + len(_TITLES) :]):
        raise InputError(f"the fill in line {row.number} has more than {len(_TITLES)} cells")
    fill = dict(zip(FillColumn, cells[1:], strict=False))
    quantity = positive(number(fill[FillColumn.FILLED], "Filled"), "Filled")
    price = positive(number(fill[FillColumn.PRICE], "Trading Price"), "Trading Price")
    total = number(fill[FillColumn.TOTAL], "Total")
    check_amount(quantity, price, total, "the total")
    base, _, quote = symbol.partition("-")
    fee = glued_fee(fill[FillColumn.FEE], (base, quote))
    check_fee(fee, {base: quantity, quote: total})
    body = Fill(symbol, way, quantity, price, fee, order_id=order_id, source=NAME)
    return Event(at(fill[FillColumn.DATE]), body), total


IMPORTER = Importer(NAME, "Binance spot order history with fills (CSV)", identify, read)
