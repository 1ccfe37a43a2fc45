"""Objects in saved answers of an API."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.source import SourceFile

_TELLING = frozenset({"id", "price", "size"})


def _rows(text: str) -> list[JsonRow]:
    return list(read_json(SourceFile("a.json", text.encode()), _TELLING))


@pytest.mark.parametrize(
    "text",
    [
        '[{"id":"a","price":"1","size":2}]',
        '{"id":"a","price":"1","size":2}',
        '{"code":"0","data":[{"id":"a","price":"1","size":2}]}',
        '{"result":{"list":[{"id":"a","price":"1","size":2}],"next":""}}',
    ],
)
def test_fills_are_found_wherever_they_lie(text: str) -> None:
    (row,) = _rows(text)
    assert (row["id"], row["price"], row["size"], row["fee"]) == ("a", "1", "2", "")


def test_numbers_keep_their_digits_and_rows_their_text() -> None:
    first, second = _rows('[{"id":1,"price":11511963.863444890800,"size":1e-8},{"id":2,"price":3}]')
    assert first["price"] == "11511963.863444890800"
    assert first["size"] == "1e-8"
    assert first.raw == '{"id":"1","price":"11511963.863444890800","size":"1e-8"}'
    assert (second.number, second["size"]) == (2, "")


def test_a_damaged_object_beside_good_ones_is_seen() -> None:
    assert len(_rows('[{"id":1,"price":1,"size":1},{"note":"x"}]')) == 2


def test_values_that_are_no_single_ones_are_refused_when_asked_for() -> None:
    (row,) = _rows(
        '[{"id":1,"price":[1],"size":1,"fee":{"cost":"2","ok":true},"fees":[{"a":"b"}]}]'
    )
    with pytest.raises(InputError, match="price is not a single value"):
        row["price"]
    assert (row.inner("fee")["cost"], row.inner("fee")["ok"]) == ("2", "true")
    assert [each["a"] for each in row.each("fees")] == ["b"]
    assert row.inner("none")["cost"] == ""
    with pytest.raises(InputError, match="size is not an object"):
        row.inner("size")
    with pytest.raises(InputError, match="size is not a list"):
        row.each("size")


@pytest.mark.parametrize("text", ['[{"id":1', '[{"id":NaN,"price":1}]', "[" * 100_000, "{}x"])
def test_what_is_no_json_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"a\.json: the file is not sound JSON"):
        _rows(text)


def test_a_field_that_a_venue_always_sends_is_missed() -> None:
    row = JsonRow(1, "", {"fee": None, "id": "1"})
    row.require(["fee", "id"])
    with pytest.raises(InputError, match="the answer lacks price, side"):
        row.require(["price", "id", "side"])


def test_a_field_may_be_null_or_empty_but_not_absent() -> None:
    row = JsonRow(1, "{}", {"fee": None, "side": ""})
    row.require(["fee", "side"])
    with pytest.raises(InputError, match="the answer lacks price, size"):
        row.require(["fee", "price", "size"])
