"""Statements of several tables: each keeps the line numbers it has in the whole."""

from __future__ import annotations

from enum import StrEnum

from journal.importers.source import SourceFile
from journal.importers.table import read_table
from journal.importers.thinkorswim.sections import sections


class _Column(StrEnum):
    ONE = "one"
    TWO = "two"


def test_tables_keep_their_lines_and_end_at_the_next_title() -> None:
    data = b'\xef\xbb\xbfOf someone\n\n"First",,\r\none,two\r\n1,2\r\n\nSecond\none,two\n\n3,4\n'
    found = sections(SourceFile("s", data), {"First", "Second", "Third"})
    assert list(found) == ["First", "Second"]
    rows = {title: list(read_table(table, _Column)) for title, table in found.items()}
    assert [(row.number, row.raw) for row in rows["First"]] == [(5, "1,2")]
    assert [(row.number, row.raw) for row in rows["Second"]] == [(10, "3,4")]


def test_a_file_without_the_titles_has_no_tables() -> None:
    assert sections(SourceFile("s", b"one,two\n"), {"First"}) == {}
