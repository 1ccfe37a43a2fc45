"""Interactive Brokers: the activity statement as CSV, and its shortest cousin.

Times are the account's without a zone, and no ids are printed. The realised profit of each row is
the venue's own, first in first out and net of commissions: a figure to compare with, so it is
noted. The shortest variant has five columns and says nothing of fees or currencies.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import EXACT, canonical
from journal.importers.cells import grouped
from journal.importers.ibkr.activity_columns import is_trades
from journal.importers.ibkr.report import read_executions
from journal.importers.ibkr.rows import Execution, Name
from journal.importers.ibkr.statement import Statement
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table

NAME = "ibkr-activity"

_FETCH = (
    "export the Activity statement as CSV with its section Trades: Client Portal, "
    "Performance & Reports, Statements"
)
# Codes of assignment, exercise, expiry, and of a loss that is not allowed.
_ADJUSTED = frozenset({"A", "Ex", "Ep", "LD"})
_CENT = Decimal("0.01")
_STATEMENT = ["Statement", "Header"]


class ShortColumn(StrEnum):
    """The columns of the shortest variant."""

    ACCOUNT = "Account"
    SYMBOL = "Symbol"
    TIME = "Date/Time"
    QUANTITY = "Quantity"
    PRICE = "Price"


_SHORT = Layout(ShortColumn)


def identify(sample: Sample) -> Identified:
    """Claim statements of any section, and the variant of five columns."""
    header = sample.header()
    if header[:2] == _STATEMENT or _is_short(header):
        return MINE
    lines = (at for at, line in enumerate(sample.lines) if ",Header," in line)
    return MINE if any(is_trades(sample.header(at)) for at in lines) else NOT_MINE


def _is_short(header: list[str]) -> bool:
    """Whether these are the five columns and hardly more: others have some of them too."""
    found = len(set(ShortColumn).intersection(header))
    return found >= len(ShortColumn) - 1 and len(header) <= len(ShortColumn) + 1


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read orders, or their executions where there are any, oldest first."""
    if _is_short(Sample.of(file.data).header()):
        return _read_short(file, options)
    statement = Statement.read(file)
    if not statement.has_trades:
        raise InputError("this statement has no section Trades", where=file.name, hint=_FETCH)
    reading = read_executions(
        NAME, file, statement.rows, options, check=lambda row: _check_result(statement, row)
    )
    notes = (*reading.notes, *statement.notes, *_realized(statement, reading))
    return replace(reading, ignored=reading.ignored + statement.ignored, notes=notes)


def _check_result(statement: Statement, row: Execution) -> None:
    """Compare the row's own profit with its proceeds, commission and basis.

    Where options were exercised or assigned, or a loss is not allowed, they do not add up; nor
    where the commission is in another currency.
    """
    basis, realized = statement.results[row.number]
    if realized:
        grouped(realized, "Realized P/L")
    proceeds, commission = row[Name.PROCEEDS], row[Name.COMMISSION]
    if not (basis and realized and proceeds and commission):
        return
    currencies = {row[Name.CURRENCY], row[Name.COMMISSION_CURRENCY] or row[Name.CURRENCY]}
    if len(currencies) > 1 or _ADJUSTED.intersection(row.codes):
        return
    profit = grouped(realized, "Realized P/L")
    parts = [grouped(text, "its parts") for text in (basis, proceeds, commission)]
    if abs(profit - sum(parts)) > _CENT:
        raise InputError(
            f"the profit {profit} is not proceeds {proceeds}, commission {commission} and basis "
            f"{basis} together: a cell was changed"
        )


def _realized(statement: Statement, reading: Reading) -> Iterator[str]:
    """Tell what the venue itself made of the fills, by currency."""
    currencies = {row.number: row[Name.CURRENCY] for row in statement.rows}
    sums: defaultdict[str, Decimal] = defaultdict(lambda: Decimal(0))
    for row in reading.rows:
        _, printed = statement.results[row.number]
        if printed:
            currency = currencies[row.number]
            sums[currency] = EXACT.add(sums[currency], grouped(printed, "Realized P/L"))
    if sums:
        printed = ", ".join(f"{canonical(total)} {name}" for name, total in sums.items())
        yield f"the statement's own realised profit of these fills, net of commissions: {printed}"


def _read_short(file: SourceFile, options: ReadOptions) -> Reading:
    rows = [_short_row(line) for line in read_table(file, _SHORT)]
    return read_executions(NAME, file, rows, options, has_currencies=False)


def _short_row(line: TableRow) -> Execution:
    sold = line[ShortColumn.QUANTITY].startswith("-")
    values = {
        Name.ACCOUNT: line[ShortColumn.ACCOUNT],
        Name.SYMBOL: line[ShortColumn.SYMBOL],
        Name.TIME: line[ShortColumn.TIME],
        Name.QUANTITY: line[ShortColumn.QUANTITY],
        Name.PRICE: line[ShortColumn.PRICE],
        Name.SIDE: "SELL" if sold else "BUY",
    }
    return Execution(line.number, line.raw, {str(name): cell for name, cell in values.items()})


IMPORTER = Importer(NAME, "Interactive Brokers activity statement (CSV)", identify, read)
