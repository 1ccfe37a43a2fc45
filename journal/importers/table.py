"""Tables of delimited text, read strictly: any doubt about the shape refuses the file.

A file that was cut or re-saved must not import half. What a single cell says is judged later,
row by row.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.importer import mostly
from journal.importers.source import SourceFile

_BYTE_ORDER_MARK = "\ufeff"
_WATCH_EVERY = 5_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row by column; `number` is the line it begins at, `raw` its own text."""

    number: int
    raw: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return a cell without blanks around it; of a column the file lacks, nothing."""
        return self.cells.get(column, "").strip()


@dataclass(frozen=True, slots=True)
class Layout:
    """How a table is printed. `columns` are all it can have, `optional` those it may lack.

    They stand in this order, unless the user of the venue chooses them (`ordered`): titles that
    were moved cannot be told from columns that were. `delimiters` are tried in this order;
    `preamble` is how many lines may stand above the header; a title that stands there twice is
    `Time`, then `Time 2`, where `columns` says so. `trailing` tables end each row with a
    delimiter. Where the venue ends its last line, `ends_lines` notices a cut last cell. `aliases`
    are titles that the venue uses for a column in other years: (printed, column).
    """

    columns: type[StrEnum]
    optional: frozenset[str] = frozenset()
    delimiters: str = ","
    preamble: int = 0
    ordered: bool = True
    trailing: bool = False
    ends_lines: bool = True
    aliases: tuple[tuple[str, str], ...] = ()

    def titles(self, cells: Sequence[str]) -> list[str]:
        """Return the titles of a header as the columns are called here."""
        known = dict(self.aliases)
        return [known.get(cell.strip(), cell.strip()) for cell in cells]

    @property
    def required(self) -> list[str]:
        """Return the columns that every file has."""
        return [column for column in self.columns if column not in self.optional]


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one row by position; `number` is the line it begins at."""

    number: int
    raw: str
    cells: list[str]


def read_table(file: SourceFile, layout: Layout | type[StrEnum]) -> Iterator[TableRow]:
    """Yield the rows below the header, whose columns may stand in any order."""
    if not isinstance(layout, Layout):
        layout = Layout(layout)
    text = text_of(file)
    records = read_records(file, text, _delimiter(text, layout))
    header = _header(file, records, layout)
    number = 1
    for record in records:
        number = record.number
        yield row_of(file.name, record, header, trailing=layout.trailing)
    if layout.ends_lines:
        check_line_end(file, text, number)


def preamble_of(file: SourceFile, layout: Layout) -> list[str]:
    """Return the lines above the header."""
    text = text_of(file)
    found: list[str] = []
    for record in read_records(file, text, _delimiter(text, layout)):
        if _is_header(record.cells, layout) or len(found) == layout.preamble:
            break
        found.append(record.raw)
    return found


def read_records(file: SourceFile, text: str, delimiter: str = ",") -> Iterator[Record]:
    """Yield the rows of delimited text by position; blank lines are passed over."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in _LINE.finditer(text):
            taken.append(line[0])
            yield line[0]

    number = 1
    reader = csv.reader(lines(), strict=True, delimiter=delimiter)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(
                f"the row is not {_NAMES.get(delimiter, 'delimited')} text: {error}",
                where=f"{file.name} line {number}",
                hint="the file was cut or changed; nothing is imported, export it again",
            ) from error
        if cells is None:
            return
        if cells:
            yield Record(number, "".join(taken).rstrip("\r\n"), cells)
        number += len(taken)
        taken.clear()
        if file.watch and number % _WATCH_EVERY == 0:
            file.watch(number)


# A text stream would hold the whole text again, at four bytes a character.
_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")

_NAMES = {",": "comma-separated", ";": "semicolon-separated", "\t": "tab-separated"}


def text_of(file: SourceFile) -> str:
    """Return the text without byte order marks: some venues print one before each row or cell."""
    return file.text().replace(_BYTE_ORDER_MARK, "")


def _delimiter(text: str, layout: Layout) -> str:
    """Return the delimiter that parts one of the first lines into the header."""
    first = text[: 1 << 16].splitlines()[: layout.preamble + 1]
    for delimiter in layout.delimiters:
        rows = csv.reader(first, delimiter=delimiter)
        if any(_is_header(cells, layout) for cells in rows):
            return delimiter
    return layout.delimiters[0]


def _is_header(cells: Sequence[str], layout: Layout) -> bool:
    return mostly(layout.required, numbered(layout.titles(cells)))


def _header(file: SourceFile, records: Iterator[Record], layout: Layout) -> list[str]:
    for above, record in enumerate(records):
        if above < layout.preamble and not _is_header(record.cells, layout):
            continue
        cells = layout.titles(record.cells)
        if layout.trailing and not cells[-1]:
            cells.pop()
        repeats = any(column.endswith(" 2") for column in layout.columns)
        header = numbered(cells) if repeats else cells
        _check_header(header, layout, f"{file.name} line {record.number}")
        return header
    raise InputError(
        "the file has no header", where=file.name, hint="import the file exactly as it was exported"
    )


def numbered(cells: Sequence[str]) -> list[str]:
    """Return the titles with the repeated ones told apart: Coin, Coin 2, Coin 3."""
    seen: Counter[str] = Counter()
    titles = []
    for cell in cells:
        seen[cell] += 1
        titles.append(cell if seen[cell] == 1 else f"{cell} {seen[cell]}")
    return titles


def check_line_end(file: SourceFile, text: str, number: int) -> None:
    """Refuse a text whose last line was not ended."""
    if not text.endswith(("\n", "\r")):
        raise InputError(
            "the last line has no line end, so the file may be cut in its last cell",
            where=f"{file.name} line {number}",
            hint="nothing is imported; export it again",
        )


def row_of(name: str, record: Record, header: list[str], *, trailing: bool = False) -> TableRow:
    """Return the cells of a row by column, or refuse a row that lacks some."""
    cells = record.cells
    if trailing and len(cells) == len(header) + 1 and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) != len(header):
        raise InputError(
            f"the row has {len(cells)} cells instead of {len(header)}",
            where=f"{name} line {record.number}",
            hint="the file was cut or changed; nothing is imported, export it again",
        )
    return TableRow(record.number, record.raw, dict(zip(header, cells, strict=True)))


def _check_header(header: Sequence[str], layout: Layout, where: str) -> None:
    known = set(layout.columns)
    problems = [
        f"{label} {', '.join(repr(clip(str(name))) for name in names)}"
        for label, names in (
            ("missing", [name for name in layout.required if name not in header]),
            ("unknown", [name for name in header if name not in known]),
            ("twice", [name for name, count in Counter(header).items() if count > 1]),
        )
        if names
    ]
    if problems:
        raise InputError(
            "the columns are not the ones this export has: " + "; ".join(problems),
            where=where,
            hint="import the file exactly as it was exported",
        )
    order = [str(column) for column in layout.columns]
    places = [order.index(name) for name in header]
    moved = next((at for at, (one, other) in enumerate(pairwise(places)) if one > other), None)
    if layout.ordered and moved is not None:
        raise InputError(
            f"the columns stand in another order than in this export: {clip(header[moved])!r} "
            f"before {clip(header[moved + 1])!r}",
            where=where,
            hint="import the file exactly as it was exported",
        )
