"""Bitget's spot order history with details: a row for each order, and its fills below it.

    Date,Type,Order Id,Trading pair,...,Average Price,Trading volume,Status
    2025-01-05 10:00:00,Limit,	700001,AAA/USDT,...,7.5,75,fully executed
    Date,Trading Price,Executed,Trading volume,Fee
    2025-01-05 10:00:01,7.5,10,75,0.075 USDT

Without the details an order has neither a fee nor the time it was filled, so it is refused. What
the fills of an order add up to must be what its row says was executed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.money import EXACT, clip
from journal.importers.cells import (
    check_amount,
    check_fee,
    glued,
    grouped,
    identifier,
    positive,
)
from journal.importers.importer import mostly
from journal.importers.reading import Ignored
from journal.importers.source import SourceFile
from journal.importers.table import Record, read_records
from journal.importers.times import TimeFormat
from journal.importers.words import side_of
from journal.importers.zones import Zone


class Column(StrEnum):
    """The columns of an order."""

    TIME = "Date"
    TYPE = "Type"
    ORDER = "Order Id"
    PAIR = "Trading pair"
    BASE = "Base Asset"
    QUOTE = "Quote Asset"
    SIDE = "Direction"
    PRICE = "Price"
    ORDERED = "Order amount"
    EXECUTED = "Executed"
    AVERAGE = "Average Price"
    VOLUME = "Trading volume"
    STATUS = "Status"


class Detail(StrEnum):
    """The columns of a fill below its order."""

    TIME = "Date"
    PRICE = "Trading Price"
    EXECUTED = "Executed"
    VOLUME = "Trading volume"
    FEE = "Fee"


_TELLING = frozenset({"Trading pair", "Base Asset", "Quote Asset", "Order amount", "Status"})
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")


@dataclass(frozen=True, slots=True)
class Order:
    """One order with its fills, which is read as one line."""

    number: int
    raw: str
    cells: Mapping[str, str]
    fills: Sequence[Mapping[str, str]]

    @classmethod
    def of(cls, rows: Sequence[tuple[Record, Sequence[str]]]) -> Order:
        """Return the order of its own row and those below."""
        (first, cells), *below = rows
        return cls(
            first.number,
            "\n".join(record.raw for record, _ in rows),
            dict(zip(Column, cells, strict=True)),
            [dict(zip(Detail, each, strict=True)) for _, each in below],
        )

    def __getitem__(self, column: Column) -> str:
        """Return a cell of the order's own row."""
        return self.cells[column]


def is_ours(header: Collection[str]) -> bool:
    """Whether a header, damaged or not, is the order history's."""
    return mostly(_TELLING, header)


def executions(file: SourceFile) -> Iterator[Order]:
    """Yield the orders with their fills, or refuse a file of another shape."""
    text = file.text().replace("\ufeff", "")
    first = text.partition("\n")[0]
    records = read_records(file, text, ";" if first.count(";") > first.count(",") else ",")
    _check_titles(file, next(records), [*Column])
    rows: list[tuple[Record, Sequence[str]]] = []
    number = 1
    for record in records:
        number, cells = record.number, _trimmed(record)
        if cells == [*Detail] and rows:
            continue
        if len(cells) == len(Column) and rows:
            yield Order.of(rows)
            rows = []
        if len(cells) != (len(Detail) if rows else len(Column)):
            raise _bad_shape(file, record, len(cells))
        rows.append((record, cells))
    if rows:
        yield Order.of(rows)
    if not text.endswith(("\n", "\r")):
        raise InputError(
            "the last line has no line end, so the file may be cut in its last cell",
            where=f"{file.name} line {number}",
            hint="nothing is imported; export it again",
        )


def _trimmed(record: Record) -> list[str]:
    """Return the cells without those that only fill up a shorter row."""
    cells = [cell.strip() for cell in record.cells]
    while len(cells) > len(Detail) and not cells[-1]:
        cells.pop()
    return cells


def _check_titles(file: SourceFile, record: Record, titles: Sequence[str]) -> None:
    found = [cell.strip() for cell in record.cells]
    if found != list(titles):
        raise InputError(
            f"the columns are not the ones this export has: {', '.join(titles)}",
            where=f"{file.name} line {record.number}",
            hint="import the file exactly as it was exported",
        )


def _bad_shape(file: SourceFile, record: Record, cells: int) -> InputError:
    return InputError(
        f"the row has {cells} cells, neither an order's {len(Column)} nor a fill's {len(Detail)}",
        where=f"{file.name} line {record.number}",
        hint="the file was cut or changed; nothing is imported, export it again",
    )


def event(order: Order, zone: Zone, source: str) -> Ignored | list[Event]:
    """Return the fills of an order."""
    executed = grouped(order[Column.EXECUTED], Column.EXECUTED)
    if executed == 0 and not order.fills:
        return Ignored("cancelled order")
    if not order.fills:
        raise InputError(
            "its fills are not in the file: without them neither fee nor time is known; export "
            "the order history with its details"
        )
    base, quote = order[Column.BASE], order[Column.QUOTE]
    if order[Column.PAIR].replace("/", "") != base + quote:
        raise InputError(f"{clip(order[Column.PAIR])} is not the pair {clip(base)}/{clip(quote)}")
    fills = [_event(order, cells, zone, source) for cells in order.fills]
    total = Decimal()
    for each in fills:
        if isinstance(each.body, Fill):
            total = EXACT.add(total, each.body.quantity)
    if total != executed:
        raise InputError(f"its fills add up to {total} instead of {executed}: rows are missing")
    return list(fills)


def _event(order: Order, cells: Mapping[str, str], zone: Zone, source: str) -> Event:
    base, quote = order[Column.BASE], order[Column.QUOTE]
    quantity = positive(grouped(cells[Detail.EXECUTED], Detail.EXECUTED), Detail.EXECUTED)
    price = positive(grouped(cells[Detail.PRICE], Detail.PRICE), Detail.PRICE)
    volume = grouped(cells[Detail.VOLUME], Detail.VOLUME)
    check_amount(quantity, price, volume, Detail.VOLUME)
    fee = Fee(*glued(cells[Detail.FEE], Detail.FEE))
    check_fee(fee, {base: quantity, quote: volume})
    side = side_of(order[Column.SIDE], Column.SIDE)
    fill = Fill(
        f"{base}-{quote}".upper(),
        side,
        quantity,
        price,
        Fee(fee.amount, fee.currency.upper()),
        order_id=identifier(order[Column.ORDER], Column.ORDER),
        source=source,
    )
    return Event(_TIME.read(cells[Detail.TIME], zone), fill)
