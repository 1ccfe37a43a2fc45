"""MetaTrader 5's history report taken apart: whose it is, its deals, and what checks them.

The report is one sheet of sections (Positions, Orders, Deals, Results) in the language of the
terminal, as HTML, as a workbook, or as text saved from one. Languages change the titles, not the
columns: the table of deals is known by having thirteen or fourteen different titles.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.importers.cells import money
from journal.importers.importer import mostly
from journal.importers.mt5.html_rows import html_records
from journal.importers.source import SourceFile
from journal.importers.table import Record, TableRow, read_records


class Column(StrEnum):
    """The columns of the deals; older terminals print no Fee."""

    TIME = "Time"
    DEAL = "Deal"
    SYMBOL = "Symbol"
    TYPE = "Type"
    DIRECTION = "Direction"
    VOLUME = "Volume"
    PRICE = "Price"
    ORDER = "Order"
    COMMISSION = "Commission"
    FEE = "Fee"
    SWAP = "Swap"
    PROFIT = "Profit"
    BALANCE = "Balance"
    COMMENT = "Comment"


COLUMNS = tuple(Column)
WITHOUT_FEE = tuple(column for column in Column if column is not Column.FEE)

ACCOUNT = re.compile(
    r"(?P<number>\d{1,20})\s*\((?P<currency>[A-Z]{2,5}), ?[^<>\n]{0,120}?"
    r"\b(?:real|demo|contest)\b(?:, ?(?P<mode>\w+))?\)"
)
_TIME = re.compile(r"\d{4}[.-]\d{2}[.-]\d{2} \d{2}:\d{2}(?::\d{2})?", re.ASCII)
_OF_ORDER = re.compile(r"(?P<asked>[\d. ]+) / [\d. ]+", re.ASCII)
_DELIMITERS = ",;\t"

# Where the other sections have what checks the deals; hidden cells of HTML aside, in any language.
_ORDER_VOLUME = 4
_POSITION_WIDTH = 13
_POSITION_VOLUME, _OPENED, _CLOSED_AT, _CLOSED, _PROFIT = 4, 5, 8, 9, 12
_FEWEST_TITLES = 8


@dataclass(frozen=True, slots=True)
class Position:
    """A closed position as the report prints it."""

    symbol: str
    moved: Decimal
    prices: tuple[Decimal, Decimal]
    profit: Decimal


@dataclass(frozen=True, slots=True)
class Report:
    """A report. `mode` is Hedge, Netting or Exchange where it is printed.

    `asked` are the volumes of the orders by number, `totals` the row below the deals.
    """

    deals: list[TableRow]
    account: str | None = None
    currency: str | None = None
    mode: str | None = None
    asked: Mapping[str, Decimal] = field(default_factory=dict)
    positions: Mapping[str, Sequence[Position]] = field(default_factory=dict)
    totals: TableRow | None = None


def read_report(file: SourceFile) -> Report:
    """Take a report apart, or say why it has no deals."""
    records = _records(file)
    start, columns = _deals_header(records, file.name)
    deals, totals = _deals(records[start + 1 :], columns, file.name)
    account = next((found for record in records for found in _accounts(record)), None)
    return Report(
        deals,
        account["number"] if account else None,
        account["currency"] if account else None,
        account["mode"] if account else None,
        {record.cells[1]: asked for record in records[:start] for asked in _asked(record)},
        _positions(records[:start]),
        totals,
    )


def _records(file: SourceFile) -> list[Record]:
    text = file.text(utf16=True).replace("\ufeff", "")
    if "<table" in text.lower():
        if "</html>" not in text.lower():
            raise InputError(
                "the report was cut: it does not end with </html>",
                where=file.name,
                hint="save it again; nothing is imported",
            )
        return html_records(text)
    head = text[:4096]
    delimiter = max(_DELIMITERS, key=head.count)
    records = [
        Record(record.number, record.raw, [cell.strip() for cell in record.cells])
        for record in read_records(file, text, delimiter)
    ]
    if not text.endswith(("\n", "\r")):
        raise InputError(
            "the last line has no line end, so the file may be cut in its last cell",
            where=f"{file.name} line {records[-1].number}" if records else file.name,
            hint="nothing is imported; export it again",
        )
    return records


def _deals_header(records: Sequence[Record], where: str) -> tuple[int, Sequence[Column]]:
    for at, record in enumerate(records):
        titles = [cell for cell in record.cells if cell]
        if len(titles) < _FEWEST_TITLES or _TIME.fullmatch(titles[0]):
            continue
        if mostly(COLUMNS, titles) and len({*titles} & {"Deal", "Direction", "Balance"}) > 1:
            return at, _english(titles, f"{where} line {record.number}")
        if len(titles) == len({*titles}) and len(titles) in (len(COLUMNS), len(WITHOUT_FEE)):
            return at, COLUMNS if len(titles) == len(COLUMNS) else WITHOUT_FEE
    raise InputError(
        "the report has no deals: its positions are results, not fills",
        where=where,
        hint="in the History tab show Deals, or Positions, Orders and Deals, then Report again",
    )


def _english(titles: Sequence[str], where: str) -> Sequence[Column]:
    for columns in (COLUMNS, WITHOUT_FEE):
        if list(titles) == [str(column) for column in columns]:
            return columns
    raise InputError(
        f"the columns of the deals are not the ones this report has: {', '.join(titles)}",
        where=where,
        hint="import the file exactly as it was exported",
    )


def _deals(
    records: Sequence[Record], columns: Sequence[Column], where: str
) -> tuple[list[TableRow], TableRow | None]:
    """Return the deals, and the totals that end them."""
    deals: list[TableRow] = []
    for record in records:
        cells = record.cells
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) == 1:
            break
        if len(cells) < len(columns) or any(cells[len(columns) :]):
            raise InputError(
                f"the row has {len(cells)} cells instead of {len(columns)}",
                where=f"{where} line {record.number}",
                hint="the file was cut or changed; nothing is imported, export it again",
            )
        row = TableRow(record.number, record.raw, dict(zip(columns, cells, strict=False)))
        if not any(cells[: columns.index(Column.COMMISSION)]):
            return deals, row
        deals.append(row)
    return deals, None


def _accounts(record: Record) -> Iterator[re.Match[str]]:
    for cell in record.cells:
        if match := ACCOUNT.fullmatch(cell):
            yield match


def _asked(record: Record) -> Iterator[Decimal]:
    """Yield the volume of an order that stands in this row."""
    cells = record.cells
    if len(cells) > _ORDER_VOLUME and _TIME.fullmatch(cells[0]):
        match = _OF_ORDER.fullmatch(cells[_ORDER_VOLUME])
        if match:
            yield money(match["asked"], "Volume")


def _positions(records: Sequence[Record]) -> Mapping[str, list[Position]]:
    found: defaultdict[str, list[Position]] = defaultdict(list)
    for record in records:
        cells = record.cells
        if len(cells) < _POSITION_WIDTH or not _TIME.fullmatch(cells[_CLOSED_AT]):
            continue
        try:
            volume, opened, closed, profit = (
                money(cells[at], "position") for at in (_POSITION_VOLUME, _OPENED, _CLOSED, _PROFIT)
            )
        except InputError:  # it only checks the deals; what cannot be read checks none
            continue
        moved = (closed - opened) * volume * (-1 if cells[3] == "sell" else 1)
        found[cells[2]].append(Position(cells[2], moved, (opened, closed), profit))
    return found
