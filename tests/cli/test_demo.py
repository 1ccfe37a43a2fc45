"""`journal demo`: the shipped sample, checked and reviewed, in one command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command_line import asked, run

from journal.rules import RULES


def test_it_prints_the_check_and_the_review_and_says_where_the_journal_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = run("demo")
    assert ran.code == 0, ran.err
    assert "$ journal check --since 2026-11-09" in ran.out
    assert "Review of 2026-W46" in ran.out
    assert "The demo journal lies in journal-demo/demo.db." in ran.out
    page = tmp_path / "journal-demo" / "review-2026-W46.html"
    assert f"{page.relative_to(tmp_path)}." in ran.out
    before = page.read_bytes()
    assert before.startswith(b"<!DOCTYPE html>")
    assert max(map(len, ran.out.splitlines())) <= 80
    db = tmp_path / "journal-demo" / "demo.db"
    assert run("verify", "--db", db).code == 0
    assert run("demo").out == ran.out
    assert page.read_bytes() == before


def test_every_rule_and_state_has_something_to_show(tmp_path: Path) -> None:
    assert run("demo", tmp_path).code == 0
    db = tmp_path / "demo.db"
    assert json.loads(run("demo", tmp_path, "--json").out)["path"] == str(db)
    report = asked(db, "check")
    assert {each["code"] for each in report["violations"]} == {rule.RULE.code for rule in RULES}
    assert [code for code, counts in report["verdicts"].items() if not counts["kept"]] == []
    assert [each["subject"] for each in report["violations"] if each["withdrawn"]] != []
    assert [each["code"] for each in report["violations"] if each["waived"]] == ["EXIT403"]
    assert any(each["cost"] is not None and each["cost"][0] == "-" for each in report["violations"])
    trades = asked(db, "trades")
    assert [each["plan"] for each in trades if each["state"] == "open"] == ["L2", "W4"]
    assert {each["direction"] for each in trades} == {"long", "short"}
    assert len(trades) >= 40
    broken = {each["plan"] for each in report["violations"]}
    assert broken.isdisjoint({"A1", "A4", "A8", "A15", "A18", "A19", "B1", "S1", "E4", "N1"})


def test_another_journal_is_not_replaced(tmp_path: Path) -> None:
    mine = tmp_path / "demo.db"
    assert run("init", "--db", mine).code == 0
    before = mine.read_bytes()
    ran = run("demo", tmp_path)
    assert ran.code == 2
    assert "is not the demo" in ran.err
    assert mine.read_bytes() == before
