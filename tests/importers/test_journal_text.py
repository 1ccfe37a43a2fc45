"""The journal's own text as a file to import."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.domain.notation import parse
from journal.importers.importer import MINE, NOT_MINE, Sample
from journal.importers.journal_text import identify, read
from journal.importers.reading import ReadOptions
from journal.importers.source import SourceFile

_TEXT = """\
; copied from a bug report

2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-08T09:10Z note BTC-USDT "sold it all" #fomo
"""


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (_TEXT, MINE),
        ("\ufeff2026-01-05 account main\r\n", MINE),
        ('2026-01-05T14:30Z  waive SCALE301:1 "hedge"\n', MINE),
        ("2026-01-05T14:30Z,buy,3\n", NOT_MINE),
        ("2026-01-05 filled 3\n", NOT_MINE),
        ("Date,fill\n2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100\n", NOT_MINE),
        ("; only words\n", NOT_MINE),
    ],
)
def test_the_first_directive_tells(text: str, answer: object) -> None:
    assert identify(Sample.of(text.encode())) is answer


def test_rows_are_the_events_with_their_lines() -> None:
    reading = read(SourceFile("a.journal", _TEXT.encode()), ReadOptions())
    assert [row.event for row in reading.rows] == parse(_TEXT)
    assert [row.number for row in reading.rows] == [3, 4]


def test_one_wrong_directive_refuses_the_file() -> None:
    broken = _TEXT + "2026-01-09T09:10Z fill BTC-USDT buy 0 @ 100\n"
    with pytest.raises(InputError) as caught:
        read(SourceFile("a.journal", broken.encode()), ReadOptions())
    assert str(caught.value.where) == "a.journal line 5"
