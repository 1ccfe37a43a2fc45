"""Damaged Tradovate files: never half an import, never anything but a sentence to act on."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.domain.errors import InputError
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_SAMPLE = (Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv").read_bytes()


def _read(data: bytes) -> Reading:
    file = SourceFile("Fills.csv", data)
    return choose(file, IMPORTERS).read(file, ReadOptions())


def _column_removed(name: bytes) -> bytes:
    rows = [line.split(b",") for line in _SAMPLE.split(b"\r\n")[:-1]]
    gone = rows[0].index(name)
    return b"".join(b",".join(row[:gone] + row[gone + 1 :]) + b"\r\n" for row in rows)


_ROWS = _SAMPLE.split(b"\r\n")

GALLERY = {
    "a missing column": (
        _column_removed(b"commission"),
        "Fills.csv line 1: the columns are not the ones this export has: missing 'commission'",
    ),
    "an unknown column": (
        _SAMPLE.replace(b"\r\n", b",x\r\n").replace(b"commission,x", b"commission,Swap Fee"),
        "Fills.csv line 1: the columns are not the ones this export has: unknown 'Swap Fee'",
    ),
    "a column twice": (
        _SAMPLE.replace(b"\r\n", b",x\r\n").replace(b"commission,x", b"commission,Price"),
        "Fills.csv line 1: the columns are not the ones this export has: twice 'Price'",
    ),
    "cut in the middle of a row": (
        b"\r\n".join(_ROWS[:7]) + b"\r\n" + _ROWS[7][:90],
        "Fills.csv line 8: the row has 10 cells instead of 25",
    ),
    "cut in the last cell": (
        _SAMPLE[:-4],
        "Fills.csv line 13: the last line has no line end, so the file may be cut in its last cell",
    ),
    "a row with a cell too many": (
        _SAMPLE.replace(b",1.56\r", b",1,56\r", 1),
        "Fills.csv line 4: the row has 26 cells instead of 25",
    ),
    "an open quote": (
        _SAMPLE.replace(b",MNQZ6,", b',"MNQZ6,', 1),
        "Fills.csv line 2: the row is not comma-separated text: unexpected end of data",
    ),
    "UTF-16": (
        _SAMPLE.decode().encode("utf-16"),
        "Fills.csv: the file is UTF-16, not UTF-8",
    ),
    "Latin-1": (
        _SAMPLE.replace(b"E-Mini S&P", "E-Mini S&P\u00e9".encode("latin-1"), 1),
        "Fills.csv line 9: byte 2050 (0xe9) is not UTF-8",
    ),
    "a NUL byte": (
        _SAMPLE.replace(b"DEMO", b"DE\0O", 1),
        "Fills.csv line 2: byte 389 is NUL, which no text contains",
    ),
    "a binary file": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "Fills.csv line 3: byte 9 is NUL, which no text contains",
    ),
    "an empty file": (b"", "Fills.csv: the file is empty"),
    "a blank file": (b"\r\n \r\n", "Fills.csv: the file is empty"),
}


@pytest.mark.parametrize("damage", GALLERY)
def test_a_damaged_file_is_refused_whole(damage: str) -> None:
    data, message = GALLERY[damage]
    with pytest.raises(InputError) as caught:
        _read(data)
    assert str(caught.value).split("\n")[0] == message
    assert caught.value.hint


def test_a_byte_order_mark_is_no_damage() -> None:
    assert _read(b"\xef\xbb\xbf" + _SAMPLE) == _read(_SAMPLE)
