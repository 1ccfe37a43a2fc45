"""Archives: what is in them is read, what is meant to harm is refused at once."""

from __future__ import annotations

import gzip
import io
import time
import tracemalloc
import zipfile
import zlib
from functools import cache

import pytest

from journal.domain.errors import InputError
from journal.importers.archives import unpacked
from journal.importers.source import SourceFile

MEGABYTE = 1 << 20


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def test_a_zip_is_the_files_in_it_without_what_systems_leave_there() -> None:
    data = _zipped({"a/": b"", "a/x.csv": b"1\n", "__MACOSX/._x.csv": b"?", "y.csv": b"2\n"})
    found = [(file.name, file.data) for file in unpacked(SourceFile("all.zip", data))]
    assert found == [("all.zip/a/x.csv", b"1\n"), ("all.zip/y.csv", b"2\n")]


def test_gzip_in_one_or_several_pieces() -> None:
    data = _gzipped(b"1\n") + _gzipped(b"2\n")
    (file,) = unpacked(SourceFile("x.csv.gz", data))
    assert (file.name, file.data) == ("x.csv", b"1\n2\n")
    assert file.sha256 == SourceFile("", data).sha256


def test_other_files_stay_what_they_are() -> None:
    file = SourceFile("x.csv", b"a,b\n")
    assert unpacked(file) == [file]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (_zipped({"../x.csv": b"1"}), "holds the name '../x.csv', which leads outside"),
        (_zipped({"a/../../x.csv": b"1"}), "holds the name 'a/../../x.csv', which leads outside"),
        (_zipped({"/etc/x.csv": b"1"}), "holds the name '/etc/x.csv', which leads outside"),
        (_zipped({"C:x.csv": b"1"}), "holds the name 'C:x.csv', which leads outside"),
        (_zipped({"..\\x.csv": b"1"}), "which leads outside"),
        (_zipped({"inner.zip": _zipped({"x": b"1"})}), "is an archive inside of an archive"),
        (_zipped({f"{n}.csv": b"" for n in range(1001)}), "holds more than 1000 files"),
        (_zipped({"a/": b""}), "holds no files"),
        (_zipped({"x.csv": b"1" * 99})[:-30], "is not a sound zip archive"),
        (_gzipped(b"1" * 99)[:-12], "was cut: its gzip data end too early"),
        (_gzipped(b"1" * 99)[:10] + b"\xff" * 20, "is not sound gzip"),
    ],
)
def test_what_is_not_right_is_refused_with_its_reason(data: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        unpacked(SourceFile("x.zip", data))
    assert problem in str(caught.value)
    assert "x.zip" in str(caught.value.where)
    assert caught.value.hint


@pytest.mark.parametrize("place", [0, 14, 63, 70, 77])
def test_an_archive_without_one_of_its_bytes_is_refused(place: int) -> None:
    data = _zipped({"x.csv": b"1" * 99, "y.csv": b"a,b,c"})
    with pytest.raises(InputError, match=r"x\.zip"):
        unpacked(SourceFile("x.zip", b"PK\x03\x04" + (data[:place] + data[place + 1 :])[4:]))


def _zeros(files: dict[str, str], name: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, text in files.items():
            archive.writestr(other, text)
        with archive.open(name, "w") as member:
            for _ in range(200):
                member.write(b"\0" * MEGABYTE)
    return packed.getvalue()


@cache
def _bombs() -> dict[str, bytes]:
    zeros = b"\0" * MEGABYTE
    stream = zlib.compressobj(9, wbits=zlib.MAX_WBITS | 16)
    gzipped = b"".join(stream.compress(zeros) for _ in range(200)) + stream.flush()
    honest = _zeros({}, "fills.csv")
    # The same with sizes that claim one byte, in both places a zip keeps them.
    size = (200 * MEGABYTE).to_bytes(4, "little")
    lying = honest.replace(size, (1).to_bytes(4, "little"))
    sheet = _zeros({"xl/workbook.xml": "<workbook/>"}, "xl/worksheets/sheet1.xml")
    return {"gzip": gzipped, "zip": honest, "lying zip": lying, "xlsx": sheet}


@pytest.mark.parametrize("kind", ["gzip", "zip", "lying zip", "xlsx"])
def test_two_hundred_megabytes_in_a_few_kilobytes_are_refused_at_once(kind: str) -> None:
    bomb = SourceFile("bomb", _bombs()[kind])
    assert len(bomb.data) < MEGABYTE
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises(InputError, match=r"unpacks to more than \d+ MB|is not a sound zip"):
        unpacked(bomb)
    assert time.process_time() - began < 5  # a second on any machine, five on a busy one
    assert tracemalloc.get_traced_memory()[1] < 100 * MEGABYTE
    tracemalloc.stop()
