"""What can be found out of a table: which column is which, and what its cells prove."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.importers.cells import money
from journal.importers.mapped.guessing import (
    SIDES,
    candidates,
    decimal_mark,
    guessed,
    names_shorts,
)
from journal.importers.mapped.proving import Proof, is_clock, proof
from journal.importers.mapped.rows import MappedRow
from journal.importers.mapped.shown import Shown

_ROLES = (
    "symbol", "side", "quantity", "price", "amount", "fee", "fee_currency", "id", "order",
    "account", "liquidity", "position", "closes",
)  # fmt: skip
_NUMBERS = ("quantity", "price", "amount", "fee")


@dataclass(frozen=True, slots=True)
class Guess:
    """What was found out of a table. `columns` are the titles by role, time apart."""

    table: Shown
    time: tuple[str, ...]
    proof: Proof
    columns: dict[str, str]
    decimal: str | None

    def numbers(self, row: MappedRow, *roles: str) -> list[Decimal]:
        """Return the numbers of a row, none if one of them is missing or no number."""
        if not self.columns.keys() >= set(roles):
            return []
        try:
            return [money(row[self.columns[role]], role, self.decimal or ".") for role in roles]
        except InputError:
            return []

    def side(self, row: MappedRow) -> Side | None:
        """Return what a row did, None where nothing says so."""
        if title := self.columns.get("side"):
            return None if row.problem else SIDES.get(row[title].casefold())
        quantity = self.numbers(row, "quantity")
        return None if not quantity else Side.SELL if quantity[0] < 0 else Side.BUY


def guess_of(table: Shown) -> Guess:
    """Return what the table tells of itself."""
    columns: dict[str, str] = {}
    time, times = _time(table)
    for role in _ROLES:
        free = [title for title in table.titles if title not in {*time, *columns.values()}]
        if title := guessed(role, free, table.cells):
            columns[role] = title
    if "side" in columns and names_shorts(table.cells(columns["side"])):
        columns.setdefault("closes", columns["side"])
    if "fee" not in columns:
        columns.pop("fee_currency", None)
    numbers = [cell for role in _NUMBERS if role in columns for cell in table.cells(columns[role])]
    return Guess(table, time, times, columns, decimal_mark(numbers))


def _time(table: Shown) -> tuple[tuple[str, ...], Proof]:
    """Return the columns that say when, and what is proved of them: the finest that there is."""
    days: list[tuple[tuple[str, ...], Proof]] = []
    clocks = [one for one in candidates("clock", table.titles) if is_clock(table.cells(one))]
    for title in candidates("time", table.titles):
        found = proof(table.cells(title))
        if found.has_clock:
            return (title,), found
        if found.patterns or found.doubts:
            days.append(((title,), found))
    if days and clocks:
        (date,), _ = days[0]
        both = [f"{row[date]} {row[clocks[0]]}" for row in table.rows if not row.problem]
        return (date, clocks[0]), proof([one for one in both if one.strip()])
    return days[0] if days else ((), Proof(()))
