"""What a draft says of a table: what is proved, and what is left to its user."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from export_files import ExportFile, all_exports, read_export
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from maps import fills

from journal.domain.errors import InputError
from journal.importers.mapped.draft import draft, quoted
from journal.importers.mapped.fills import importer_of
from journal.importers.mapped.toml import read_map
from journal.importers.reading import ReadOptions
from journal.importers.source import SourceFile

TABLES = [export for export in all_exports() if export.map]


def drafted(text: str) -> list[str]:
    """Return the lines of a draft for this table."""
    return draft(SourceFile("t.csv", text.encode())).splitlines()


@pytest.mark.parametrize("export", TABLES, ids=str)
def test_a_draft_is_the_one_beside_the_table(export: ExportFile) -> None:
    assert draft(SourceFile.at(export.path)) == export.drafted.read_text("utf-8")


def test_a_draft_that_proves_everything_reads_the_file_as_it_is() -> None:
    (plain,) = (export for export in TABLES if export.path.stem == "plain")
    mapping = read_map(SourceFile("draft.toml", plain.drafted.read_bytes()))
    reading = importer_of(mapping).read(SourceFile.at(plain.path), ReadOptions())
    expected = [line.replace(" source plain", "") for line in fills(read_export(plain))]
    assert fills(reading) == expected
    assert len(expected) == 4
    assert not reading.refused


@pytest.mark.parametrize("export", TABLES, ids=str)
def test_every_draft_is_a_map_but_for_what_it_asks(export: ExportFile) -> None:
    open_questions = {
        "api": "`fee.sign` is ?",
        "plain": "",
        "signed": "`fee.currency` is missing",
        "statement": "",
    }
    problem = open_questions[export.path.stem]
    if not problem:
        read_map(SourceFile("draft.toml", export.drafted.read_bytes()))
        return
    text = export.drafted.read_text("utf-8").replace('# kind = "pair"', 'kind = "pair"')
    with pytest.raises(InputError, match=problem.replace("?", r"\?")):
        read_map(SourceFile("draft.toml", text.encode()))


def test_an_order_of_day_and_month_that_nothing_proves_is_asked() -> None:
    table = "Date,Symbol,Side,Quantity,Price\n{},A,Buy,1,2\n{},A,Sell,1,2\n"
    open_draft = drafted(table.format("03/04/2026", "05/06/2026"))
    at = open_draft.index("[time]")
    assert open_draft[at + 1 : at + 4] == [
        '# "03/04/2026" can be read in 2 ways, and no value says which:',
        '# format = "DD/MM/YYYY"',
        '# format = "MM/DD/YYYY"',
    ]
    with pytest.raises(InputError, match=r"`time\.format` is missing"):
        read_map(SourceFile("d.toml", "\n".join(open_draft).encode()))
    assert 'format = "MM/DD/YYYY"' in drafted(table.format("03/04/2026", "05/16/2026"))
    assert 'format = "DD/MM/YYYY"' in drafted(table.format("03/04/2026", "16/05/2026"))


def test_a_mark_that_could_be_decimal_or_thousands_is_asked() -> None:
    table = "Date;Symbol;Side;Quantity;Price\n2026-03-04;A;Buy;{};2\n"
    assert 'decimal = "?"  # "1,250" can be read both ways: "." or ","' in drafted(
        table.format("1,250")
    )
    assert 'decimal = ","' in drafted(table.format("1,25"))
    assert 'decimal = "."' in drafted(table.format("1,250.5"))
    assert 'decimal = "."' in drafted(table.format("1250"))


def test_a_column_of_states_is_asked_about() -> None:
    lines = drafted(
        "Time (UTC),Symbol,Side,Qty,Price,Status\n"
        "2026-03-04 10:00:00,A,Buy,1,2,Filled\n"
        "2026-03-04 11:00:00,A,Buy,1,2,Cancelled\n"
    )
    assert "# [ignore.Status]" in lines
    assert '# Cancelled = "cancelled"  # 1 row' in lines
    assert 'zone = "UTC"' in lines


@pytest.mark.parametrize("text", ["hello\n", "a,b\n1,2\n", "Symbol,Price\n", "[]\n", '{"a": [1]}'])
def test_what_is_no_table_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="no table of fills is found in the file"):
        drafted(text)


def test_words_of_the_file_cannot_break_out_of_a_comment() -> None:
    lines = drafted(
        'Date,Symbol,Side,Quantity,Price\n2026-03-04,A,"x\nname = 1",1,2\n2026-03-04,A,Buy,1,2\n'
    )
    assert r'# "x\nname = 1" = "x\nname = 1"  # 1 row' in lines
    assert quoted('a"\x7f\x1b') == r'"a\"\u007f\u001b"'


def _refusal(act: Callable[[], object]) -> InputError | None:
    try:
        act()
    except InputError as error:
        return error
    return None


@pytest.mark.parametrize("export", TABLES, ids=str)
@given(
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 20), st.text(max_size=8)), min_size=1, max_size=4
    )
)
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
def test_a_damaged_table_gives_a_sentence_or_sound_toml(
    export: ExportFile, edits: list[tuple[float, int, str]]
) -> None:
    text = export.data.decode()
    for place, length, put in edits:
        start = int(place * len(text))
        text = text[:start] + put + text[start + length :]
    file = SourceFile("t.csv", text.encode())
    refused = _refusal(lambda: draft(file))
    if refused is not None:
        assert refused.hint
        return
    drafted_text = draft(file)
    # What the draft leaves open is refused by name; that it is no TOML never is.
    unclear = _refusal(lambda: read_map(SourceFile("d.toml", drafted_text.encode())))
    assert unclear is None or "is not TOML" not in unclear.what, drafted_text
