"""Comma-separated files with one header line, read strictly: any doubt about the shape refuses it.

A file that was cut or re-saved must not import half. What a single cell says is judged later,
row by row.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.source import SourceFile


@dataclass(frozen=True, slots=True)
class TableRow:
    """The cells of one row by column; `number` is the line it begins at, `raw` its own text."""

    number: int
    raw: str
    cells: dict[str, str]


def read_table(file: SourceFile, columns: type[StrEnum]) -> Iterator[TableRow]:
    """Yield the rows of a file that has exactly these columns, in any order."""
    text = file.text()
    header: list[str] | None = None
    number = 1
    for number, raw, cells in _records(file.name, text):
        if header is None:
            header = cells
            _check_header(header, list(columns), f"{file.name} line {number}")
        elif len(cells) != len(header):
            raise InputError(
                f"the row has {len(cells)} cells instead of {len(header)}",
                where=f"{file.name} line {number}",
                hint="the file was cut or changed; nothing is imported, export it again",
            )
        else:
            yield TableRow(number, raw, dict(zip(header, cells, strict=True)))
    if not text.endswith(("\n", "\r")):
        raise InputError(
            "the last line has no line end, so the file may be cut in its last cell",
            where=f"{file.name} line {number}",
            hint="nothing is imported; export it again",
        )


def _records(name: str, text: str) -> Iterator[tuple[int, str, list[str]]]:
    """Yield line number, raw text and cells; blank lines are passed over."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    number = 1
    reader = csv.reader(lines(), strict=True)
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise InputError(
                f"the row is not comma-separated text: {error}",
                where=f"{name} line {number}",
                hint="the file was cut or changed; nothing is imported, export it again",
            ) from error
        if cells is None:
            return
        if cells:
            yield number, "".join(taken).rstrip("\r\n"), cells
        number += len(taken)
        taken.clear()


def _check_header(header: list[str], columns: Collection[str], where: str) -> None:
    problems = [
        f"{label} {', '.join(repr(clip(str(name))) for name in names)}"
        for label, names in (
            ("missing", [name for name in columns if name not in header]),
            ("unknown", [name for name in header if name not in columns]),
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
