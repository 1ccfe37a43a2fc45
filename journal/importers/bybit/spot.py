"""Bybit: Trade History of spot in a Unified Trading Account (CSV).

Every row is an execution. The fee is a cost. In 2024 it comes without its coin: the coin that is
received. The export of 2026 names it in `feeCoin`, with the amount in `ExecFeeV2`, and leaves
`Fees` blank (`--`). `Filled Value` is quantity times price. Times are to the minute, day last; the
newest stands first, and nothing else orders a minute.
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.importers.bybit import spot_old as bybit_spot_old
from journal.importers.bybit.contracts import spot_fee_coin
from journal.importers.cells import check_amount, check_fee, identifier, number, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, preamble_of, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import side_of

NAME = "bybit-spot"


class Column(StrEnum):
    """The columns of the exports since 2024."""

    PAIR = "Spot Pairs"
    ORDER_TYPE = "Order Type"
    SIDE = "Direction"
    FEE_COIN = "feeCoin"
    FEE_V2 = "ExecFeeV2"
    VALUE = "Filled Value"
    PRICE = "Filled Price"
    QUANTITY = "Filled Quantity"
    FEES = "Fees"
    TRANSACTION = "Transaction ID"
    ORDER = "Order No."
    TIME = "Timestamp (UTC)"


_ADDED = frozenset({Column.FEE_COIN, Column.FEE_V2})
_OF_2024 = Layout(Column, optional=_ADDED, preamble=1, ends_lines=False)
_OF_2026 = Layout(Column, preamble=1, ends_lines=False)
_TELLING = frozenset({
    "Spot Pairs", "Filled Value", "Filled Quantity", "Fees", "Timestamp (UTC)",
})  # fmt: skip
_TIME = TimeFormat("hh:mm YYYY-MM-DD")
_NOTHING = ("", "--")
_HEAD = 2_000  # bytes that hold the header


def identify(sample: Sample) -> Identified:
    """Claim the trade history, but not that of accounts before the Unified Trading Account."""
    if bybit_spot_old.identify(sample) is MINE:
        return NOT_MINE
    return MINE if any(mostly(_TELLING, header) for header in sample.headers(2, ",")) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    headers = Sample.of(file.data[:_HEAD]).headers(2, ",")
    layout = _OF_2026 if any(_ADDED & header for header in headers) else _OF_2024
    account = account_in(preamble_of(file, layout))
    reading = collect(read_table(file, layout), _event, lambda _: account)
    return replace(reading, rows=oldest_first(reading.rows, usually_newest_first=True))


def account_in(preamble: list[str]) -> str | None:
    """Return the account that the line above the header names: `UID: 7,Company Name: ,...`."""
    words = preamble[0].split(",")[0].partition("UID:") if preamble else ("", "", "")
    return words[2].strip() or None


def _event(line: TableRow) -> Event:
    base, quote = split_pair(line[Column.PAIR])
    side = side_of(line[Column.SIDE], Column.SIDE)
    quantity = positive(number(line[Column.QUANTITY], Column.QUANTITY), Column.QUANTITY)
    price = positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE)
    value = number(line[Column.VALUE], Column.VALUE)
    check_amount(quantity, price, value, Column.VALUE)
    fee = _fee(line, side, base, quote)
    check_fee(fee, {base: quantity, quote: value})
    fill = Fill(
        f"{base}-{quote}",
        side,
        quantity,
        price,
        fee,
        venue_id=identifier(line[Column.TRANSACTION], Column.TRANSACTION),
        order_id=identifier(line[Column.ORDER], Column.ORDER),
        source=NAME,
    )
    return Event(_TIME.read(line[Column.TIME], what=Column.TIME), fill)


def _fee(line: TableRow, side: Side, base: str, quote: str) -> Fee | None:
    coin = line[Column.FEE_COIN]
    if coin not in _NOTHING:
        return Fee(number(line[Column.FEE_V2], Column.FEE_V2), coin)
    if line[Column.FEES] in _NOTHING:
        return None
    fee = number(line[Column.FEES], Column.FEES)
    return Fee(fee, spot_fee_coin(side, fee, base, quote))


IMPORTER = Importer(NAME, "Bybit Trade History of spot (CSV)", identify, read)
