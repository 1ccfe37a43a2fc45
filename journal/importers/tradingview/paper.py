"""TradingView: the order history of Paper Trading.

A row is an order with its average fill price, so a filled order is one fill. Times are those of
the computer, the newest first by closing time. The commission is a cost in the account's
currency, which only the Margin cells name. Margin times leverage is the order's value, which
checks quantity and price of the orders that opened something. The columns are the user's choice,
in one of two orders; titles changed from `Qty` and `Fill Price` to `Quantity` and `Fill price`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.money import EXACT, clip
from journal.importers.cells import glued, identifier, number, positive
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
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.tradingview.symbols import Market, market_of
from journal.importers.words import side_of
from journal.importers.zones import Zone, asked_zone

NAME = "tradingview-paper"


class Column(StrEnum):
    """The columns of the order history."""

    SYMBOL = "Symbol"
    SIDE = "Side"
    TYPE = "Type"
    QUANTITY = "Quantity"
    LIMIT = "Limit price"
    STOP = "Stop price"
    PRICE = "Fill price"
    STATUS = "Status"
    COMMISSION = "Commission"
    PLACED = "Placing time"
    CLOSED = "Closing time"
    ORDER = "Order ID"
    LEVEL = "Level ID"
    LEVERAGE = "Leverage"
    MARGIN = "Margin"


class EarlierColumn(StrEnum):
    """The same columns in the order of 2025: leverage and margin before the times."""

    SYMBOL = "Symbol"
    SIDE = "Side"
    TYPE = "Type"
    QUANTITY = "Quantity"
    LIMIT = "Limit price"
    STOP = "Stop price"
    PRICE = "Fill price"
    STATUS = "Status"
    COMMISSION = "Commission"
    LEVERAGE = "Leverage"
    MARGIN = "Margin"
    PLACED = "Placing time"
    CLOSED = "Closing time"
    ORDER = "Order ID"
    LEVEL = "Level ID"


_LAYOUT = Layout(
    Column,
    optional=frozenset(
        {
            "Type", "Limit price", "Stop price", "Status", "Commission", "Placing time",
            "Level ID", "Leverage", "Margin",
        }
    ),
    ends_lines=False,
    aliases=(
        ("Qty", "Quantity"),
        ("Limit Price", "Limit price"),
        ("Stop Price", "Stop price"),
        ("Fill Price", "Fill price"),
        ("Placing Time", "Placing time"),
        ("Closing Time", "Closing time"),
        ("Order id", "Order ID"),
    ),
)  # fmt: skip
_EARLIER = replace(_LAYOUT, columns=EarlierColumn)

_HISTORY = frozenset({"Fill price", "Placing time", "Closing time", "Order ID", "Leverage"})
_FETCH_HISTORY = (
    "export the order history of Paper Trading instead: account menu, Export data, "
    "Order history; fills of a strategy test are no trades of yours"
)
_STRATEGY = "this is the Strategy Tester's list of trades: pairs without a symbol, not fills"
_BALANCE = "this is Paper Trading's balance history, which lists results, not fills"
_POSITIONS = "these are Paper Trading's open positions, not fills"
_OTHER_EXPORTS = (
    OtherExport(frozenset({"Trade #", "Type", "Signal", "Date/Time"}), _STRATEGY, _FETCH_HISTORY),
    OtherExport(
        frozenset({"Trade number", "Type", "Signal", "Date and time"}), _STRATEGY, _FETCH_HISTORY
    ),
    OtherExport(
        frozenset({"Trade #", "Type", "Signal", "Date and time"}), _STRATEGY, _FETCH_HISTORY
    ),
    OtherExport(
        frozenset({"Time", "Balance Before", "Balance After", "Action"}), _BALANCE, _FETCH_HISTORY
    ),
    OtherExport(
        frozenset({"Avg Fill Price", "Take Profit", "Stop Loss", "Last Price"}),
        _POSITIONS,
        _FETCH_HISTORY,
    ),
    OtherExport(
        frozenset({"Avg fill price", "Take profit", "Stop loss", "Last price"}),
        _POSITIONS,
        _FETCH_HISTORY,
    ),
)

_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")
_FILLED = "Filled"
_UNFILLED = {
    "Cancelled": "cancelled order",
    "Canceled": "cancelled order",
    "Rejected": "rejected order",
    "Expired": "expired order",
    "Working": "working order",
    "Inactive": "inactive order",
}
_LEVERAGE = re.compile(r"(\d{1,5}(?:\.\d+)?)(?::1|x)", re.ASCII)
# The margin is taken at the order's price, which the fill's may miss by some slippage.
_SLIPPAGE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class _Context:
    zone: Zone
    currency: str | None


def identify(sample: Sample) -> Identified:
    """Claim the order history; recognise the Strategy Tester's list and the balances."""
    header = _LAYOUT.titles(sample.header())
    if mostly(_HISTORY, header):
        return MINE
    return other_of(_OTHER_EXPORTS, header)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the filled orders, oldest first."""
    lines = list(read_table(file, _layout(file)))
    context = _Context(asked_zone(options.zone, file.name), _currency(lines, file.name))
    markets: dict[str, Market] = {}

    def said(line: TableRow) -> Event | Ignored:
        if ignored := _unfilled(line):
            return ignored
        market = market_of(line[Column.SYMBOL])
        event = _event(line, market, context)
        markets[market.symbol] = market
        return event

    reading = collect(lines, said)
    notes = _notes(lines, context)
    reading = replace(reading, rows=oldest_first(reading.rows), used_zone=True, notes=notes)
    return declared(reading, lambda symbol: markets[symbol].terms)


def _layout(file: SourceFile) -> Layout:
    header = _LAYOUT.titles(Sample.of(file.data[:4096]).header())
    earlier = "Leverage" in header and "Closing time" in header
    if earlier and header.index("Leverage") < header.index("Closing time"):
        return _EARLIER
    return _LAYOUT


def _currency(lines: Sequence[TableRow], where: str) -> str | None:
    """Return the account's currency, which the margins are in."""
    found = {unit for line in lines if (unit := _margin_unit(line))}
    if len(found) > 1:
        raise InputError(
            f"the margins are in several currencies: {', '.join(sorted(found))}",
            where=where,
            hint="import the file exactly as it was exported",
        )
    return found.pop() if found else None


