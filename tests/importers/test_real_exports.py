"""Every real export, imported as a new user would: nothing but the messages says what to do."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from command_line import asked, run
from real_exports import CASES, Case, counts, held, imported, unseen


@pytest.fixture(autouse=True)
def _same_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-11-26T12:00:00Z")


def test_every_export_is_in_the_table(shared: Path) -> None:
    folder = shared / "exports"
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert there == {case.file for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_export_is_imported_as_its_messages_say(
    case: Case, shared: Path, tmp_path: Path
) -> None:
    db = tmp_path / "journal.db"
    outcome = imported(case, db)
    places = (f"{case.name}: ", f"{case.name} ")
    assert all(line.startswith(places) for line in outcome.refusals)
    assert [line[len(case.name) :].lstrip(": ") for line in outcome.refusals] == [
        what for what, _ in case.asks
    ]
    if outcome.answer is None:
        assert case.format is None
        assert asked(db, "fills") == []
        return
    (file,) = outcome.answer["files"]
    assert (file["format"], file["new"], file["known"]) == (case.format, case.fills, 0)
    assert (len(file["refused"]), counts(file["ignored"])) == (case.refused, case.ignored)
    assert (held(db), unseen(outcome.answer)) == (case.held, case.unseen)
    assert not file["changed"] + file["by_hand"] + file["doubts"]
    again = run("import", shared / "exports" / case.file, *outcome.options, "--db", db)
    assert f"{case.name} ({case.format}): 0 new, {case.fills} known" in again.out


@pytest.mark.parametrize("case", [case for case in CASES if case.unseen], ids=str)
def test_what_was_held_before_can_be_logged_as_the_import_says(
    case: Case, shared: Path, tmp_path: Path
) -> None:
    db = tmp_path / "journal.db"
    options = imported(case, db).options
    assert not all(trade["opening_known"] for trade in asked(db, "trades"))
    assert run("undo", "--db", db).code == 0
    shown = run("import", shared / "exports" / case.file, *options, "--db", db).out
    found = re.findall(r"held before (\S+)(?: (\S+)Z)?\n    journal (opening .+)", shown)
    assert ", ".join(f"{line.split()[2]} {line.split()[1]}" for _, _, line in found) == case.unseen
    for day, time, line in found:
        before = datetime.fromisoformat(f"{day}T{time or '00:00'}+00:00") - timedelta(days=1)
        words = line.replace("PRICE", "1").replace("TIME", before.isoformat()).split()
        ran = run(*words, "--db", db)
        assert ran.code == 0, ran.err
    assert all(trade["opening_known"] for trade in asked(db, "trades"))
