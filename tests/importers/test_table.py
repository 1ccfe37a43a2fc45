"""Comma-separated tables: shape, places and raw text."""

from __future__ import annotations

from enum import StrEnum

from journal.importers.source import SourceFile
from journal.importers.table import Layout, read_table


class _Column(StrEnum):
    ONE = "one"
    TWO = "two"


def test_rows_know_their_line_and_text_through_blank_lines_and_newlines_in_cells() -> None:
    data = b'two,one\r\nb,a\r\n\r\n"x\ny","q""q"\r\nd,c\r\n'
    rows = list(read_table(SourceFile("t", data), Layout(_Column, ordered=False)))
    assert [(row.number, row.raw, row.cells) for row in rows] == [
        (2, "b,a", {"two": "b", "one": "a"}),
        (4, '"x\ny","q""q"', {"two": "x\ny", "one": 'q"q'}),
        (6, "d,c", {"two": "d", "one": "c"}),
    ]


def test_a_title_of_another_year_is_the_same_column() -> None:
    layout = Layout(_Column, aliases=(("deux", "two"),))
    rows = list(read_table(SourceFile("t", b"one, deux\na,b\n"), layout))
    assert [row.cells for row in rows] == [{"one": "a", "two": "b"}]


def test_only_line_feeds_and_carriage_returns_end_a_row() -> None:
    text = "one,two\ra\x0b\x1c,\x85b\u2028\rc,d\r"
    rows = list(read_table(SourceFile("t", text.encode()), _Column))
    assert [(row.number, row.raw) for row in rows] == [(2, "a\x0b\x1c,\x85b\u2028"), (3, "c,d")]
