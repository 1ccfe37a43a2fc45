"""Bybit: the rows of the Transaction Log, and how the rows of one spot fill find each other.

A spot fill stands in two rows, what was given and what was received, in either order, and in a
third where a third coin paid the fee. They belong together by time, pair, side and price, by the
trade id where the log has one, and by their amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Side
from journal.domain.money import EXACT, clip
from journal.importers.cells import number
from journal.importers.table import TableRow
from journal.importers.words import side_of


class Column(StrEnum):
    """The columns; the ids stand only in what the page of the account exports."""

    UID = "Uid"
    CURRENCY = "Currency"
    CONTRACT = "Contract"
    TYPE = "Type"
    DIRECTION = "Direction"
    QUANTITY = "Quantity"
    POSITION = "Position"
    PRICE = "Filled Price"
    FUNDING = "Funding"
    FEE = "Fee Paid"
    CASH = "Cash Flow"
    CHANGE = "Change"
    BALANCE = "Wallet Balance"
    ACTION = "Action"
    ORDER = "OrderId"
    TRADE = "TradeId"
    TIME_UTC = "Time(UTC)"
    TIME = "Time"


_SLACK = Decimal("1e-12")
_SMALLEST_UNIT, _FLOAT_SLACK = Decimal("1e-8"), Decimal("1e-6")
_SAME_FILL = (
    Column.UID, Column.CONTRACT, Column.DIRECTION, Column.PRICE, Column.TRADE, Column.TIME_UTC,
    Column.TIME,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SpotFill:
    """The rows of one fill of a spot pair."""

    base: TableRow
    quote: TableRow
    third: TableRow | None = None

    @property
    def rows(self) -> list[TableRow]:
        """Return the rows in the order of the file."""
        found = [row for row in (self.base, self.quote, self.third) if row is not None]
        return sorted(found, key=lambda row: row.number)

    @property
    def number(self) -> int:
        """Return the line of the first row."""
        return self.rows[0].number

    @property
    def raw(self) -> str:
        """Return the text of all rows."""
        return "\n".join(row.raw for row in self.rows)

    @property
    def received(self) -> TableRow:
        """Return the row of what was received."""
        return self.base if way_of(self.base) is Side.BUY else self.quote

    def fee(self) -> Fee:
        """Return the fee, which stands on one of the rows; on none, it is zero."""
        charged = [(amount(row, Column.FEE), row[Column.CURRENCY]) for row in self.rows]
        fees = [Fee(-paid, coin) for paid, coin in charged if paid]
        if len(fees) > 1:
            raise InputError("the rows of one fill have fees in two coins")
        return fees[0] if fees else Fee(Decimal(0), self.received[Column.CURRENCY])


@dataclass(frozen=True, slots=True)
class Stray:
    """A row of a spot fill that cannot be joined with another, and why."""

    row: TableRow
    reason: str

    @property
    def rows(self) -> list[TableRow]:
        """Return the row alone."""
        return [self.row]

    @property
    def number(self) -> int:
        """Return its line."""
        return self.row.number

    @property
    def raw(self) -> str:
        """Return its text."""
        return self.row.raw


def amount(row: TableRow, column: Column) -> Decimal:
    """Return a number of the row."""
    return number(row[column], column)


def way_of(row: TableRow) -> Side:
    """Return which way the fill went."""
    return side_of(row[Column.DIRECTION], Column.DIRECTION)


def check_change(row: TableRow) -> None:
    """Refuse a row whose change is not its cash flow, fee and funding together."""
    parts = [amount(row, column) for column in (Column.CASH, Column.FEE, Column.FUNDING)]
    change = amount(row, Column.CHANGE)
    if abs(change - sum(parts)) > _SLACK:
        raise InputError(
            f"Change {change} is not Cash Flow, Fee Paid and Funding together: a cell was changed",
            hint="import the file exactly as it was exported",
        )


def joined(rows: Sequence[TableRow]) -> list[SpotFill | Stray]:
    """Join the rows of spot fills, strictly: what finds no counterpart is a stray."""
    groups: defaultdict[tuple[str, ...], list[TableRow]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[column] for column in _SAME_FILL)].append(row)
    found = [each for group in groups.values() for each in _pairs(group)]
    return sorted(found, key=lambda each: each.number)


def _pairs(group: Sequence[TableRow]) -> list[SpotFill | Stray]:
    pair = group[0][Column.CONTRACT]
    bases = [row for row in group if pair.startswith(row[Column.CURRENCY])]
    quotes = [row for row in group if row not in bases and pair.endswith(row[Column.CURRENCY])]
    thirds = [row for row in group if row not in bases and row not in quotes]
    fills: list[SpotFill | Stray] = []
    for base in bases:
        quote = next((each for each in quotes if _fit(base, each)), None)
        if quote is None:
            fills.append(_stray(base))
            continue
        quotes.remove(quote)
        fills.append(SpotFill(base, quote))
    fills += [_stray(row) for row in quotes]
    if len(thirds) == 1 and len(fills) == 1 and isinstance(fills[0], SpotFill):
        return [SpotFill(fills[0].base, fills[0].quote, thirds[0])]
    return fills + [_stray(row) for row in thirds]


def _fit(base: TableRow, quote: TableRow) -> bool:
    """Whether both are of one fill by their coins, signs and amounts, which are not rounded."""
    try:
        sign = way_of(base).sign
        moved, paid = sign * amount(base, Column.QUANTITY), -sign * amount(quote, Column.QUANTITY)
        value = EXACT.multiply(moved, amount(base, Column.PRICE))
    except InputError:
        return False
    coins = base[Column.CURRENCY] + quote[Column.CURRENCY]
    return (
        moved > 0
        and abs(value - paid) <= _SMALLEST_UNIT + value * _FLOAT_SLACK
        and coins == base[Column.CONTRACT].replace("-", "").replace("/", "")
    )


def _stray(row: TableRow) -> Stray:
    coin, pair = clip(row[Column.CURRENCY]), clip(row[Column.CONTRACT])
    return Stray(row, f"the {coin} row of a fill of {pair} finds no row that fits it")
