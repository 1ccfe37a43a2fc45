"""Wrong maps, and the exact sentence that is said of each."""

from __future__ import annotations

from pathlib import Path

import maps
import pytest

from journal.domain.errors import InputError
from journal.importers.mapped.toml import read_map
from journal.importers.source import SourceFile

_, *_CASES = Path(__file__).with_name("map_gallery.txt").read_text("utf-8").split("=== ")


def _case(section: str) -> object:
    name, rest = section.split("\n", 1)
    given, message = rest.split("\n---\n")
    return pytest.param(given.splitlines(), message.strip(), id=name)


@pytest.mark.parametrize(("changes", "message"), [_case(section) for section in _CASES])
def test_gallery(changes: list[str], message: str) -> None:
    text = maps.changed_text(changes)
    with pytest.raises(InputError) as caught:
        read_map(SourceFile("my.toml", text.encode()))
    assert str(caught.value) == message


def test_the_base_of_the_gallery_is_sound() -> None:
    assert maps.changed().titles() == [
        "Time",
        "Symbol",
        "Quantity",
        "Price",
        "Side",
        "Total",
        "Fee",
    ]


def test_a_map_nested_without_end_is_a_sentence() -> None:
    text = "x = " + "[" * 20_000
    with pytest.raises(InputError, match=r"my\.toml.*: the map is (not TOML|nested too deeply)"):
        read_map(SourceFile("my.toml", text.encode()))
