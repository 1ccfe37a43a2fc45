"""NinjaTrader 8: the executions of its grids (Executions tab, Trade Performance).

Every row is an execution; the user chooses the grid's columns. Prices, amounts and times follow
the Windows culture of the computer and its clock, which the file does not name. The commission is
a cost. `Position` is what the account holds after the row: it shows changed and missing rows, and
tells which of several fills of one second came first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip
from journal.importers import cme
from journal.importers.cells import grouped, identifier, money, positive
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
from journal.importers.ninjatrader.positions import Standing, standing, standing_checked
from journal.importers.ninjatrader.windows_culture import decimal_mark, time_format
from journal.importers.reading import Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import SIDES, one_of
from journal.importers.zones import Zone, asked_zone

NAME = "ninjatrader"


class Column(StrEnum):
    """The columns of the executions grid."""

    INSTRUMENT = "Instrument"
    ACTION = "Action"
    QUANTITY = "Quantity"
    PRICE = "Price"
    TIME = "Time"
    ID = "ID"
    EFFECT = "E/X"
    POSITION = "Position"
    ORDER = "Order ID"
    ORDER_NAME = "Name"
    COMMISSION = "Commission"
    RATE = "Rate"
    ACCOUNT = "Account"
    CONNECTION = "Connection"


_LAYOUT = Layout(
    Column,
    optional=frozenset(Column) - {"Instrument", "Action", "Quantity", "Price", "Time"},
    delimiters=",;",
    ordered=False,
    trailing=True,
    aliases=(("Account display name", "Account"), ("Account Display Name", "Account")),
)
_EXECUTIONS = frozenset({"Instrument", "Action", "E/X", "Position", "Rate", "Connection"})
_FETCH_EXECUTIONS = (
    "export the executions instead: New, Trade Performance, Display: Executions, Generate, "
    "then right-click the grid, Export"
)
_OTHER_EXPORTS = (
    OtherExport(
        frozenset({"Trade number", "Market pos.", "Entry price", "Exit price", "MAE", "MFE"}),
        "this is NinjaTrader's Trades grid, which lists first-in-first-out lots, not fills",
        _FETCH_EXECUTIONS,
    ),
    OtherExport(
        frozenset({"Avg. price", "Remaining", "Filled", "State", "OCO", "TIF"}),
        "this is NinjaTrader's Orders grid, which lists orders, not fills",
        _FETCH_EXECUTIONS,
    ),
)

_SIDES = {
    **SIDES,
    "buy to cover": Side.BUY,
    "buytocover": Side.BUY,
    "sell short": Side.SELL,
    "sellshort": Side.SELL,
}
_NUMBERED = re.compile(r"([A-Z0-9]{1,8}) (\d{2})-(\d{2})", re.ASCII)
_NAMED = re.compile(r"([A-Z0-9]{1,8}) ([A-Z]{3})(\d{2})", re.ASCII)
_LETTERED = re.compile(r"([A-Z0-9]{1,8}?)[FGHJKMNQUVXZ]\d{1,2}", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_HIGHEST_RATE = 2000  # won or pesos for a dollar
_CURRENCIES = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


@dataclass(frozen=True, slots=True)
class _Clock:
    """How this file writes times and numbers."""

    times: TimeFormat
    zone: Zone
    decimal: str


def identify(sample: Sample) -> Identified:
    """Claim the executions; recognise the other grids."""
    for delimiter in ",;":
        header = _LAYOUT.titles(sample.header(delimiter=delimiter))
        if mostly(_EXECUTIONS, header):
            return MINE
        other = other_of(_OTHER_EXPORTS, header)
        if other is not NOT_MINE:
            return other
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    lines = list(read_table(file, _LAYOUT))
    comma = ";" not in file.text().partition("\n")[0]
    clock = _Clock(
        time_format([line[Column.TIME] for line in lines], day_first=not comma, where=file.name),
        asked_zone(options.zone, file.name),
        "." if comma else decimal_mark(_numbers(lines)),
    )
    standings: dict[int, Standing] = {}
    products: dict[str, str] = {}

    def said(line: TableRow) -> Event:
        symbol, product = _contract(line[Column.INSTRUMENT])
        fill = _fill(line, symbol, product, clock)
        crosses = False
        if line[Column.POSITION] and line[Column.ACCOUNT]:
            standings[line.number] = _standing(line, fill, clock)
            crosses = standings[line.number].crosses
        if line[Column.EFFECT]:
            fill = replace(fill, closes=_closes(line) and not crosses)
        products[symbol] = product
        return Event(clock.times.read(line[Column.TIME], clock.zone, Column.TIME), fill)

    reading = collect(lines, said, lambda line: line[Column.ACCOUNT] or None)
    reading = standing_checked(replace(reading, used_zone=True), standings)
    reading = replace(reading, notes=(*reading.notes, *_notes(lines, reading.rows)))
    return declared(reading, lambda symbol: _terms(products[symbol]))


def _numbers(lines: list[TableRow]) -> list[str]:
    return [line[column] for line in lines for column in (Column.PRICE, Column.COMMISSION)]


def _fill(line: TableRow, symbol: str, product: str, clock: _Clock) -> Fill:
    fee = _fee(line[Column.COMMISSION], product, clock.decimal)
    if line[Column.RATE]:
        _check_rate(line[Column.RATE], product, fee, clock)
    return Fill(
        symbol,
        one_of(_SIDES, line[Column.ACTION], Column.ACTION),
        _quantity(line[Column.QUANTITY], clock, contracts=symbol != product),
        grouped(line[Column.PRICE], Column.PRICE, clock.decimal),
        fee,
        venue_id=_id(line, Column.ID),
        order_id=_id(line, Column.ORDER),
        source=NAME,
    )


def _check_rate(cell: str, product: str, fee: Fee | None, clock: _Clock) -> None:
    """Refuse what converts no currency into the account's: it stands under the wrong title."""
    rate = positive(grouped(cell, Column.RATE, clock.decimal), Column.RATE)
    dollars = product in cme.POINT_VALUES and fee is not None and fee.currency == cme.CURRENCY
    if rate > _HIGHEST_RATE or (dollars and rate != 1):
        raise InputError(f"Rate {clip(cell)!r} converts no currency into that of the commission")