def _margin_unit(line: TableRow) -> str | None:
    unit = line[Column.MARGIN].rpartition(" ")[2]
    return unit if unit.isalpha() else None


def _unfilled(line: TableRow) -> Ignored | None:
    """Return the kind of an order that was not filled, or refuse one nobody can tell of."""
    filled = line[Column.PRICE].strip("0.") != ""
    if Column.STATUS not in line.cells:
        return None if filled else Ignored("order that was not filled")
    status = line[Column.STATUS]
    if status == _FILLED:
        if not filled:
            raise InputError(f"a filled order has the fill price {clip(line[Column.PRICE])!r}")
        return None
    if status not in _UNFILLED:
        raise InputError(
            f"Status {clip(status)!r} does not say how much of the order was filled"
            if filled
            else f"Status {clip(status)!r} is not known"
        )
    if filled:
        raise InputError(
            f"a {_UNFILLED[status]} has the fill price {clip(line[Column.PRICE])}: it was partly "
            "filled, and the file does not say how much"
        )
    return Ignored(_UNFILLED[status])


def _event(line: TableRow, market: Market, context: _Context) -> Event:
    order = identifier(line[Column.ORDER], Column.ORDER)
    fill = Fill(
        market.symbol,
        side_of(line[Column.SIDE], Column.SIDE),
        positive(number(line[Column.QUANTITY], Column.QUANTITY), Column.QUANTITY),
        number(line[Column.PRICE], Column.PRICE),
        _fee(line[Column.COMMISSION], context),
        venue_id=order,
        order_id=order,
        source=NAME,
    )
    _check_margin(line, fill, market, context)
    if line[Column.PLACED]:
        _check_times(line, context)
    return Event(_TIME.read(line[Column.CLOSED], context.zone, Column.CLOSED), fill)


def _fee(cell: str, context: _Context) -> Fee | None:
    if not cell:
        return None
    amount = number(cell, Column.COMMISSION)
    return Fee(amount, context.currency) if context.currency else None


def _check_margin(line: TableRow, fill: Fill, market: Market, context: _Context) -> None:
    """Refuse an order whose value is not its margin times its leverage."""
    if not line[Column.MARGIN] or Column.LEVERAGE not in line.cells:
        return
    margin, unit = glued(line[Column.MARGIN], Column.MARGIN)
    leverage = _LEVERAGE.fullmatch(line[Column.LEVERAGE])
    if leverage is None:
        raise InputError(f"Leverage {clip(line[Column.LEVERAGE])!r} is not like 10:1 or 10x")
    size, quote = market.size, market.quote
    if size is None or quote not in (unit, f"{unit}T", f"{unit}C") or context.currency != unit:
        return
    value = EXACT.multiply(EXACT.multiply(fill.quantity, abs(fill.price)), size)
    margined = EXACT.multiply(margin, Decimal(leverage[1]))
    cent = EXACT.multiply(Decimal(leverage[1]), Decimal("0.01"))
    if abs(value - margined) > EXACT.multiply(max(value, margined), _SLIPPAGE) + cent:
        raise InputError(
            f"{fill.quantity} at {fill.price} is not the margin {line[Column.MARGIN]} at "
            f"{line[Column.LEVERAGE]}: a cell was changed"
        )


def _check_times(line: TableRow, context: _Context) -> None:
    placed = _TIME.read(line[Column.PLACED], context.zone, Column.PLACED)
    if placed.at > _TIME.read(line[Column.CLOSED], context.zone, Column.CLOSED).at:
        raise InputError(
            f"Placing time {line[Column.PLACED]} is after Closing time {line[Column.CLOSED]}"
        )


def _notes(lines: Sequence[TableRow], context: _Context) -> tuple[str, ...]:
    charged = any(line[Column.COMMISSION] for line in lines)
    if not charged or context.currency:
        return ()
    note = "no Margin cell of this file names the account's currency: its commissions stay unknown"
    return (note,)


IMPORTER = Importer(NAME, "TradingView Paper Trading order history (CSV)", identify, read)
