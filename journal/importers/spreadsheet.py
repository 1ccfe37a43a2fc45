"""Spreadsheets (.xlsx) as delimited text, once and at the door, so that all formats read them.

Cells are taken as the sheet stores them: text as it is, numbers in the shortest text that gives
the same number, dates as `YYYY-MM-DD hh:mm:ss`. A row of the sheet is a line of the text.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from journal.domain.errors import InputError
from journal.importers.source import SourceFile

_WORKBOOK = "xl/workbook.xml"
# Above this a float no longer holds every integer, so its digits are not what was exported.
_EXACT_INTEGERS = 10**15

_Cell = int | float | str | bool | time | date | datetime | timedelta


def is_spreadsheet(names: Iterable[str]) -> bool:
    """Whether an archive of these names is an Office workbook."""
    return _WORKBOOK in names


def sheets(file: SourceFile, parts: Sequence[tuple[str, bytes]]) -> list[SourceFile]:
    """Return the sheets of a workbook that hold anything; `parts` are its unpacked files."""
    from python_calamine import (  # noqa: PLC0415 - only for spreadsheets
        CalamineError,
        CalamineWorkbook,
    )

    # Packed anew: the reader trusts what an archive says of its sizes, and this one is true.
    sound = io.BytesIO()
    with zipfile.ZipFile(sound, "w") as archive:
        for name, data in parts:
            archive.writestr(name, data)
    sound.seek(0)
    found = []
    try:
        workbook = CalamineWorkbook.from_filelike(sound)
        for name in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if any(cell != "" for row in rows for cell in row):
                found.append((name, rows))
    except CalamineError as error:
        raise InputError(
            f"the spreadsheet cannot be read: {error}",
            where=file.name,
            hint="export it again, as CSV if the venue offers it",
        ) from error
    if not found:
        raise InputError("the spreadsheet is empty", where=file.name, hint="export it again")
    names = [f"{file.name}[{name}]" if len(found) > 1 else file.name for name, _ in found]
    return [
        SourceFile(name, _delimited(rows), file.data)
        for name, (_, rows) in zip(names, found, strict=True)
    ]


def _delimited(rows: Iterable[Iterable[_Cell]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        cells = [_text(cell) for cell in row]
        # A row of empty cells stays a line, so that line numbers are row numbers.
        if any(cells):
            writer.writerow(cells)
        else:
            text.write("\n")
    return text.getvalue().encode()


def _text(cell: _Cell) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _EXACT_INTEGERS:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "microseconds" if cell.microsecond else "seconds")
    return str(cell).replace("\r", " ").replace("\n", " ")
