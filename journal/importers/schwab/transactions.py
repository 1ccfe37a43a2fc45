"""Charles Schwab: the transactions of a brokerage account as CSV.

Rows have a date and no time, and the newest stand first unless the page was sorted otherwise: in a
day, the order of the file is all there is. `Amount` is what the cash changed by, the fee included,
to the cent. It shows changed cells, and that a fee which is left blank was not taken; where it does
not, the fee is unknown. A row posted later than it happened says `as of` when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import ONE, InstrumentTerms, Kind, check_symbol
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, grouped, money, positive
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
from journal.importers.order import by_sequence
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.schwab.actions import CLOSES, HOLDINGS, KINDS, SIDES
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, preamble_of, read_table
from journal.importers.times import TimeFormat

NAME = "schwab"


class Column(StrEnum):
    """The columns of the transactions; newer files have the accounting rule."""

    DATE = "Date"
    ACTION = "Action"
    SYMBOL = "Symbol"
    DESCRIPTION = "Description"
    QUANTITY = "Quantity"
    PRICE = "Price"
    FEE = "Fees & Comm"
    AMOUNT = "Amount"
    RULE = "Acctg Rule Cd"


_LAYOUT = Layout(Column, frozenset({Column.RULE}), preamble=1, trailing=True)
_TELLING = frozenset({"Date", "Action", "Symbol", "Description", "Fees & Comm", "Amount"})
_FETCH = "export the transactions instead: Accounts, Transaction History, Export, CSV"
_OTHER_EXPORTS = (
    OtherExport(
        frozenset({"Qty (Quantity)", "Mkt Val (Market Value)", "Cost Basis", "Security Type"}),
        "these are Schwab's positions, which say nothing of fills",
        _FETCH,
    ),
    OtherExport(
        frozenset({"Closed Date", "Opened Date", "Proceeds Per Share", "Gain/Loss ($)", "Term"}),
        "this is Schwab's realized gain and loss, which lists lots and not fills",
        _FETCH,
    ),
    OtherExport(
        frozenset({"FeesAndCommissions", "DisbursementElection", "AwardDate", "AwardId"}),
        "these are Schwab's equity awards, not the transactions of a brokerage account",
        _FETCH,
    ),
)
_CURRENCY = "USD"
_TOTAL = "Transactions Total"
_DATE = TimeFormat("MM/DD/YYYY")
_AS_OF = re.compile(r"\S+ as of (\S+)", re.ASCII)
_ACCOUNT = re.compile(r'"?Transactions +for account (.+?) as of ', re.ASCII)
_OPTION = re.compile(r"\S+ \d{2}/\d{2}/\d{4} [\d.]+ [CP]", re.ASCII)
_CUSIP = re.compile(r"\d{3}[0-9A-Z]{5}\d", re.ASCII)
_NOTHING = Decimal(0)
_CENT = Decimal("0.01")
# Prices are printed with up to four digits behind the point.
_HALF_PRICE_STEP = Decimal("0.00005")


def identify(sample: Sample) -> Identified:
    """Claim the transactions; know the account's other exports."""
    headers = sample.headers(3, ",")
    if any(mostly(_TELLING, header) and "Fees & Comm" in header for header in headers):
        return MINE
    if any(mostly(_TELLING, header) for header in headers) and _ACCOUNT.match(sample.text):
        return MINE
    return other_of(_OTHER_EXPORTS, *headers)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    titles = [_ACCOUNT.match(line) for line in preamble_of(file, _LAYOUT)]
    account = next((title[1] for title in titles if title), None)
    table = _Table()
    reading = collect(read_table(file, _LAYOUT), table.said, lambda _: account)
    reading = replace(reading, rows=_oldest_first(reading.rows))
    reading = replace(reading, notes=(*table.notes(), *_same_day(reading.rows)))
    return declared(reading, _terms)


