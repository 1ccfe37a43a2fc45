"""Files as bytes and text."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal.domain.errors import InputError
from journal.importers.source import SourceFile


def test_a_file_is_fingerprinted_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"abc")
    file = SourceFile.at(tmp_path / "a.csv")
    # The published test vector of SHA-256.
    assert file.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert file.name == "a.csv"


def test_a_missing_file_and_a_folder_are_sentences(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read: no such file or directory"):
        SourceFile.at(tmp_path / "none.csv")
    with pytest.raises(InputError, match="cannot be read"):
        SourceFile.at(tmp_path)


def test_the_byte_counted_is_the_file_s_even_behind_a_byte_order_mark() -> None:
    with pytest.raises(InputError, match=r"line 2: byte 6 \(0xff\) is not UTF-8"):
        SourceFile("a", b"\xef\xbb\xbfa\n\xff").text()
