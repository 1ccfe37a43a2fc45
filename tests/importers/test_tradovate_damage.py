"""Damaged Tradovate files: never half an import, never anything but a sentence to act on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from journal.domain.errors import InputError
from journal.importers import IMPORTERS
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile

_SAMPLE = (Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv").read_bytes()


def _read(data: bytes) -> Reading:
    file = SourceFile("Fills.csv", data)
    return choose(file, IMPORTERS).read(file, ReadOptions())


def _read_or_error(data: bytes) -> Reading | InputError:
    try:
        return _read(data)
    except InputError as error:
        return error


def _column_removed(name: bytes) -> bytes:
    rows = [line.split(b",") for line in _SAMPLE.split(b"\r\n")[:-1]]
    gone = rows[0].index(name)
    return b"".join(b",".join(row[:gone] + row[gone + 1 :]) + b"\r\n" for row in rows)


def _columns_swapped(one: bytes, other: bytes) -> bytes:
    """Swap the titles but not what stands below them."""
    header, rest = _SAMPLE.split(b"\r\n", 1)
    titles = header.split(b",")
    a, b = titles.index(one), titles.index(other)
    titles[a], titles[b] = titles[b], titles[a]
    return b",".join(titles) + b"\r\n" + rest


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (b"_price", b"_qty"),
        (b"Price", b"Quantity"),
        (b"_id", b"_orderId"),
        (b"Fill ID", b"Order ID"),
        (b"_timestamp", b"Timestamp"),
        (b"_action", b"_active"),
    ],
)
def test_swapped_titles_let_no_row_through(one: bytes, other: bytes) -> None:
    reading = _read(_columns_swapped(one, other))
    assert reading.rows == []
    assert len(reading.refused) == 12


def test_every_cut_is_noticed_or_falls_between_rows() -> None:
    whole = [row.event for row in _read(_SAMPLE).rows]
    for length in range(len(_SAMPLE)):
        try:
            reading = _read(_SAMPLE[:length])
        except InputError:
            continue
        assert _SAMPLE[:length].endswith((b"\r", b"\n"))
        assert [row.event for row in reading.rows] == whole[: len(reading.rows)]


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(_SAMPLE)),
            st.integers(0, 40),
            st.binary(max_size=12) | st.sampled_from([b'"', b",", b"\r", b"\n", b"1e999", b"NaN"]),
        ),
        max_size=4,
    )
)
@example([(330, 0, b"\xff")])
def test_random_damage_raises_nothing_but_a_sentence(edits: list[tuple[int, int, bytes]]) -> None:
    data = _SAMPLE
    for start, length, put in edits:
        data = data[:start] + put + data[start + length :]
    outcome = _read_or_error(data)
    if isinstance(outcome, InputError):
        assert outcome.where
        assert outcome.hint
    else:
        assert all(row.raw and row.number > 1 for row in outcome.rows)
