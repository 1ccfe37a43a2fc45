"""The journal's command line run in this process: its exit code, and what it printed where."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.cli import main


@dataclass(frozen=True)
class Ran:
    """One command that ended."""

    code: int
    out: str
    err: str


def run(*words: str | Path) -> Ran:
    """Run one command line."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(word) for word in words])
    return Ran(code, out.getvalue(), err.getvalue())


def asked(db: Path, *words: str | Path) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """Run a command with --json that must succeed, or find violations, and read its answer."""
    ran = run(*words, "--json", "--db", db)
    assert ran.code in (0, 1), ran.err
    return json.loads(ran.out)


def imported(folder: Path, text: str) -> Path:
    """Import a journal text into a new journal and return where it lies."""
    source, db = folder / "given.journal", folder / "given.db"
    source.write_text(text)
    ran = run("import", source, "--db", db)
    assert ran.code == 0, ran.err
    return db
