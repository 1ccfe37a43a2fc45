"""The command line as someone types it, with a fixed clock."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from journal.cli import main

NOW = "2026-01-09T12:00:00.000Z"


@dataclass(frozen=True)
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 - whatever was printed
        """Return stdout as JSON."""
        return json.loads(self.out)


class Terminal:
    """Types commands into one journal; each must end with code 0 unless it is only tried."""

    def __init__(
        self, db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.db = db
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        monkeypatch.setenv("JOURNAL_DB", str(db))
        monkeypatch.delenv("EDITOR", raising=False)
        monkeypatch.delenv("VISUAL", raising=False)
        self.at(NOW)

    def at(self, now: str) -> None:
        """Set the clock."""
        self._monkeypatch.setenv("JOURNAL_NOW", now)

    def tried(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run a command, however it ends."""
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self._capsys.readouterr()
        code = main(arguments)
        out, err = self._capsys.readouterr()
        return Answer(code, out, err)

    def run(self, *arguments: str, stdin: bytes = b"") -> Answer:
        """Run a command that works."""
        answer = self.tried(*arguments, stdin=stdin)
        assert answer.code == 0, answer.err
        return answer

    def typed(self, line: str) -> Answer:
        """Run a command that works, given as one line without quotes."""
        return self.run(*line.split())

    def imported(self, text: str) -> Answer:
        """Import journal text."""
        return self.run("import", "-", stdin=text.encode())
