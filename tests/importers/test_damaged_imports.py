"""Damaged exports at the command line: a refusal leaves the journal as it was, undo the rest."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from command_line import asked, run
from export_files import ExportFile, all_exports, read_export
from test_export_damage import TOKENS, edited

_FORMATS = (
    "binance-spot",
    "binance-usdm",
    "bybit-perp",
    "coinbase-fills",
    "ibkr-activity",
    "ibkr-flex",
    "kraken-trades",
    "kucoin",
    "mt5",
    "okx-api",
    "okx-trades",
    "thinkorswim",
    "tradovate",
)
_EXPORTS = [next(export for export in all_exports() if export.format == name) for name in _FORMATS]
_BEFORE = """\
2026-01-01T00:00Z account main
  currency USDT

2026-01-02T00:00Z fill XYZ-USDT buy 3 @ 100 fee 0.3 USDT
"""


@pytest.fixture(autouse=True)
def _same_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-11-26T12:00:00Z")


def _mutated(export: ExportFile, seed: int) -> bytes:
    """Return a copy with a few edits: bytes lost, put in, or taken from elsewhere in the file."""
    chance = random.Random(f"{export} {seed}")  # noqa: S311 - the same ones on every run
    data = export.data
    edits = []
    for _ in range(chance.randint(1, 3)):
        start, length = chance.randrange(len(data)), chance.choice((0, 1, 1, 2, 8, 40))
        elsewhere = data[start : start + chance.randrange(12)]
        edits.append((chance.random(), length, chance.choice((elsewhere, chance.choice(TOKENS)))))
    return edited(data, edits)


@pytest.fixture(scope="module")
def standing(journal_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("before")
    db, text = folder / "journal.db", folder / "before.journal"
    shutil.copy(journal_template, db)
    text.write_text(_BEFORE)
    assert run("import", text, "--db", db).code == 0
    for symbol in {each for export in _EXPORTS for each in read_export(export).multiplier_needed}:
        assert run("instrument", "add", symbol, "--multiplier", "1", "--db", db).code == 0
    return db


def _check(export: ExportFile, data: bytes, before: Path, folder: Path) -> int:
    """Import a damaged copy into a copy of a journal, and return how the command ended."""
    db, path = folder / "journal.db", folder / export.path.name
    shutil.copy(before, db)
    path.write_bytes(data)
    words = ["import", path, *export.command, "--db", db]
    ran = run(*words)
    if ran.code:
        assert ran.code == 2, f"{ran.err}\n{data!r}"
        assert ran.err.startswith("error: ")
        assert len(ran.err.splitlines()) <= 2
        assert db.read_bytes() == before.read_bytes()
        return ran.code
    assert all(len(line) <= 80 for line in ran.out.splitlines() if not line.startswith(path.name))
    _check_undo(db, words, asked(before, "fills"))
    return ran.code


def _check_undo(db: Path, words: list[Any], before: list[dict[str, Any]]) -> None:
    stored = asked(db, "fills")
    if stored == before:
        return
    assert run("undo", "--db", db).code == 0
    assert asked(db, "fills") == before
    assert run(*words).code == 0
    same = [{**fill, "id": "", "trade": ""} for fill in stored]
    assert [{**fill, "id": "", "trade": ""} for fill in asked(db, "fills")] == same
    assert run("verify", "--db", db).code == 0


@pytest.mark.parametrize("export", _EXPORTS, ids=str)
def test_a_damaged_file_is_refused_whole_or_can_be_taken_back(
    export: ExportFile, standing: Path, tmp_path: Path
) -> None:
    assert _check(export, export.data, standing, tmp_path) == 0
    for seed in range(3):
        _check(export, _mutated(export, seed), standing, tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("export", _EXPORTS, ids=str)
def test_sixty_damaged_files_are_refused_whole_or_can_be_taken_back(
    export: ExportFile, standing: Path, tmp_path: Path
) -> None:
    ends = [_check(export, _mutated(export, seed), standing, tmp_path) for seed in range(60)]
    assert 2 in ends


def test_one_damaged_file_among_several_keeps_all_out(standing: Path, tmp_path: Path) -> None:
    db = Path(shutil.copy(standing, tmp_path / "journal.db"))
    export = next(each for each in _EXPORTS if each.format == "coinbase-fills")
    cut = tmp_path / "cut.csv"
    cut.write_bytes(export.data.rstrip()[:-40])
    ran = run("import", export.path, cut, "--db", db)
    assert (ran.code, ran.err.split(" line ")[0]) == (2, "error: cut.csv")
    assert db.read_bytes() == standing.read_bytes()
