"""Errors that say what happened, where, and what to do."""

from __future__ import annotations


class JournalError(Exception):
    """A refusal the user can act on; the command line prints it and ends with exit code 2.

    `what` is one sentence without a full stop, `where` names the file, line or row,
    `hint` says what to do instead.
    """

    def __init__(self, what: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.hint = hint

    def located(self, where: str) -> JournalError:
        """Return the same error with the outer place put before the inner one."""
        place = f"{where}: {self.where}" if self.where else where
        return type(self)(self.what, where=place, hint=self.hint)

    def __str__(self) -> str:
        first = f"{self.where}: {self.what}" if self.where else self.what
        return f"{first}\n{self.hint}" if self.hint else first


class InputError(JournalError):
    """What was typed or what a file says cannot be taken."""


class UndeclaredError(InputError):
    """What the journal must be told before this can be taken; the hint says by which command."""


class StorageError(JournalError):
    """The journal file cannot be opened, written or trusted."""