@dataclass(slots=True)
class _Table:
    """Reads the rows, and keeps what only all of them together tell."""

    amount: Decimal = _NOTHING
    total: Decimal | None = None
    held: list[str] = field(default_factory=list)

    def said(self, line: TableRow) -> Event | Ignored:
        if line[Column.DATE] == _TOTAL:
            self.total = money(line[Column.AMOUNT], Column.AMOUNT)
            return Ignored("total")
        if line[Column.AMOUNT]:
            self.amount = EXACT.add(self.amount, money(line[Column.AMOUNT], Column.AMOUNT))
        action = line[Column.ACTION]
        if action in HOLDINGS:
            self.held.append(f"{action} of {clip(line[Column.SYMBOL])} (line {line.number})")
        return _said(line, action)

    def notes(self) -> Iterator[str]:
        """Tell of rows that may be missing, and of what changes a position without a fill."""
        if self.total is not None and self.total != self.amount:
            yield (
                f"the rows add up to {self.amount} and the file's total says {self.total}: "
                "rows are missing, or stand there twice"
            )
        if self.held:
            yield "what is held changes without a fill: " + ", ".join(self.held)


def _said(line: TableRow, action: str) -> Event | Ignored:
    symbol = line[Column.SYMBOL]
    if action in KINDS:
        return Ignored(KINDS[action])
    if action not in SIDES:
        raise InputError(f"the action {clip(action)!r} is not known")
    if _OPTION.fullmatch(symbol):
        return Ignored("option")
    if _CUSIP.fullmatch(symbol):
        return Ignored("bond or certificate of deposit")
    date = line[Column.DATE]
    as_of = _AS_OF.fullmatch(date)
    if as_of:
        _DATE.read(date.partition(" ")[0], what=Column.DATE)
    return Event(_DATE.read(as_of[1] if as_of else date, what=Column.DATE), _fill(line, action))


def _fill(line: TableRow, action: str) -> Fill:
    symbol = line[Column.SYMBOL].replace("/", ".")
    check_symbol(symbol)
    quantity = abs(grouped(line[Column.QUANTITY], Column.QUANTITY))
    fill = Fill(
        symbol,
        SIDES[action],
        positive(quantity, Column.QUANTITY),
        positive(money(line[Column.PRICE], Column.PRICE), Column.PRICE),
        closes=_closes(line),
        source=NAME,
    )
    amount = money(line[Column.AMOUNT], Column.AMOUNT)
    if amount * fill.side.sign > 0:
        raise InputError(f"the amount {amount} is not what a {fill.side} brings")
    if not line[Column.FEE]:
        check_amount(fill.quantity, fill.price, amount, fee_unknown=True)
        return replace(fill, fee=Fee(_NOTHING, _CURRENCY)) if _is_product(fill, amount) else fill
    fee = money(line[Column.FEE], Column.FEE)
    check_amount(fill.quantity, fill.price, EXACT.add(amount, fee), "the amount less the fee")
    return replace(fill, fee=Fee(fee, _CURRENCY))


def _is_product(fill: Fill, amount: Decimal) -> bool:
    """Whether nothing was taken from the product, of which only price and amount are rounded."""
    rounding = EXACT.multiply(fill.quantity, _HALF_PRICE_STEP)
    return abs(abs(amount) - EXACT.multiply(fill.quantity, fill.price)) <= rounding + _CENT


def _closes(line: TableRow) -> bool:
    """Whether the venue says that the fill reduces a position and opens none."""
    return line[Column.ACTION] in CLOSES


def _oldest_first(rows: Sequence[Row]) -> list[Row]:
    """Return the rows by date; in a day as the page had them, which lists the newest first."""
    dates = [row.event.at.at for row in rows]
    rises = sum(later > earlier for earlier, later in pairwise(dates))
    falls = sum(later < earlier for earlier, later in pairwise(dates))
    forward = rows if rises > falls else list(reversed(rows))
    return by_sequence(forward, lambda _: ())


def _same_day(rows: Sequence[Row]) -> Iterator[str]:
    """Tell where the order of fills is that of the file only."""
    bodies = [(row.event.at.at.date(), row.event.body) for row in rows]
    traded = Counter((day, body.symbol) for day, body in bodies if isinstance(body, Fill))
    days = [f"{symbol} on {day}" for (day, symbol), count in traded.items() if count > 1]
    if days:
        yield (
            "no times are printed, so inside a day the file's order counts, from below where the "
            "newest stand first: " + ", ".join(days)
        )


def _terms(symbol: str) -> InstrumentTerms:
    return InstrumentTerms(kind=Kind.LINEAR, base=symbol, quote=_CURRENCY, multiplier=ONE)


IMPORTER = Importer(NAME, "Charles Schwab transactions (CSV)", identify, read)
