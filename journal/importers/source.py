"""A file to import: its name, its bytes, and its text where it is text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from journal.domain.errors import InputError

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
_BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What is imported. The name is for messages only; formats are told apart by content."""

    name: str
    data: bytes

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
        return hashlib.sha256(self.data).hexdigest()

    def text(self) -> str:
        """Return the content as UTF-8, byte order mark removed, or say which byte is not."""
        if not self.data.strip():
            raise InputError("the file is empty", where=self.name, hint="export it again")
        if self.data.startswith(_UTF16_MARKS):
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

    def _broken(self, position: int, problem: str) -> InputError:
        line = self.data.count(b"\n", 0, position) + 1
        return InputError(
            f"byte {position + 1} {problem}",
            where=f"{self.name} line {line}",
            hint="import the file exactly as it was exported, or save it as `CSV UTF-8`",
        )
