"""Binance: the trade history of USD-margined futures.

Every row is a fill. The spreadsheets of 2022 and 2023 print UTC, the fee's coin in its own column
and no ids, so that equal rows are fills of their own; numbers are text with a blank behind them.
The CSV of 2025 and later prints `Time` in the clock of the account without telling it, glues the
coin to the fee, and has ids, numbered per contract. The fee is a cost. Quantities are base units.
`Realized Profit` is gross and by average price: the journal works out its own, and takes from it
only that a position was reduced.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms
from journal.domain.money import clip
from journal.importers.binance.cells import (
    at,
    fee,
    glued_fee,
    position_side,
    tells_utc,
)
from journal.importers.binance.contracts import Contract, contract
from journal.importers.binance.other_exports import other_export_of_binance
from journal.importers.cells import check_amount, check_fee, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.order import by_sequence, natural, oldest_first
from journal.importers.reading import Held, Reading, ReadOptions, Row, collect
from journal.importers.realised import held_both_ways, is_realised, through_zero, with_reductions
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.through_zero import from_unseen
from journal.importers.words import maker_or_taker, side_of, yes
from journal.importers.zones import UTC_ZONE, Zone, asked_zone

NAME = "binance-usdm"


class SheetColumn(StrEnum):
    """The columns of the spreadsheet of 2022 and 2023."""

    DATE = "Date(UTC)"
    SYMBOL = "Symbol"
    SIDE = "Side"
    PRICE = "Price"
    QUANTITY = "Quantity"
    AMOUNT = "Amount"
    FEE = "Fee"
    FEE_COIN = "Fee Coin"
    PROFIT = "Realized Profit"
    QUOTE = "Quote Asset"


class Column(StrEnum):
    """The columns of the CSV of 2025 and later, and of the archive that an API key can ask for.

    The archive tells the zone and the side of the position, and spells the ids its own way.
    """

    UID = "Uid"
    TIME = "Time"
    TIME_UTC = "Time(UTC)"
    SYMBOL = "Symbol"
    SIDE = "Side"
    POSITION_SIDE = "Position Side"
    PRICE = "Price"
    QUANTITY = "Quantity"
    AMOUNT = "Amount"
    FEE = "Fee"
    PROFIT = "Realized Profit"
    BUYER = "Buyer"
    MAKER = "Maker"
    TRADE = "Trade ID"
    ARCHIVE_TRADE = "Trade Id"
    ORDER = "Order ID"
    ARCHIVE_ORDER = "Order Id"


_SHEET = Layout(SheetColumn, delimiters=",;")
_CSV = Layout(
    Column,
    optional=frozenset(
        {
            Column.UID,
            Column.TIME,
            Column.TIME_UTC,
            Column.POSITION_SIDE,
            Column.TRADE,
            Column.ARCHIVE_TRADE,
            Column.ORDER,
            Column.ARCHIVE_ORDER,
        }
    ),
)
_SHEET_TELLING = frozenset({"Date(UTC)", "Fee Coin", "Realized Profit", "Quote Asset"})
_CSV_TELLING = frozenset({"realized profit", "buyer", "maker", "trade id", "order id"})


def identify(sample: Sample) -> Identified:
    """Claim the trade history of either kind."""
    if _is_sheet(sample) or mostly(_CSV_TELLING, [cell.lower() for cell in sample.header()]):
        return MINE
    return other_export_of_binance(sample)


def _is_sheet(sample: Sample) -> bool:
    return any(mostly(_SHEET_TELLING, header) for header in sample.headers(1))


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    known: dict[str, InstrumentTerms] = {}
    reading = (
        _read_sheet(file, options, known)
        if _is_sheet(Sample.of(file.data[:4096]))
        else _read_csv(file, options, known)
    )
    return declared(reading, known.get)


def _read_sheet(
    file: SourceFile, options: ReadOptions, known: dict[str, InstrumentTerms]
) -> Reading:
    lines = list(read_table(file, _SHEET))
    reading = collect(lines, lambda line: _sheet_event(line, known))
    return _judged(reading, oldest_first(reading.rows), lines, options.held)


def _sheet_event(line: TableRow, known: dict[str, InstrumentTerms]) -> Event:
    traded = _linear(line[SheetColumn.SYMBOL], line[SheetColumn.QUOTE])
    number(line[SheetColumn.PROFIT], SheetColumn.PROFIT)
    fill = _fill(
        traded,
        side_of(line[SheetColumn.SIDE], SheetColumn.SIDE),
        line,
        fee(line[SheetColumn.FEE], line[SheetColumn.FEE_COIN]),
    )
    event = Event(at(line[SheetColumn.DATE]), fill)
    known[traded.symbol] = traded.terms
    return event


def _read_csv(file: SourceFile, options: ReadOptions, known: dict[str, InstrumentTerms]) -> Reading:
    lines = list(read_table(file, _CSV))
    told = tells_utc(file, lines, str(Column.TIME_UTC), str(Column.TIME))
    zone = UTC_ZONE if told else asked_zone(options.zone, file.name)
    reading = collect(
        lines, lambda line: _csv_event(line, zone, known), lambda line: line[Column.UID] or None
    )
    reading = replace(reading, used_zone=not told)
    return _judged(reading, by_sequence(reading.rows, _sequence), lines, options.held)


def _judged(
    reading: Reading, rows: Sequence[Row], lines: Iterable[TableRow], held: Held
) -> Reading:
    """Return the reading with its rows, oldest first, and what their profits tell of them."""
    realised = {line.number for line in lines if is_realised(line[Column.PROFIT])}
    mixed = tuple(
        f"{symbol} was held long and short at once (line {number}), which these columns do not "
        "tell apart, so its trades are mixed: import the fills from the API, userTrades, instead"
        for symbol, number in held_both_ways(rows, realised)
    )
    rows = with_reductions(rows, realised, held)
    unseen = from_unseen(rows, through_zero(rows, realised), held)
    return replace(reading, rows=rows, notes=(*mixed, *unseen))


def _sequence(row: Row) -> tuple[int | str, ...]:
    """Return the number of a fill within its contract."""
    return natural(row.event.body.venue_id) if isinstance(row.event.body, Fill) else ()


def _csv_event(line: TableRow, zone: Zone, known: dict[str, InstrumentTerms]) -> Event:
    traded, way = _linear(line[Column.SYMBOL]), side_of(line[Column.SIDE], Column.SIDE)
    if yes(line[Column.BUYER], Column.BUYER) != (way is Side.BUY):
        raise InputError(f"Side {way} and Buyer {clip(line[Column.BUYER])!r} do not agree")
    number(line[Column.PROFIT], Column.PROFIT)
    coins = (traded.terms.base or "", traded.terms.quote or "")
    fill = replace(
        _fill(traded, way, line, glued_fee(line[Column.FEE], coins)),
        venue_id=identifier(line[Column.TRADE] or line[Column.ARCHIVE_TRADE], "trade id"),
        order_id=identifier(line[Column.ORDER] or line[Column.ARCHIVE_ORDER], "order id"),
        liquidity=maker_or_taker(line[Column.MAKER], Column.MAKER),
        position_side=position_side(line[Column.POSITION_SIDE] or "BOTH"),
    )
    event = Event(at(line[Column.TIME] or line[Column.TIME_UTC], zone), fill)
    known[traded.symbol] = traded.terms
    return event


def _linear(name: str, quote: str = "") -> Contract:
    found = contract(name, quote)
    if found.is_inverse:
        raise InputError(f"{name} is coin-margined, which this export does not hold")
    return found


def _fill(traded: Contract, way: Side, line: TableRow, paid: Fee | None) -> Fill:
    quantity = positive(number(line[Column.QUANTITY], Column.QUANTITY), Column.QUANTITY)
    price = positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE)
    amount = number(line[Column.AMOUNT], Column.AMOUNT)
    check_amount(quantity, price, amount)
    check_fee(paid, {traded.terms.base or "": quantity, traded.terms.quote or "": amount})
    return Fill(traded.symbol, way, quantity, price, paid, source=NAME)


IMPORTER = Importer(NAME, "Binance USD-M futures trade history (XLSX, CSV)", identify, read)