def _quantity(cell: str, clock: _Clock, *, contracts: bool) -> Decimal:
    value = positive(grouped(cell, Column.QUANTITY, clock.decimal), Column.QUANTITY)
    if contracts and clock.decimal in cell:
        raise InputError(f"Quantity {clip(cell)!r} is no number of whole contracts")
    return value


def _id(line: TableRow, column: Column) -> str | None:
    return identifier(line[column], column) if line[column] else None


def _contract(text: str) -> tuple[str, str]:
    """Return the journal's symbol and the product: `ES 12-26` and `ES DEC26` are ES-2026-12.

    A contract by its exchange's letters keeps its name, as its year may have one digit only.
    """
    if match := _NUMBERED.fullmatch(text):
        product, month, year = match.groups()
        if not 1 <= int(month) <= len(_MONTHS):
            raise InputError(f"Instrument {clip(text)!r} names no month")
        return f"{product}-20{year}-{month}", product
    if match := _NAMED.fullmatch(text):
        product, name, year = match.groups()
        if name not in _MONTHS:
            raise InputError(f"Instrument {clip(text)!r} names no month")
        return f"{product}-20{year}-{_MONTHS.index(name) + 1:02}", product
    check_symbol(text)
    match = _LETTERED.fullmatch(text)
    return text, match[1] if match else text


def _fee(cell: str, product: str, decimal: str) -> Fee | None:
    """Return the commission; one without a currency is unknown but for products in dollars."""
    if not cell:
        return None
    amount = money(cell, Column.COMMISSION, decimal)
    signs = [currency for sign, currency in _CURRENCIES.items() if sign in cell]
    if signs and signs[0] != "JPY" and decimal not in cell:
        raise InputError(f"Commission {clip(cell)!r} has no cents: a spreadsheet changed it")
    if not signs and product in cme.POINT_VALUES:
        signs = [cme.CURRENCY]
    return Fee(amount, signs[0]) if signs else None


def _standing(line: TableRow, fill: Fill, clock: _Clock) -> Standing:
    found = standing(
        (line[Column.ACCOUNT], fill.symbol),
        fill.quantity * fill.side.sign,
        line[Column.POSITION],
        clock.decimal,
    )
    if line[Column.EFFECT] and not found.crosses and _closes(line) is found.only_opens:
        raise InputError(
            f"E/X {clip(line[Column.EFFECT])!r} and Position {clip(line[Column.POSITION])!r} "
            f"after {line[Column.ACTION]} {line[Column.QUANTITY]} do not agree"
        )
    return found


def _closes(line: TableRow) -> bool:
    """Whether the venue calls the fill an exit."""
    return one_of({"Entry": False, "Exit": True}, line[Column.EFFECT], Column.EFFECT)


def _notes(lines: list[TableRow], rows: list[Row]) -> list[str]:
    notes = []
    fills = [row.event.body for row in rows if isinstance(row.event.body, Fill)]
    if unknown := sum(fill.fee is None for fill in fills):
        notes.append(f"the commission of {unknown} fills, or its currency, is not in the file")
    if lines and Column.ID not in lines[0].cells:
        notes.append("the grid has no ID column: fills of another export are told apart by content")
    return notes


def _terms(product: str) -> InstrumentTerms:
    size: Decimal | None = cme.POINT_VALUES.get(product)
    return InstrumentTerms(
        kind=Kind.LINEAR, base=product, quote=cme.CURRENCY if size else None, multiplier=size
    )


IMPORTER = Importer(NAME, "NinjaTrader executions (CSV)", identify, read)
