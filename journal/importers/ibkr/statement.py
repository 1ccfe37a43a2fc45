"""Interactive Brokers: the rows of an activity statement, section by section.

Each line begins with its section's name and with Header, Data, SubTotal or Total. Orders are
followed by their executions where the statement was asked for them; then the executions count.
What contracts are worth stands in a section at the end.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.money import EXACT
from journal.importers.cells import grouped
from journal.importers.ibkr.activity_columns import (
    ACCOUNT_FIELDS,
    MULTIPLIERS,
    UNDERLYINGS,
    Column,
    Titles,
    category_of,
    is_trades,
)
from journal.importers.ibkr.rows import Execution, Name
from journal.importers.source import SourceFile
from journal.importers.table import Record, check_line_end, read_records, text_of

_ORDERS, _EXECUTIONS, _LOTS = ("Order",), ("Trade", "Execution"), ("ClosedLot",)
_KINDS = ("Data", "SubTotal", "Total")
_ORDER, _LOT, _EXECUTION = "ORDER", "CLOSED_LOT", "EXECUTION"
_NAMES = {
    Column.CURRENCY: Name.CURRENCY,
    Column.ACCOUNT: Name.ACCOUNT,
    Column.SYMBOL: Name.SYMBOL,
    Column.TIME: Name.TIME,
    Column.PRICE: Name.PRICE,
    Column.QUANTITY: Name.QUANTITY,
    Column.PROCEEDS: Name.PROCEEDS,
    Column.COMMISSION: Name.COMMISSION,
    Column.CODE: Name.NOTES,
}
_NOTHING = Decimal(0)
_Named = tuple[str, str, str]


@dataclass(slots=True)
class Statement:
    """What a statement says; `results` are basis and profit by the line of the row."""

    file: SourceFile
    rows: list[Execution] = field(default_factory=list)
    results: dict[int, tuple[str, str]] = field(default_factory=dict)
    ignored: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)
    _account: str = ""
    _trades: str | None = None
    _titles: Titles | None = None
    _other_titles: dict[str, list[str]] = field(default_factory=dict)
    _contracts: dict[str, dict[str, str]] = field(default_factory=dict)
    _order: int | None = None
    _executed: dict[int, Decimal] = field(default_factory=dict)
    _held: dict[_Named, Decimal] = field(default_factory=dict)
    _counted: int = 0

    @property
    def has_trades(self) -> bool:
        """Whether there is a section of trades, be it empty."""
        return self._trades is not None

    @classmethod
    def read(cls, file: SourceFile) -> Statement:
        """Read all lines."""
        found, text, number = cls(file), text_of(file), 1
        for record in read_records(file, text):
            number = record.number
            if any(cell.strip() for cell in record.cells):
                found._line(record)
        check_line_end(file, text, number)
        found._check_orders()
        found.rows = [found._completed(row) for row in found.rows]
        return found

    def _line(self, record: Record) -> None:
        cells = [cell.strip() for cell in record.cells]
        section, kind = cells[0], cells[1] if len(cells) > 1 else ""
        if is_trades(cells):
            self._trades, self._order = section, None
            self._titles = Titles.of(cells, f"{self.file.name} line {record.number}")
        elif kind == "Header":
            self._other_titles[section] = cells
        elif section in self._other_titles:
            self._other(section, cells)
        elif self._titles is None or section != self._trades or kind not in _KINDS:
            self.rows.append(
                Execution(record.number, record.raw, {str(Name.LEVEL): ",".join(cells[:2])})
            )
        elif kind == "Data":
            self._trade(record, self._titles)
        else:
            self._sum(record, self._titles, kind)

    def _other(self, section: str, cells: list[str]) -> None:
        """Take the account and the contracts' terms from where they stand."""
        self.ignored["row of another section"] += 1
        name, value = "".join(cells[2:3]), "".join(cells[3:4])
        if name in ACCOUNT_FIELDS:
            self._account = value.partition(" ")[0]
        named = dict(zip(self._other_titles.get(section, ()), cells, strict=False))
        for titles, name in ((MULTIPLIERS, Name.MULTIPLIER), (UNDERLYINGS, Name.UNDERLYING)):
            for title in titles:
                for symbol in named.get("Symbol", "").split(", "):
                    if symbol and named.get(title):
                        self._contracts.setdefault(symbol, {})[str(name)] = named[title]

    def _trade(self, record: Record, titles: Titles) -> None:
        cells = titles.cells(record.cells)
        discriminator = cells.get(Column.DISCRIMINATOR, "")
        if discriminator in _LOTS:
            level = _LOT
        elif len(record.cells) != len(titles.columns):
            raise InputError(
                f"the row has {len(record.cells)} cells instead of {len(titles.columns)}",
                where=f"{self.file.name} line {record.number}",
                hint="the file was cut or changed; nothing is imported, export it again",
            )
        elif discriminator in _ORDERS:
            level, self._order = _EXECUTION, len(self.rows)
        elif discriminator in _EXECUTIONS:
            level = _EXECUTION
            self._supersede(cells)
        else:
            level = discriminator or "nothing"
        self.rows.append(Execution(record.number, record.raw, _values(cells, titles, level)))
        result = cells.get(Column.BASIS, ""), cells.get(Column.REALIZED, "")
        self.results[record.number] = result

    def _supersede(self, cells: dict[Column, str]) -> None:
        """Let executions count instead of the order that they stand below."""
        at = self._order
        if at is None or self.rows[at][Name.SYMBOL] != cells[Column.SYMBOL]:
            return
        order = self.rows[at]
        self.rows[at] = replace(order, values={**order.values, Name.LEVEL: _ORDER})
        executed = self._executed.get(at, _NOTHING)
        self._executed[at] = EXACT.add(executed, _number(cells[Column.QUANTITY]))

    def _check_orders(self) -> None:
        for at, executed in self._executed.items():
            ordered = self.rows[at][Name.QUANTITY]
            if _number(ordered) != executed:
                raise InputError(
                    f"the order of {ordered} {self.rows[at][Name.SYMBOL]} has executions of "
                    f"{executed} below it",
                    where=f"{self.file.name} line {self.rows[at].number}",
                    hint="the file was cut or changed; nothing is imported, export it again",
                )

    def _sum(self, record: Record, titles: Titles, kind: str) -> None:
        """Compare a subtotal with the rows that it sums up; some may have gone missing."""
        self.ignored[kind.lower()] += 1
        self._order = None
        cells = titles.cells(record.cells)
        quantity, symbol = cells.get(Column.QUANTITY, ""), cells.get(Column.SYMBOL, "")
        if not (symbol and quantity):
            return
        named = (category_of(cells[Column.CATEGORY]), cells[Column.CURRENCY], symbol)
        held = self._added_up().get(named, _NOTHING)
        if _number(quantity) != held:
            self.notes.append(
                f"line {record.number}: the statement adds {symbol} up to {quantity} and its rows "
                f"to {held}: rows are missing, or stand there twice"
            )

    def _added_up(self) -> dict[_Named, Decimal]:
        """Return the quantities so far; orders above a sum get no more executions."""
        for row in self.rows[self._counted :]:
            if row[Name.LEVEL] == _EXECUTION:
                held = self._held.get(_named(row), _NOTHING)
                self._held[_named(row)] = EXACT.add(held, _number(row[Name.QUANTITY]))
        self._counted = len(self.rows)
        return self._held

    def _completed(self, row: Execution) -> Execution:
        """Return a row with what other sections say of its account and contract."""
        said = {name: value for name, value in row.values.items() if value}
        elsewhere = self._contracts.get(row[Name.SYMBOL], {})
        return replace(row, values={str(Name.ACCOUNT): self._account, **elsewhere, **said})


