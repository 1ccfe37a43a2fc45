"""The columns of OKX's Trading History as they were printed over the years."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from journal.importers.table import Layout, TableRow


class Column(StrEnum):
    """What every Trading History has; the export of 2025 has nothing else."""

    ID = "id"
    ORDER = "Order id"
    TIME = "Time"
    TRADE_TYPE = "Trade Type"
    SYMBOL = "Symbol"
    ACTION = "Action"
    AMOUNT = "Amount"
    UNIT = "Trading Unit"
    PRICE = "Filled Price"
    PNL = "PnL"
    FEE = "Fee"
    FEE_UNIT = "Fee Unit"
    POSITION_CHANGE = "Position Change"
    POSITION_BALANCE = "Position Balance"
    BALANCE_CHANGE = "Balance Change"
    BALANCE = "Balance"
    BALANCE_UNIT = "Balance Unit"


class Column2023(StrEnum):
    """Two more units."""

    ID = "id"
    ORDER = "Order id"
    TIME = "Time"
    TRADE_TYPE = "Trade Type"
    SYMBOL = "Symbol"
    ACTION = "Action"
    AMOUNT = "Amount"
    UNIT = "Trading Unit"
    PRICE = "Filled Price"
    PRICE_UNIT = "Filled Price Unit"
    PNL = "PnL"
    FEE = "Fee"
    FEE_UNIT = "Fee Unit"
    POSITION_CHANGE = "Position Change"
    POSITION_BALANCE = "Position Balance"
    POSITION_UNIT = "Position Unit"
    BALANCE_CHANGE = "Balance Change"
    BALANCE = "Balance"
    BALANCE_UNIT = "Balance Unit"


# 2026 adds what these were worth in the money that the user's account is shown in.
_VALUED = ("Filled_price", "Pnl", "Fee", "Balance", "Balance_change")
_VALUED_COLUMN = re.compile(rf"(?:{'|'.join(_VALUED)})-([A-Z]{{3,5}})", re.ASCII)


def layout_of(titles: Iterable[str]) -> Layout:
    """Return the layout that these titles belong to, damaged or not.

    The last cell is a unit that must agree with others, or a worth that nobody reads: a cut in it
    is noticed or does no harm, so that files without a last line end can be read.
    """
    titles = set(titles)
    columns: type[StrEnum] = Column
    worth = next((match[1] for title in titles if (match := _VALUED_COLUMN.fullmatch(title))), None)
    if worth is not None:
        columns = _valued(worth)
    elif titles & {Column2023.PRICE_UNIT, Column2023.POSITION_UNIT}:
        columns = Column2023
    return Layout(columns, preamble=1, ends_lines=False)


def worth_of(line: TableRow) -> tuple[str, str] | None:
    """Return the money of the worths in a file that has them, and the cell of the price's."""
    for title, cell in line.cells.items():
        match = _VALUED_COLUMN.fullmatch(title)
        if match:
            return match[1], cell.strip()
    return None


def _valued(money: str) -> type[StrEnum]:
    titles = [*Column, *(f"{title}-{money}" for title in _VALUED)]
    named: type[StrEnum] = StrEnum("Column2026", [(title, title) for title in titles])  # type: ignore[misc]  # mypy wants the names written out
    return named
