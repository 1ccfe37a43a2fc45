"""What a new user meets with each of the real exports: what is asked, and what comes of it.

`python tests/importers/real_exports.py` prints what came of each as a table.
"""

from __future__ import annotations

import json
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from command_line import Ran, asked, run

EXPORTS = Path(__file__).parents[3] / "shared" / "exports"

_TABLE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Case:
    """One export, as the table beside this module explains; without a `format` it is refused."""

    file: str
    format: str | None = None
    fills: int = 0
    ignored: str = ""
    held: str = ""
    unseen: str = ""
    refused: int = 0
    asks: Sequence[tuple[str, str]] = ()

    def __str__(self) -> str:
        return self.file

    @property
    def name(self) -> str:
        """Return the file's name as messages say it."""
        return Path(self.file).name


@dataclass(frozen=True)
class Outcome:
    """What became of one export; `answer` is None where it was refused for good."""

    refusals: list[str]
    answer: dict[str, Any] | None
    options: list[str]


def imported(case: Case, db: Path) -> Outcome:
    """Import an export into a new journal as its messages say, until it works or is given up."""
    assert run("init", "--db", db).code == 0
    refusals, options = [], []
    for _, remedy in (*case.asks, ("", None)):
        ran = run("import", EXPORTS / case.file, *options, "--json", "--db", db)
        if ran.code == 0:
            return Outcome(refusals, json.loads(ran.out), options)
        refusals.append(first_line(ran))
        if not remedy:
            break
        if remedy.startswith("--"):
            options += remedy.split()
        else:
            assert run(*remedy.split(), "--db", db).code == 0
    return Outcome(refusals, None, options)


def first_line(ran: Ran) -> str:
    """Return what a refused command says happened."""
    assert ran.code == 2, ran.out
    return ran.err.splitlines()[0].removeprefix("error: ")


def counts(ignored: dict[str, int]) -> str:
    """Return what was ignored, by kind."""
    return ", ".join(f"{count} {kind}" for kind, count in ignored.items())


def held(db: Path) -> str:
    """Return what is held, by instrument."""
    lines = asked(db, "positions")
    return ", ".join(f"{line['quantity']} {line['instrument']}" for line in lines)


def unseen(answer: dict[str, Any]) -> str:
    """Return what must have been held before."""
    lines = answer["summary"]["unopened"]
    return ", ".join(f"{line['quantity']} {line['instrument']}" for line in lines)


CASES = [Case(file, **told) for file, told in tomllib.loads(_TABLE.read_text("utf-8")).items()]


def _rows() -> Iterator[str]:
    yield "| file | format | fills | refused | ignored (by kind) | open positions |"
    yield "|---|---|---|---|---|---|"
    for case in CASES:
        with tempfile.TemporaryDirectory() as folder:
            db = Path(folder) / "journal.db"
            outcome = imported(case, db)
            if outcome.answer is None:
                yield f"| {case.file} | refused: {outcome.refusals[-1]} | | | | |"
                continue
            (file,) = outcome.answer["files"]
            cells = [case.file, file["format"], file["new"], len(file["refused"])]
            cells += [counts(file["ignored"]), held(db)]
            yield "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in _rows())
