"""What happens to files on their way: cut, re-saved by a spreadsheet, edited, damaged.

Each kind of damage is done to the bytes of an export. Nothing here knows a venue; what becomes of
each damaged copy is written beside the export (`NAME.damage`) and read by a person once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from export_files import ExportFile

_LONG_NUMBER = re.compile(rb"(?<![\w.])\d{15,20}(?![\w.])")
_XML = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?!html|!doctype)", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb' ([A-Za-z]+)="([^"]*)"')
_ENTITIES = b'<!DOCTYPE bomb [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = b'<!DOCTYPE bomb [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
_BOM = b"\xef\xbb\xbf"


def damaged(export: ExportFile) -> Iterator[tuple[str, bytes]]:
    """Yield each kind of damage that can be done to an export, with the damaged copy."""
    data = export.data
    yield "empty", b""
    yield "cut in the middle", data[: len(data) * 2 // 3]
    if not export.is_text:
        return
    yield "cut in its last cell", data.rstrip()[:-1]
    yield "another encoding", _with_accent(data)
    yield "UTF-16", data.decode("utf-8-sig").encode("utf-16")
    yield "a mark in front of it", _BOM + data.removeprefix(_BOM)
    yield (
        "a mark in front of each line",
        b"".join(_BOM + line.removeprefix(_BOM) for line in data.splitlines(keepends=True)),
    )
    if _LONG_NUMBER.search(data):
        yield "ids rounded by a spreadsheet", _LONG_NUMBER.sub(_rounded, data)
    if data.lstrip(_BOM).lstrip().startswith((b"{", b"[")):
        yield from _of_json(data)
    elif _XML.match(data):
        yield from _of_xml(data)
    elif export.parts()[1]:
        yield from _of_table(export)


def _with_accent(data: bytes) -> bytes:
    """Return the text with one letter of another code page in its last third."""
    at = len(data) * 3 // 4
    return data[:at] + b"\xe9" + data[at:]


def _rounded(match: re.Match[bytes]) -> bytes:
    digits = match[0].decode()
    return f"{digits[0]}.{digits[1:6]}E+{len(digits) - 1}".encode()


class _Table:
    """The table of an export as cells: the lines above its rows end with its header."""

    def __init__(self, export: ExportFile) -> None:
        above, lines, self.below = export.parts()
        head = above[-1] if above else b""
        self.mark = ";" if head.count(b";") > head.count(b",") else ","
        self.end = "\r\n" if head.endswith(b"\r\n") else "\n"
        self.above = above[:-1]
        self.header = self._cells(head)
        self.rows = [self._cells(line) for line in lines]

    def _cells(self, line: bytes) -> list[str]:
        return next(csv.reader([line.decode().rstrip("\r\n")], delimiter=self.mark), [])

    def bytes(self, header: list[str], rows: list[list[str]]) -> bytes:
        text = io.StringIO()
        csv.writer(text, delimiter=self.mark, lineterminator=self.end).writerows([header, *rows])
        return b"".join([*self.above, text.getvalue().encode(), *self.below])


def _of_table(export: ExportFile) -> Iterator[tuple[str, bytes]]:
    table = _Table(export)
    header, rows = table.header, table.rows
    yield "an unknown column", table.bytes([*header, "Surprise"], [[*row, "7"] for row in rows])
    yield "a total row", table.bytes(header, [*rows, ["Total", *[""] * (len(header) - 2), "99"]])
    yield "a row short of a cell", table.bytes(header, [*rows[:-1], rows[-1][:-1]])
    for at, title in enumerate(header):
        if title.strip("\ufeff "):
            yield (
                f"without the column {title.strip()}",
                table.bytes(header[:at] + header[at + 1 :], [r[:at] + r[at + 1 :] for r in rows]),
            )
    numbers = [at for at in range(len(header)) if all(_is_number(row[at : at + 1]) for row in rows)]
    for one, other in pairwise(numbers):
        titles = list(header)
        titles[one], titles[other] = titles[other], titles[one]
        yield f"{header[one]} and {header[other]} swapped", table.bytes(titles, rows)
    for at in numbers:
        formulas = [[*row[:at], f"={row[at]}+0", *row[at + 1 :]] for row in rows]
        yield f"formulas in {header[at]}", table.bytes(header, formulas)
        scaled = [[*row[:at], _times_thousand(row[at]), *row[at + 1 :]] for row in rows]
        yield f"{header[at]} without its decimal mark", table.bytes(header, scaled)


def _is_number(cell: list[str]) -> bool:
    return bool(cell and re.fullmatch(r" *[-+$]?[\d.,]*\d[\d.,]* *[A-Z]{0,5} *", cell[0]))


def _times_thousand(cell: str) -> str:
    """Return the cell as a spreadsheet of another country shows it."""
    return cell.replace(".", "", 1)


def _of_json(data: bytes) -> Iterator[tuple[str, bytes]]:
    content = json.loads(data, parse_float=str)
    for name in sorted(_names(content)):
        yield f"without the field {name}", json.dumps(_without(content, name)).encode()


def _names(content: Any) -> set[str]:  # noqa: ANN401 - whatever JSON holds
    match content:
        case dict():
            return {*content, *(name for inner in content.values() for name in _names(inner))}
        case list():
            return {name for inner in content for name in _names(inner)}
        case _:
            return set()


def _without(content: Any, name: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    match content:
        case dict():
            return {key: _without(inner, name) for key, inner in content.items() if key != name}
        case list():
            return [_without(inner, name) for inner in content]
        case _:
            return content


def _of_xml(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield documents whose attributes miss one name, or have no decimal marks under it."""
    yield "entities that grow", _ENTITIES + data
    yield "an entity of another file", _OUTSIDE + data
    yield "a part of it twice", data + data
    values: dict[bytes, list[bytes]] = {}
    for name, value in _ATTRIBUTE.findall(data):
        values.setdefault(name, []).append(value)
    for name in sorted(values):
        pattern = re.compile(b" " + name + rb'="([^"]*)"')
        yield f"without the attribute {name.decode()}", pattern.sub(b"", data)
        if any(re.fullmatch(rb"-?\d*\.\d+", value) for value in values[name]):
            unmarked = pattern.sub(lambda match: match[0].replace(b".", b"", 1), data)
            yield f"{name.decode()} without its decimal mark", unmarked
