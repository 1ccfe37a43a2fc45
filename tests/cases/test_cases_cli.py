"""The journal's own command line against published results."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from cases import expected, published
from cases.view import of_json

CASES = published.load()

Rows = list[Mapping[str, Any]]


def run(database: Path, *words: str) -> str:
    command = [sys.executable, "-m", "journal", *words, "--db", str(database)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rows]:
    """Return what the command line lists of one journal that holds every case."""
    folder = tmp_path_factory.mktemp("cases")
    text, database = folder / "cases.journal", folder / "cases.db"
    texts = [published.text_of(case, number) for number, case in enumerate(CASES)]
    text.write_text("\n".join(texts))
    run(database, "import", str(text))
    return {name: json.loads(run(database, name, "--json")) for name in LISTS}


LISTS = ("fills", "trades", "positions")


@pytest.mark.parametrize("number", range(len(CASES)), ids=[str(case["id"]) for case in CASES])
def test_the_command_line_agrees(number: int, lists: dict[str, Rows]) -> None:
    account = published.account_of(number)
    fills, trades, positions = (
        [row for row in lists[name] if row["account"] == account] for name in LISTS
    )
    result = expected.check(CASES[number], of_json(fills, trades, positions))
    assert result.problems == []
    assert result.compared > 0
