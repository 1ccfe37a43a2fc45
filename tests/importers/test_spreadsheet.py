"""Spreadsheets as text: every cell as it is stored, every row on its own line."""

from __future__ import annotations

import csv

import pytest
from workbook import DateCell, workbook

from journal.domain.errors import InputError
from journal.importers.archives import unpacked
from journal.importers.source import SourceFile


def _rows(data: bytes) -> list[list[str]]:
    (file,) = unpacked(SourceFile("x.xlsx", data))
    return list(csv.reader(file.data.decode().splitlines()))


def test_cells_become_the_shortest_text_that_says_the_same() -> None:
    # 44911.25 days after 1899-12-30 are 2022-12-16 06:00; .25 + 6 s / 86400 s are six seconds more
    seconds = 44911.25 + 6 / 86_400
    data = workbook(
        {
            "fills": [
                ["a,b", 'say "so"', "0.10 ", 0.1, 3, 2_950_192.2, 1e-8],
                [],
                [DateCell(44911.25), DateCell(seconds), "two\nlines", 8.38977e18, 123456789012345],
            ]
        }
    )
    assert _rows(data) == [
        ["a,b", 'say "so"', "0.10 ", "0.1", "3", "2950192.2", "1e-08"],
        [],
        [
            *("2022-12-16 06:00:00", "2022-12-16 06:00:06", "two lines"),
            *("8.38977e+18", "123456789012345", "", ""),
        ],
    ]


def test_each_sheet_with_anything_in_it_is_a_file() -> None:
    data = workbook({"one": [["a"]], "empty": [], "two": [["b"]]})
    files = unpacked(SourceFile("x.xlsx", data))
    assert [(file.name, file.data) for file in files] == [
        ("x.xlsx[one]", b"a\n"),
        ("x.xlsx[two]", b"b\n"),
    ]
    assert {file.sha256 for file in files} == {SourceFile("x.xlsx", data).sha256}


def test_an_empty_and_a_broken_workbook_are_refused() -> None:
    with pytest.raises(InputError, match=r"x\.xlsx: the spreadsheet is empty"):
        unpacked(SourceFile("x.xlsx", workbook({"one": []})))
    whole = workbook({"one": [["a"]]})
    with pytest.raises(InputError, match="is not a sound zip archive"):
        unpacked(SourceFile("x.xlsx", whole[: len(whole) // 2]))
