"""`journal waive`: a violation justified in writing, shown as waived, and counted as before."""

from __future__ import annotations

from typing import Any

import journals
import pytest
from journal_text import book_of
from terminal import Terminal

from journal.book.judging import judge
from journal.rules import RULES

WHY = ("--why", "hedged on another venue")


@pytest.fixture
def averaged_down(terminal: Terminal) -> Terminal:
    """Return a terminal whose journal holds the violation SCALE301-F3."""
    terminal.imported(journals.AVERAGED_DOWN)
    return terminal


def checked(terminal: Terminal, *words: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    return terminal.tried("check", "--json", *words).json


def waived(report: Any) -> dict[str, str | None]:  # noqa: ANN401 - a report
    return {each["id"]: each["waived"] for each in report["violations"]}


def test_a_waived_violation_still_counts(averaged_down: Terminal) -> None:
    before = checked(averaged_down)
    assert averaged_down.run("waive", "SCALE301-F3", *WHY).out.splitlines() == [
        "waived SCALE301-F3: hedged on another venue",
        "it still counts as broken",
    ]
    after = checked(averaged_down)
    assert waived(after) == waived(before) | {"SCALE301-F3": "hedged on another venue"}
    for key in ("verdicts", "adherence", "trades"):
        assert after[key] == before[key]
    assert averaged_down.tried("check").code == 1
    assert "(waived: hedged on another venue)" in " ".join(averaged_down.tried("check").out.split())


def test_what_a_waiver_says_as_json(averaged_down: Terminal) -> None:
    found = averaged_down.run("waive", "scale301-f3", *WHY, "--json").json
    assert found["violation"] == "SCALE301-F3"
    assert found["reason"] == "hedged on another venue"
    assert found["id"] == 1
    assert found["receipt"]["number"] == 2


def test_a_waiver_taken_back_can_be_written_again(averaged_down: Terminal) -> None:
    averaged_down.run("waive", "SCALE301-F3", *WHY)
    averaged_down.run("undo")
    assert waived(checked(averaged_down))["SCALE301-F3"] is None
    averaged_down.run("waive", "SCALE301-F3", "--why", "again")
    assert waived(checked(averaged_down))["SCALE301-F3"] == "again"


def test_a_waiver_survives_later_and_earlier_fills(averaged_down: Terminal) -> None:
    averaged_down.run("waive", "SCALE301-F3", *WHY)
    earlier = """\
2026-01-02T14:30Z fill BTC-USDT buy 1 @ 90 fee 0.1 USDT
2026-01-03T14:30Z fill BTC-USDT sell 1 @ 92 fee 0.1 USDT
"""
    later = """\
2026-01-07T14:30Z fill BTC-USDT buy 1 @ 90 fee 0.1 USDT
2026-01-07T15:30Z fill BTC-USDT buy 1 @ 89 fee 0.1 USDT
"""
    averaged_down.imported(later)
    averaged_down.imported(earlier)
    report = checked(averaged_down)
    assert waived(report)["SCALE301-F3"] == "hedged on another venue"
    assert waived(report)["SCALE301-F7"] is None
    assert report["stale_waivers"] == []


def test_an_id_does_not_depend_on_which_rules_there_are() -> None:
    book = book_of(journals.AVERAGED_DOWN)
    every = {each.id for each in judge(book, RULES).violations()}
    one_by_one = {each.id for rule in RULES for each in judge(book, (rule,)).violations()}
    assert every == one_by_one


def test_a_waiver_that_waives_nothing_any_more_is_reported(averaged_down: Terminal) -> None:
    averaged_down.run("waive", "SCALE301-F3", *WHY)
    averaged_down.run("waive", "STOP503-F1", "--why", "a mental stop")
    averaged_down.imported("2026-01-05T14:20Z policy\n  SCALE301 off\n")
    assert checked(averaged_down)["stale_waivers"] == [
        {"violation": "SCALE301-F3", "reason": "hedged on another venue"}
    ]
    lines = averaged_down.tried("check").out.splitlines()
    assert "waiver of SCALE301-F3 waives nothing any more" in lines
    assert checked(averaged_down, "--ignore", "SCALE")["stale_waivers"] == []
    assert checked(averaged_down, "--since", "2026-01-05")["stale_waivers"] == []


def test_a_stale_waiver_alone_is_no_violation(terminal: Terminal) -> None:
    terminal.imported('2026-01-09T10:00Z waive SCALE301-F7 "there is none"\n')
    answer = terminal.tried("check")
    assert answer.code == 0
    assert answer.out == "waiver of SCALE301-F7 waives nothing any more\n"


def test_waivers_come_back_from_an_export_to_the_byte(averaged_down: Terminal) -> None:
    averaged_down.run("waive", "SCALE301-F3", "--why", 'said "no"\nand meant it')
    averaged_down.imported('2026-01-08T10:00Z waive STOP503-F1 "a mental stop"\n')
    text = averaged_down.run("export").out
    other = averaged_down.db.with_name("other.db")
    averaged_down.run("import", "-", "--db", str(other), stdin=text.encode())
    assert averaged_down.run("export", "--db", str(other)).out == text
    again = averaged_down.tried("check", "--json", "--db", str(other)).json
    assert waived(again)["SCALE301-F3"] == 'said "no"\nand meant it'
    assert waived(again)["STOP503-F1"] == "a mental stop"
