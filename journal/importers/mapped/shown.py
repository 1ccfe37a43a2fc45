"""A file as a table that nobody has explained yet: for drafting a map of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.importers.json_rows import JsonRow, load_json, read_json
from journal.importers.mapped.guessing import is_known
from journal.importers.mapped.rows import (
    DEEPEST_HEADER,
    DELIMITERS,
    MappedRow,
    first_rows,
    is_json,
    row_of,
    text_of,
)
from journal.importers.source import SourceFile
from journal.importers.table import numbered, read_records


@dataclass(frozen=True, slots=True)
class Shown:
    """The titles and rows of a file. `delimiter` is None for JSON; an `open_end` may be a cut."""

    titles: list[str]
    rows: list[MappedRow]
    delimiter: str | None = None
    open_end: bool = False

    def cells(self, title: str) -> list[str]:
        """Return the cells of a column, without those that are empty."""
        return [row[title] for row in self.rows if not row.problem and row[title]]


def shown(file: SourceFile) -> Shown:
    """Return the table that lies in a file, or say that there is none."""
    text = text_of(file)
    found = _objects(file) if is_json(text) else _delimited(file, text)
    if found is None or not found.rows:
        raise InputError(
            "no table of fills is found in the file",
            where=file.name,
            hint="a map is for rows below a line of titles, or a JSON list of flat objects",
        )
    return found


def _objects(file: SourceFile) -> Shown | None:
    keys = next(_first_keys(load_json(file)), None)
    if keys is None:
        return None
    rows = list(read_json(file, frozenset(keys)))
    titles = list(dict.fromkeys(name for row in rows for name in row.fields))
    return Shown(titles, [_flat(row, titles) for row in rows])


def _first_keys(content: object) -> Iterator[list[str]]:
    """Yield the keys of the first list's objects."""
    inner: Sequence[object] = ()
    if isinstance(content, list):
        inner = content
        if content and isinstance(content[0], dict):
            yield list(content[0])
    elif isinstance(content, dict):
        inner = list(content.values())
    for each in inner:
        yield from _first_keys(each)


def _flat(row: JsonRow, titles: Sequence[str]) -> MappedRow:
    """Return an object as a row; what is no single value is left empty."""
    flat = {title: row[title] for title in titles if _is_single(row.fields.get(title))}
    return MappedRow(row.number, row.raw, flat)


def _is_single(value: object) -> bool:
    return isinstance(value, str | bool)


def _delimited(file: SourceFile, text: str) -> Shown | None:
    ranked = [
        (_rank(cells), delimiter)
        for delimiter in DELIMITERS
        for cells in first_rows(text, delimiter)
    ]
    (known, count), delimiter = max(ranked, key=lambda each: each[0], default=((0, 0), ","))
    if count < 2 or not known:  # noqa: PLR2004 - a table has columns
        return None
    records = list(read_records(file, text, delimiter))
    best = max(range(min(len(records), DEEPEST_HEADER)), key=lambda at: _rank(records[at].cells))
    titles = numbered([cell.strip() for cell in records[best].cells])
    rows = [row_of(record, titles) for record in records[best + 1 :]]
    return Shown(titles, rows, delimiter, not text.endswith(("\n", "\r")))


def _rank(cells: Sequence[str]) -> tuple[int, int]:
    """Return how many titles are known and how many there are: the best line is the header."""
    return sum(is_known(cell) for cell in cells), sum(bool(cell.strip()) for cell in cells)
