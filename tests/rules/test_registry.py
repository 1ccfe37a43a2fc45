"""The registry: nothing in the folder is missing from it, and every rule has what it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_file import FOLDER, read_cases

from journal import rules
from journal.book.verdicts import RuleModule
from journal.rules import RULES

# Family letters and the first digit of its codes (DESIGN, section 7).
FAMILIES = {
    "PLAN": "1",
    "RISK": "2",
    "SCALE": "3",
    "EXIT": "4",
    "STOP": "5",
    "COST": "6",
    "HABIT": "7",
    "LOG": "8",
}
NO_RULES = {"__init__", "pages"}
# What to do about a pattern; a rule is named after the pattern.
REMEDIES = ("avoid", "check", "ensure", "keep", "must", "require", "set", "should", "use")

every_rule = pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)


def stem(module: RuleModule) -> str:
    return str(vars(module)["__name__"]).rpartition(".")[2]


def test_every_file_is_registered_once() -> None:
    files = {path.stem for path in Path(rules.__path__[0]).glob("*.py")} - NO_RULES
    registered = [stem(module) for module in RULES]
    assert sorted(registered) == sorted(files)


def test_codes_and_names_are_unique() -> None:
    assert len({module.RULE.code for module in RULES}) == len(RULES)
    assert len({module.RULE.name for module in RULES}) == len(RULES)


def test_every_case_file_is_for_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*")} == {module.RULE.code for module in RULES}


@every_rule
def test_the_code_is_the_file_name_of_a_known_family(module: RuleModule) -> None:
    rule = module.RULE
    assert stem(module) == rule.code.lower()
    assert re.fullmatch(r"[A-Z]+\d{3}", rule.code)
    assert rule.code[len(rule.family)] == FAMILIES[rule.family]


@every_rule
def test_the_name_is_the_pattern_flagged(module: RuleModule) -> None:
    words = module.RULE.name.split("-")
    assert all(re.fullmatch(r"[a-z]+", word) for word in words)
    assert words[0] not in REMEDIES


@every_rule
def test_the_cases_show_kept_and_broken(module: RuleModule) -> None:
    code = module.RULE.code
    shown = {
        expected.verdict
        for case in read_cases(code)
        for expected in case.expected
        if expected.code == code
    }
    assert shown >= {"kept", "broken"}


@every_rule
def test_a_rule_that_may_not_know_says_why(module: RuleModule) -> None:
    code = module.RULE.code
    shown = {
        expected.verdict
        for case in read_cases(code)
        for expected in case.expected
        if expected.code == code
    }
    assert module.RULE.unknown or "unknown" not in shown


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_case_titles_are_unique(path: Path) -> None:
    titles = [case.title for case in read_cases(path.stem)]
    assert len(set(titles)) == len(titles)
