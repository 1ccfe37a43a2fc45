"""A file to import: its name, its bytes, and its text where it is text."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from journal.domain.errors import InputError

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What is imported. The name is for messages only; formats are told apart by content.

    `original` is what lay on the disk where `data` was made from it (a sheet of a spreadsheet).
    `watch` hears now and then at which line the reading is.
    """

    name: str
    data: bytes
    original: bytes | None = field(default=None, repr=False)
    watch: Callable[[int], None] | None = field(default=None, repr=False, compare=False)

    @classmethod
    def at(cls, path: Path) -> SourceFile:
        """Read the file of that path."""
        try:
            return cls(path.name, path.read_bytes())
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            raise InputError(
                f"cannot be read: {reason}", where=str(path), hint="check the name and its folder"
            ) from error

    @property
    def sha256(self) -> str:
        """Return the fingerprint of the bytes, to recognise the same file again."""
        data = self.data if self.original is None else self.original
        return hashlib.sha256(data).hexdigest()

    def text(self, *, utf16: bool = False) -> str:
        """Return the content as UTF-8, byte order mark removed, or say which byte is not.

        `utf16` lets that encoding through where a venue really writes it.
        """
        if not self.data.strip():
            raise InputError("the file is empty", where=self.name, hint="export it again")
        if self.data.startswith(_UTF16_MARKS):
            if utf16:
                return self._utf16()
            raise InputError(
                "the file is UTF-16, not UTF-8",
                where=self.name,
                hint="export it again, or save it as `CSV UTF-8`",
            )
        if (nul := self.data.find(b"\0")) >= 0:
            raise self._broken(nul, "is NUL, which no text contains")
        try:
            return self.data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK)
        except UnicodeDecodeError as error:
            raise self._broken(
                error.start, f"({self.data[error.start]:#04x}) is not UTF-8"
            ) from error

    def _utf16(self) -> str:
        try:
            return self.data.decode("utf-16").removeprefix(_BYTE_ORDER_MARK)
        except UnicodeDecodeError as error:
            raise InputError(
                f"byte {error.start + 1} is not UTF-16",
                where=self.name,
                hint="import the file exactly as it was exported",
            ) from error

    def _broken(self, position: int, problem: str) -> InputError:
        line = self.data.count(b"\n", 0, position) + 1
        return InputError(
            f"byte {position + 1} {problem}",
            where=f"{self.name} line {line}",
            hint="import the file exactly as it was exported, or save it as `CSV UTF-8`",
        )
