"""Facts taken back too late: what they broke stays listed, as withdrawn, and counts."""

from __future__ import annotations

from typing import Any

import pytest
from terminal import Terminal

PLAN = """\
2026-01-05T10:00:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        3 @ 96
  invalidation 88
  stop         88
  exit         rest @ 110
"""


@pytest.fixture
def added(terminal: Terminal) -> Terminal:
    """Return a terminal that added to a loser without a tranche, at noon, as entry 4."""
    terminal.at("2026-01-05T10:00:00Z")
    terminal.run("account", "add", "main", "--currency", "USDT", "--equity", "10000")
    terminal.run("plan", "new", "-", stdin=PLAN.partition(" ")[2].encode())
    terminal.at("2026-01-05T11:00:00Z")
    terminal.typed("fill BTC-USDT buy 3 @ 100 --fee 0.3usdt")
    terminal.at("2026-01-05T12:00:00Z")
    terminal.typed("fill BTC-USDT buy 1 @ 98 --fee 0.1usdt")
    return terminal


def checked(terminal: Terminal, *words: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    return terminal.tried("check", "--json", *words).json


def listed(report: Any) -> dict[str, bool]:  # noqa: ANN401 - a report
    return {each["id"]: each["withdrawn"] for each in report["violations"]}


def rate(report: Any) -> float:  # noqa: ANN401 - a report
    return float(report["adherence"]["adherence"])


def test_within_the_grace_it_leaves_only_the_history(added: Terminal) -> None:
    assert listed(checked(added)) == {"SCALE301-F2": False}
    added.at("2026-01-05T12:15:00Z")
    added.run("undo")
    report = checked(added)
    assert listed(report) == {}
    assert rate(report) == 1
    assert added.tried("check").code == 0
    assert "void fill 2" in added.run("export").out


def test_a_moment_later_it_stays_broken(added: Terminal) -> None:
    before = checked(added)
    added.at("2026-01-05T12:15:00.001Z")
    added.run("undo")
    report = checked(added)
    assert listed(report) == {"SCALE301-F2": True}
    assert report["verdicts"]["SCALE301"]["broken"] == 1
    assert rate(report) <= rate(before)
    (violation,) = report["violations"]
    assert (violation["trade"], violation["plan"], violation["memo"]) == ("T1", "P1", True)
    answer = added.tried("check")
    assert answer.code == 1
    assert "(withdrawn)" in answer.out
    assert added.run("trades", "--json").json[0]["violations"] == 1
    assert "withdrawn: the fact was taken back too late" in added.run("review").out


def test_the_grace_is_that_of_the_policy_when_the_fact_was_recorded(added: Terminal) -> None:
    added.at("2026-01-05T12:30:00Z")
    added.typed("policy set undo_grace 600")
    added.run("undo", "4")
    assert listed(checked(added)) == {"SCALE301-F2": True}


def test_a_longer_grace_set_before_holds(added: Terminal) -> None:
    added.typed("policy set undo_grace 60")
    added.at("2026-01-05T12:30:00Z")
    added.typed("fill BTC-USDT buy 1 @ 97 --fee 0.1usdt")
    added.at("2026-01-05T13:30:00Z")
    added.run("undo")
    assert listed(checked(added)) == {"SCALE301-F2": False}


def test_taking_the_withdrawal_back_brings_the_fact_back(added: Terminal) -> None:
    added.at("2026-01-06T12:00:00Z")
    added.run("undo", "4")
    added.run("undo", "5")
    assert listed(checked(added)) == {"SCALE301-F2": False}


def test_a_withdrawn_violation_can_be_waived(added: Terminal) -> None:
    added.at("2026-01-06T12:00:00Z")
    added.run("undo", "4")
    added.run("waive", "SCALE301-F2", "--why", "typed into the wrong journal")
    (violation,) = checked(added)["violations"]
    assert violation["waived"] == "typed into the wrong journal"
    assert "(withdrawn) (waived: typed" in " ".join(added.tried("check").out.split())


def test_facts_typed_in_its_place_are_judged_by_themselves(added: Terminal) -> None:
    added.at("2026-01-06T12:00:00Z")
    added.run("undo", "4")
    added.typed("fill BTC-USDT buy 3 @ 96 --fee 0.3usdt --at 2026-01-05T12:00:00Z")
    assert listed(checked(added, "--select", "SCALE")) == {"SCALE301-F2": True}


def test_nor_do_they_add_to_what_was_withdrawn(terminal: Terminal) -> None:
    # 4 for 3 was a slip; the 3 behind it would be unplanned only beside the 4.
    text = """\
2026-01-05T11:00:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-05T12:00:00Z fill BTC-USDT buy 4 @ 96 fee 0.3 USDT
2026-01-05T14:00:00Z void fill 2
2026-01-05T12:01:00Z fill BTC-USDT buy 3 @ 96 fee 0.3 USDT
"""
    terminal.imported("2026-01-01T00:00Z account main\n  currency USDT\n" + PLAN + text)
    found = listed(checked(terminal, "--select", "SCALE"))
    assert found == {"SCALE303-F2": True, "SCALE304-F2": True}


def test_what_is_broken_again_is_no_longer_withdrawn(terminal: Terminal) -> None:
    terminal.at("2026-01-05T10:00:00Z")
    terminal.run("account", "add", "main", "--currency", "USDT")
    terminal.typed("policy set max_trades_per_day 1")
    day = "HABIT702-main.2026-01-06"
    terminal.at("2026-01-06T10:00:00Z")
    terminal.typed("fill BTC-USDT buy 1 @ 100 --fee 0usdt")
    terminal.typed("fill ETH-USDT buy 1 @ 100 --fee 0usdt")
    terminal.at("2026-01-06T12:00:00Z")
    terminal.run("undo")
    assert listed(checked(terminal))[day] is True
    terminal.typed("fill SOL-USDT buy 1 @ 100 --fee 0usdt")
    assert [each["withdrawn"] for each in checked(terminal)["violations"] if each["id"] == day] == [
        False
    ]


def test_what_was_withdrawn_belongs_to_its_period_and_rule(added: Terminal) -> None:
    added.at("2026-01-09T12:00:00Z")
    added.run("undo", "4")
    assert listed(checked(added, "--since", "2026-01-06")) == {}
    assert checked(added, "--since", "2026-01-06")["verdicts"]["SCALE301"]["broken"] == 0
    assert listed(checked(added, "--ignore", "SCALE301")) == {}
    assert listed(checked(added, "T1")) == {"SCALE301-F2": True}


def test_a_whole_trade_withdrawn_still_counts(terminal: Terminal) -> None:
    terminal.at("2026-01-05T11:00:00Z")
    terminal.run("account", "add", "main", "--currency", "USDT")
    terminal.typed("fill BTC-USDT buy 3 @ 100 --fee 0.3usdt")
    terminal.at("2026-01-05T12:00:00Z")
    before = checked(terminal)
    terminal.run("undo")
    report = checked(terminal)
    assert listed(report) == dict.fromkeys(listed(before), True)
    assert "PLAN101-F1" in listed(report)
    assert report["adherence"]["broken"] == before["adherence"]["broken"]
    (violation, *_) = report["violations"]
    assert (violation["trade"], violation["instrument"]) == ("T1", "BTC-USDT")
    assert terminal.run("trades", "--json").json == []


def test_a_plan_withdrawn_takes_its_violations_nowhere(added: Terminal) -> None:
    # The budget: 3 x 12 + 3 x 8 of planned risk are above 0.5 % of 10000.
    added.typed("policy set risk_per_trade 0.5%")
    added.run("plan", "new", "ETH-USDT", "long", "--enter", "3@100", "--enter", "3@96",
              "--invalidation", "88", "--exit", "rest@110")  # fmt: skip
    assert "RISK201-P2.1" in listed(checked(added))
    added.at("2026-01-05T13:00:00Z")
    added.run("undo")
    assert listed(checked(added))["RISK201-P2.1"] is True


IMPORTED = """\
2026-01-01T00:00Z account main
  currency USDT
2026-01-05T11:00:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
2026-01-05T12:00:00Z fill BTC-USDT buy 1 @ 98 fee 0.1 USDT
"""


def test_an_import_counts_from_when_it_was_made(terminal: Terminal) -> None:
    terminal.imported(IMPORTED)
    terminal.at("2026-01-09T12:10:00Z")
    terminal.run("undo")
    assert listed(checked(terminal)) == {}


def test_an_import_taken_back_too_late_is_withdrawn_as_a_whole(terminal: Terminal) -> None:
    terminal.imported(IMPORTED)
    before = listed(checked(terminal))
    terminal.at("2026-01-09T12:20:00Z")
    terminal.run("undo")
    assert listed(checked(terminal)) == dict.fromkeys(before, True)


@pytest.mark.parametrize(("at", "withdrawn"), [("12:15:00", False), ("12:15:01", True)])
def test_a_text_that_says_no_recorded_times_is_judged_by_those_it_claims(
    terminal: Terminal,
    at: str,
    withdrawn: bool,  # noqa: FBT001 - the answer
) -> None:
    terminal.imported(IMPORTED + f"2026-01-05T{at}Z void fill 2\n")
    assert ("SCALE301-F2" in listed(checked(terminal))) == withdrawn


def test_what_was_withdrawn_comes_back_from_an_export(added: Terminal) -> None:
    added.at("2026-01-06T12:00:00Z")
    added.run("undo", "4")
    report = checked(added)
    text = added.run("export").out
    other = added.db.with_name("other.db")
    added.run("import", "-", "--db", str(other), stdin=text.encode())
    assert added.run("export", "--db", str(other)).out == text
    again = checked(added, "--db", str(other))
    assert listed(again) == listed(report)
    assert again["adherence"] == report["adherence"]
