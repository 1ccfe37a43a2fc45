"""Files inside of files: gzip and zip are opened in memory, within limits, and never onto a disk.

A few kilobytes of zip can claim to be gigabytes. Delimited text packs ten or twenty times, so
what unpacks to far more than that is refused while it unpacks, not after.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.source import SourceFile
from journal.importers.spreadsheet import is_spreadsheet, sheets

_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_CHUNK = 1 << 16
_RATIO = 200
_SMALL = 1 << 20
_MOST = 1 << 30
_MEMBERS = 1_000

# What the zip reader raises of an archive whose sizes and places no longer fit.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    ValueError,
)

# What other systems leave in archives beside the files that were packed.
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")


def unpacked(file: SourceFile) -> list[SourceFile]:
    """Return the files that a file stands for: itself, what it packs, the sheets it has."""
    if file.data.startswith(_GZIP):
        return [_gunzipped(file)]
    if not file.data.startswith(_ZIP):
        return [file]
    members = _members(file)
    if is_spreadsheet(member.name for member in members):
        return sheets(file, [(member.name, member.data) for member in members])
    found = []
    for member in members:
        inner = SourceFile(f"{file.name}/{member.name}", member.data)
        if is_packed(inner):
            raise _refused(inner, "is an archive inside of an archive")
        found.append(inner)
    if not found:
        raise _refused(file, "holds no files")
    return found


def is_packed(file: SourceFile) -> bool:
    """Whether a file is an archive or a spreadsheet rather than text."""
    return file.data.startswith((_GZIP, _ZIP))


def _gunzipped(file: SourceFile) -> SourceFile:
    limit = _limit(len(file.data))
    data, rest = bytearray(), file.data
    try:
        while rest:
            stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
            while rest and not stream.eof:
                data += stream.decompress(rest, _CHUNK)
                rest = stream.unconsumed_tail or stream.unused_data
                _check_size(file, len(data), limit)
            if not stream.eof:
                raise _refused(file, "was cut: its gzip data end too early")
            rest = rest.lstrip(b"\0")
    except zlib.error as error:
        raise _refused(file, f"is not sound gzip ({error})") from error
    return SourceFile(file.name.removesuffix(".gz"), bytes(data), file.data)


def _members(file: SourceFile) -> list[SourceFile]:
    try:
        with zipfile.ZipFile(io.BytesIO(file.data)) as archive:
            return list(_read_members(file, archive))
    except _BROKEN as error:
        raise _refused(file, f"is not a sound zip archive ({error})") from error


def _read_members(file: SourceFile, archive: zipfile.ZipFile) -> Iterator[SourceFile]:
    entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
    if len(entries) > _MEMBERS:
        raise _refused(file, f"holds more than {_MEMBERS} files")
    limit, total = _limit(len(file.data)), 0
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in entry.filename:
            raise _refused(file, f"holds the name {clip(entry.filename)!r}, which leads outside")
        if entry.flag_bits & 1:
            raise _refused(file, "is locked with a password")
        _check_size(file, total + entry.file_size, limit)
        data = bytearray()
        with archive.open(entry) as stream:
            while chunk := stream.read(_CHUNK):
                data += chunk
                _check_size(file, total + len(data), limit)
        total += len(data)
        yield SourceFile(entry.filename, bytes(data))


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    name = entry.filename
    return entry.is_dir() or name.startswith(_LITTER[0]) or name.endswith(_LITTER[1:])


def _limit(packed: int) -> int:
    return min(max(_SMALL, _RATIO * packed), _MOST)


def _check_size(file: SourceFile, size: int, limit: int) -> None:
    if size > limit:
        raise _refused(file, f"unpacks to more than {limit >> 20} MB, which no export does")


def _refused(file: SourceFile, problem: str) -> InputError:
    return InputError(
        f"the file {problem}",
        where=file.name,
        hint="unpack it yourself and import the files in it",
    )
