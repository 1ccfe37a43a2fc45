"""`journal rules` and `journal rule CODE`."""

from __future__ import annotations

from pathlib import Path

from command_line import asked, run

from journal.rules import RULES


def test_the_catalogue_has_every_rule(tmp_path: Path) -> None:
    found = asked(tmp_path / "none.db", "rules")
    assert [each["code"] for each in found] == sorted(module.RULE.code for module in RULES)
    plan105 = next(each for each in found if each["code"] == "PLAN105")
    assert plan105["name"] == "tranche-beyond-invalidation"
    assert plan105["summary"] == "An entry tranche lies at or past the price that ends the idea."


def test_a_page_by_code_or_name() -> None:
    by_code, by_name = run("rule", "plan105"), run("rule", "tranche-beyond-invalidation")
    assert by_code.out == by_name.out
    for heading in ("What it flags", "Why it matters", "Breaks", "Keeps"):
        assert heading in by_code.out


def test_a_rule_there_is_none_of() -> None:
    ran = run("rule", "SCALE999")
    assert ran.code == 2
    assert ran.err.startswith("error: there is no rule 'SCALE999'\ncodes: COST601, ")
