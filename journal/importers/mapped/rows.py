"""Finding the table that a map is about, in delimited text or in a JSON list of flat objects."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.mapped.mapping import LineEnd, Map
from journal.importers.source import SourceFile
from journal.importers.table import Record, numbered, read_records

# A header is looked for in so many rows.
DEEPEST_HEADER = 50
_SAMPLE = 1 << 16
DELIMITERS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class MappedRow:
    """A row by the titles of its columns. `problem` says why it has no cells, `first` begins it."""

    number: int
    raw: str
    cells: Mapping[str, str] = field(default_factory=dict)
    first: str = ""
    problem: str = ""

    def __getitem__(self, title: str) -> str:
        """Return a cell without blanks around it, or refuse the row."""
        if self.problem:
            raise InputError(self.problem)
        return self.cells.get(title, "").strip()


@dataclass(frozen=True, slots=True)
class Table:
    """The titles of a file, where they stand, and the rows below; JSON has no `ordered` ones."""

    titles: Sequence[str]
    where: str
    rows: Iterator[MappedRow | JsonRow]
    ordered: bool = True


def text_of(file: SourceFile) -> str:
    """Return the text without the byte order marks that some programs print before each row."""
    return file.text(utf16=True).replace("\ufeff", "")


def is_json(text: str) -> bool:
    """Whether a text can only be JSON."""
    return text.lstrip().startswith(("[", "{"))


def table_of(file: SourceFile, mapping: Map) -> Table:
    """Return the table of a file, its titles checked against the map."""
    text = text_of(file)
    table = _json(file, mapping) if is_json(text) else _delimited(file, text, mapping)
    _check_titles(table, mapping)
    return table


def unread(table: Table, mapping: Map) -> list[str]:
    """Return the titles that the map says nothing of."""
    said = {*mapping.titles(), *mapping.shape.header}
    return [title for title in table.titles if title and title not in said]


def _json(file: SourceFile, mapping: Map) -> Table:
    rows = list(read_json(file, frozenset(mapping.titles())))
    titles = list(dict.fromkeys(name for row in rows for name in row.fields))
    return Table(titles, file.name, iter(rows), ordered=False)


def _delimited(file: SourceFile, text: str, mapping: Map) -> Table:
    delimiter = mapping.shape.delimiter or _delimiter(text, mapping)
    records = read_records(file, text, delimiter)
    above = list(islice(records, DEEPEST_HEADER))
    if not above:
        raise InputError("the file is empty", where=file.name, hint="export it again")
    best = max(range(len(above)), key=lambda at: _known(above[at].cells, mapping))
    header = above[best]
    titles = numbered([cell.strip() for cell in header.cells])
    where = f"{file.name} line {header.number}"
    if mapping.shape.line_end is LineEnd.REQUIRED and not text.endswith(("\n", "\r")):
        raise InputError(
            "the last line has no line end, so the file may be cut in its last cell",
            where=file.name,
            hint='export it again; if it is always so, say line_end = "optional" under [file]',
        )
    return Table(titles, where, _rows([*above[best + 1 :]], records, titles))


def _known(cells: Sequence[str], mapping: Map) -> int:
    return len(set(mapping.titles()) & set(numbered([cell.strip() for cell in cells])))


def _delimiter(text: str, mapping: Map) -> str:
    """Return the delimiter that parts some line into the most of the map's columns."""

    def found(delimiter: str) -> int:
        return max((_known(cells, mapping) for cells in first_rows(text, delimiter)), default=0)

    return max(DELIMITERS, key=found)


def first_rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows among which the header is looked for, by a delimiter that may be wrong."""
    lines = io.StringIO(text[:_SAMPLE], newline="")
    return islice(csv.reader(lines, delimiter=delimiter), DEEPEST_HEADER)


def _rows(
    below: Sequence[Record], records: Iterator[Record], titles: Sequence[str]
) -> Iterator[MappedRow]:
    for record in (*below, *records):
        yield row_of(record, titles)


def row_of(record: Record, titles: Sequence[str]) -> MappedRow:
    """Return a row by title; empty cells beyond the last title are no columns."""
    cells = list(record.cells)
    first = next((cell.strip() for cell in cells if cell.strip()), "")
    while len(cells) > len(titles) and not cells[-1].strip():
        cells.pop()
    if len(cells) == len(titles):
        found = dict(zip(titles, cells, strict=True))
        return MappedRow(record.number, record.raw, found, first)
    problem = f"the row has {len(cells)} cells instead of {len(titles)}"
    return MappedRow(record.number, record.raw, first=first, problem=problem)


def _check_titles(table: Table, mapping: Map) -> None:
    missing = [title for title in mapping.titles() if title not in table.titles]
    if missing:
        raise InputError(
            f"there is no column {_listed(missing, ' or ')}",
            where=table.where,
            hint="the file has: " + ", ".join(clip(title) for title in table.titles if title),
        )
    if header := mapping.shape.header:
        _check_header(table, header)


def _check_header(table: Table, header: Sequence[str]) -> None:
    """Refuse other titles than the map lists, and their order in a table that has one."""
    unknown = [title for title in table.titles if title not in header]
    missing = [title for title in header if title not in table.titles] if table.ordered else []
    pairs = zip(table.titles, header, strict=False)
    moved = next((one for one, other in pairs if one != other), None) if table.ordered else None
    if unknown or missing:
        problem = "; ".join(
            f"{word} {_listed(titles, ', ')}"
            for word, titles in (("missing", missing), ("unknown", unknown))
            if titles
        )
    elif moved is not None:
        problem = f"{clip(moved)!r} stands in another place"
    else:
        return
    raise InputError(
        f"the columns are not those of `file.header`: {problem}",
        where=table.where,
        hint="if the file is as the broker wrote it, correct header in the map, or leave it out",
    )


def _listed(titles: Sequence[str], word: str) -> str:
    return word.join(repr(clip(title)) for title in titles)
