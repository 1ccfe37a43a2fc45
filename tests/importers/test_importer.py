"""Which importer a file belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from journal.domain.errors import InputError
from journal.importers import journal_text, tradovate
from journal.importers.importer import MINE, Sample, choose
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_TEXT = SourceFile("x.csv", b"2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100\n")
_TWO = (journal_text.IMPORTER, tradovate.IMPORTER)


def test_content_decides_whatever_the_name(sample: bytes) -> None:
    assert choose(SourceFile("fills.journal", sample), IMPORTERS) is tradovate.IMPORTER
    assert choose(_TEXT, IMPORTERS) is journal_text.IMPORTER


def test_two_claims_are_named_and_the_format_option_settles_them() -> None:
    greedy = replace(tradovate.IMPORTER, identify=lambda _: MINE)
    importers = (journal_text.IMPORTER, greedy)
    with pytest.raises(InputError) as caught:
        choose(_TEXT, importers)
    assert str(caught.value) == (
        "x.csv: the file could be journal text or Tradovate fills (CSV)\n"
        "choose with `--format journal` or `--format tradovate`"
    )
    assert choose(_TEXT, importers, "journal") is journal_text.IMPORTER


def test_a_file_of_no_format_is_told_of_the_list_and_of_maps() -> None:
    with pytest.raises(InputError) as caught:
        choose(SourceFile("a.txt", b"hello\n"), _TWO)
    assert str(caught.value) == (
        "a.txt: the file is none of the known formats\n"
        "`journal import --formats` lists them; for any other table of fills: "
        "`journal import FILE --draft-map > my.toml`"
    )


def test_the_format_option_does_not_force_a_file_that_does_not_fit() -> None:
    with pytest.raises(InputError, match=r"x\.csv: the file is not Tradovate fills \(CSV\)"):
        choose(_TEXT, IMPORTERS, "tradovate")


def test_an_unknown_format_is_told_of_the_list() -> None:
    with pytest.raises(
        InputError, match="there is no format 'mt4'\n`journal import --formats` lists"
    ):
        choose(_TEXT, _TWO, "mt4")


def test_keys_of_json_at_any_depth_but_not_of_the_answer_a_library_keeps() -> None:
    text = (
        '[{"id": "a\\"b{", "info": {"execId": 1, "in": {"x": 2}}, "fee": {"cost": 1}, "info2": {}}]'
    )
    assert Sample.of(text.encode()).json_keys() == {"id", "info", "fee", "cost", "info2"}
    assert Sample.of(b'[{"info": "text", "tranId": 1').json_keys() == {"info", "tranId"}
    assert Sample.of(b"id,info").json_keys() == frozenset()
