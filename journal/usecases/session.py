"""An open journal and a clock: what every use case works with."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from journal.domain.moment import Moment
from journal.domain.notation import Known
from journal.storage.database import open_journal
from journal.storage.directory import Directory, read_directory

Clock = Callable[[], datetime]


class Session:
    """Opens the journal at a path; use it in a `with` block. The clock is the caller's."""

    def __init__(
        self, path: Path, clock: Clock, *, create: bool = False, readonly: bool = False
    ) -> None:
        self.journal = open_journal(path, create=create, readonly=readonly)
        self._clock = clock

    @property
    def connection(self) -> sqlite3.Connection:
        """Return the open database."""
        return self.journal.connection

    def now(self) -> Moment:
        """Return the present, as it is recorded."""
        return Moment.of(self._clock())

    def directory(self, *, plans: bool = True) -> Directory:
        """Return what the journal's names stand for, read anew; with or without its plans."""
        return read_directory(self.connection, plans=plans)

    def known(self) -> Known:
        """Return what a text may refer to."""
        return self.directory().known()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.journal.close()
