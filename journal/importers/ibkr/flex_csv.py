"""Interactive Brokers: a Flex query as CSV, of activity or of trade confirmations.

One file can hold several sections and accounts. Each section begins with its titles; queries that
ask for it have control lines as well: BOF, BOA, BOS before, EOS (with the number of rows), EOA,
EOF behind, and HEADER or DATA with the section's code in front of each row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.ibkr.flex_columns import NAMES, NEEDED, Column, is_trades
from journal.importers.ibkr.report import FETCH_QUERY, read_executions
from journal.importers.ibkr.rows import Execution, Name
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    other_export,
)
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.table import Record, check_line_end, read_records, row_of, text_of

NAME = "ibkr-flex-csv"

_CONTROL = ("BOF", "BOA", "BOS", "EOS", "EOA", "EOF", "MSG")
_ENDS = {"BOF": "EOF", "BOA": "EOA", "BOS": "EOS"}
_CODED = ("HEADER", "DATA")
_TITLES = frozenset(str(column) for column in Column)
# Titles that no other program prints: one beside those of trades is enough.
_OWN = frozenset(
    {"ClientAccountID", "CurrencyPrimary", "TradePrice", "IBCommission", "IBCommissionCurrency",
     "IBExecID", "IBOrderID", "TradeMoney", "FXRateToBase", "AssetClass", "UnderlyingSymbol",
     "Open/CloseIndicator", "Notes/Codes", "FifoPnlRealized", "ExecID", "CommissionCurrency",
     "LevelOfDetail", "ClearingFirmID"}
)  # fmt: skip
_LINES = 60


def identify(sample: Sample) -> Identified:
    """Claim a query with trades in any of its sections; name one that has none."""
    is_flex = sample.header()[:1] in (["BOF"], ["BOA"])
    for line in range(min(len(sample.lines), _LINES)):
        header = _plain(sample.header(line))
        if _OWN.intersection(header) and _is_titles(header):
            if is_trades(header):
                return MINE
            is_flex = is_flex or len(_OWN.intersection(header)) > 1
    if not is_flex:
        return NOT_MINE
    # Trades may stand behind a long section of something else.
    if len(sample.lines) > _LINES:
        return MINE
    return other_export("this Flex query has no section of trades", FETCH_QUERY)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the executions of all accounts in the file, oldest first."""
    sections = _Sections(file)
    rows = list(sections.read())
    if not sections.headers:
        raise InputError("this Flex query has no trades", where=file.name, hint=FETCH_QUERY)
    _check_swapped(file, rows)
    reading = read_executions(NAME, file, rows, options)
    if sections.elsewhere:
        reading.ignored["row of another section"] = sections.elsewhere
    return replace(reading, notes=(*reading.notes, *_notes(sections.headers)))


@dataclass(slots=True)
class _Sections:
    """Reads the lines of a file and knows which section it is in."""

    file: SourceFile
    headers: list[list[str]] = field(default_factory=list)
    elsewhere: int = 0
    _unended: dict[str, str] = field(default_factory=dict)
    _header: list[str] = field(default_factory=list)
    _count: int = 0

    def read(self) -> Iterator[Execution]:
        text = text_of(self.file)
        number = 1
        for record in read_records(self.file, text):
            number = record.number
            cells = [cell.strip() for cell in record.cells]
            if cells[0] in _CONTROL:
                self._control(record, cells)
            elif _is_titles(_plain(cells)):
                self._begin(record, _plain(cells))
            elif not self._header:
                raise self._refused(record, "the row stands above all titles")
            else:
                yield from self._row(record)
        # Where the cells are quoted, a cut in the last one shows by its quote.
        if not text.endswith('"'):
            check_line_end(self.file, text, number)
        for end in self._unended.values():
            raise InputError(
                f"the file ends without its line {end}",
                where=f"{self.file.name} line {number}",
                hint="the file was cut; nothing is imported, run the query again",
            )

    def _control(self, record: Record, cells: list[str]) -> None:
        word = cells[0]
        if word in _ENDS:
            self._unended[word] = _ENDS[word]
        else:
            self._unended.pop(word.replace("EO", "BO"), None)
        if cells[0] != "EOS" or not is_trades(self._header):
            return
        announced = "".join(cells[2:3])
        if announced.isdigit() and int(announced) != self._count:
            raise self._refused(
                record, f"the section has {self._count} rows and its end says {announced}"
            )

    def _begin(self, record: Record, titles: list[str]) -> None:
        self._header, self._count = titles, 0
        if is_trades(titles):
            _check_titles(titles, f"{self.file.name} line {record.number}")
            self.headers.append(titles)

    def _row(self, record: Record) -> Iterator[Execution]:
        self._count += 1
        if not is_trades(self._header):
            self.elsewhere += 1
            return
        plain = Record(record.number, record.raw, _plain(record.cells))
        cells = row_of(self.file.name, plain, self._header).cells
        values = {
            str(NAMES[title]): cells[title] for title in map(Column, self._header) if title in NAMES
        }
        yield Execution(record.number, record.raw, values)

    def _refused(self, record: Record, problem: str) -> InputError:
        return InputError(
            problem,
            where=f"{self.file.name} line {record.number}",
            hint="the file was cut or changed; nothing is imported, run the query again",
        )


def _plain(cells: list[str]) -> list[str]:
    """Return a row without the words that some queries put in front of it."""
    return cells[2:] if cells and cells[0].strip() in _CODED else cells


def _is_titles(cells: list[str]) -> bool:
    """Whether a row is made of titles: of trades, or of a section beginning as each does."""
    known = _TITLES.intersection(cells)
    return 2 * len(known) > len(cells) or "ClientAccountID" in known


def _check_titles(titles: list[str], where: str) -> None:
    missing = [" or ".join(one) for one in NEEDED if not any(title in titles for title in one)]
    unknown = [repr(clip(title)) for title in titles if title not in _TITLES]
    twice = [repr(title) for title in dict.fromkeys(titles) if titles.count(title) > 1]
    problems = [
        f"{label} {', '.join(found)}"
        for label, found in (("missing", missing), ("unknown", unknown), ("twice", twice))
        if found
    ]
    if problems:
        raise InputError(
            "the columns are not enough, or not those of a Flex query: " + "; ".join(problems),
            where=where,
            hint="edit the query, in its section Trades, and import its file unchanged",
        )


def _check_swapped(file: SourceFile, rows: list[Execution]) -> None:
    """Refuse a file whose quantities stand under the price: only sold ones have a sign."""
    for row in rows:
        sold = row[Name.SIDE].startswith("SELL") and row[Name.CATEGORY] != "FUT"
        if sold and row[Name.PRICE].startswith("-") and not row[Name.QUANTITY].startswith("-"):
            raise InputError(
                "something was sold at a price below zero: the two titles were swapped",
                where=f"{file.name} line {row.number}",
                hint="import the file exactly as the query wrote it",
            )


def _notes(headers: list[list[str]]) -> Iterator[str]:
    titles = {Column(title) for header in headers for title in header}
    if not titles & {Column.LEVEL, Column.EXECUTION, Column.CONFIRMED_EXECUTION, Column.TRADE_ID}:
        yield (
            "the query has no ids and no LevelOfDetail: all its rows were taken as executions, "
            "which counts double if it lists orders as well"
        )
    if Column.SYMBOL not in titles:
        yield "the query has no Symbol, so shares are known by their ISIN"


IMPORTER = Importer(NAME, "Interactive Brokers Flex query (CSV)", identify, read)