def _values(cells: dict[Column, str], titles: Titles, level: str) -> dict[str, str]:
    """Return the cells under the names of a Flex query."""
    values = {str(name): cells.get(column, "") for column, name in _NAMES.items()}
    values[Name.CATEGORY] = category_of(cells.get(Column.CATEGORY, ""))
    # A notional value's sign is nobody's side.
    values[Name.MONEY] = cells.get(Column.NOTIONAL, "").lstrip("-")
    values[Name.COMMISSION_CURRENCY] = titles.fee_currency or ""
    values[Name.SIDE] = _side(cells)
    values[Name.LEVEL] = level
    codes = values[Name.NOTES].split(";")
    values[Name.OPEN_CLOSE] = ";".join(code for code in ("C", "O") if code in codes)
    return values


def _side(cells: dict[Column, str]) -> str:
    """Return the side that the sign means; a cancellation's is the opposite of its own."""
    is_sale = cells.get(Column.QUANTITY, "").startswith("-")
    if "Ca" in cells.get(Column.CODE, "").split(";"):
        return "BUY (Ca.)" if is_sale else "SELL (Ca.)"
    return "SELL" if is_sale else "BUY"


def _named(row: Execution) -> _Named:
    return row[Name.CATEGORY], row[Name.CURRENCY], row[Name.SYMBOL]


def _number(text: str) -> Decimal:
    """Return a quantity for adding up; what is none is refused where the row is read."""
    try:
        return grouped(text, Column.QUANTITY)
    except InputError:
        return Decimal(0)
