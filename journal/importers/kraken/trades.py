"""Kraken: trades.csv of the History page.

Every row is an execution. `cost` is price times volume, `fee` a cost in the quote currency. Times
are UTC, with up to four decimals. `ordertxid` groups the fills of an order. A row with initial
margin, or one that closes such a position, belongs to a margin position, which is kept apart from
the coins held: it can be short and its profit is settled in the quote currency, so it is read as a
linear contract on the pair. Positions may be `settled` by handing over coins, which is no trade.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import InstrumentTerms, Kind
from journal.importers.cells import check_amount, check_fee, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.kraken.assets import pair
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import side_of

NAME = "kraken-trades"


class Column(StrEnum):
    """The columns of all years; the first exports had the thirteen that are always there."""

    TRADE = "txid"
    ORDER = "ordertxid"
    PAIR = "pair"
    CLASS = "aclass"
    SUBCLASS = "subclass"
    TIME = "time"
    TYPE = "type"
    ORDER_TYPE = "ordertype"
    PRICE = "price"
    COST = "cost"
    FEE = "fee"
    VOLUME = "vol"
    MARGIN = "margin"
    MISC = "misc"
    LEDGERS = "ledgers"
    POSITION = "postxid"
    POSITION_2 = "posttxid"
    STATUS = "posstatus"
    STATUS_2 = "posstatuscode"
    CLOSED_PRICE = "cprice"
    CLOSED_COST = "ccost"
    CLOSED_FEE = "cfee"
    CLOSED_VOLUME = "cvol"
    CLOSED_MARGIN = "cmargin"
    NET = "net"
    COST_USD = "costusd"
    TRADES = "trades"


_OPTIONAL = frozenset({
    Column.CLASS, Column.SUBCLASS, Column.POSITION, Column.POSITION_2, Column.STATUS,
    Column.STATUS_2, Column.CLOSED_PRICE, Column.CLOSED_COST, Column.CLOSED_FEE,
    Column.CLOSED_VOLUME, Column.CLOSED_MARGIN, Column.NET, Column.COST_USD, Column.TRADES,
})  # fmt: skip
_LAYOUT = Layout(Column, optional=_OPTIONAL, trailing=True)
_TELLING = frozenset({"txid", "ordertxid", "pair", "ordertype", "cost", "vol", "ledgers"})
_SECONDS = TimeFormat("YYYY-MM-DD hh:mm:ss")
_FRACTIONS = TimeFormat("YYYY-MM-DD hh:mm:ss.f")
_SETTLED = "settled"
_CLOSING, _LIQUIDATED = "closing", "liquidated"


def identify(sample: Sample) -> Identified:
    """Claim trades.csv."""
    return MINE if mostly(_TELLING, sample.header()) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first; margin positions are declared as contracts."""
    margins: dict[str, InstrumentTerms] = {}

    def said(line: TableRow) -> Event | Ignored:
        if line[Column.TYPE] == _SETTLED:
            return Ignored("settled margin position")
        base, quote = pair(line[Column.PAIR])
        symbol = f"{base}-{quote}"
        if _is_margin(line):
            symbol += "-MARGIN"
            margins[symbol] = InstrumentTerms(Kind.LINEAR, base, quote, Decimal(1))
        return _event(line, symbol, quote)

    reading = collect(read_table(file, _LAYOUT), said)
    return declared(replace(reading, rows=oldest_first(reading.rows)), margins.get)


def _event(line: TableRow, symbol: str, quote: str) -> Event:
    side = side_of(line[Column.TYPE], Column.TYPE)
    volume = positive(number(line[Column.VOLUME], Column.VOLUME), Column.VOLUME)
    price = positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE)
    cost = number(line[Column.COST], Column.COST)
    check_amount(volume, price, cost, Column.COST)
    fee = Fee(number(line[Column.FEE], Column.FEE), quote)
    check_fee(fee, {quote: cost})
    fill = Fill(
        symbol,
        side,
        volume,
        price,
        fee,
        venue_id=identifier(line[Column.TRADE], Column.TRADE),
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        is_liquidation=_LIQUIDATED in _words(line),
        closes=_closes(line),
        source=NAME,
    )
    time = line[Column.TIME]
    form = _FRACTIONS if "." in time else _SECONDS
    return Event(form.read(time, what=Column.TIME), fill)


def _words(line: TableRow) -> list[str]:
    return [word.strip() for word in line[Column.MISC].split(",")]


def _is_margin(line: TableRow) -> bool:
    """Whether the fill is of a margin position; all fills may name one, so the name is no sign."""
    return number(line[Column.MARGIN], Column.MARGIN) != 0 or _closes(line)


def _closes(line: TableRow) -> bool:
    """Whether the venue says that this fill only reduced a margin position."""
    return _CLOSING in _words(line)


IMPORTER = Importer(NAME, "Kraken trades (CSV)", identify, read)
