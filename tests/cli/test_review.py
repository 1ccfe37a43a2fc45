"""`journal review`: one week, measured."""

from __future__ import annotations

import json
from pathlib import Path

import journals
from command_line import asked, imported, run

# The first exit is on Tuesday the 6th at 23:30 UTC, which is Wednesday in Berlin.
WEEK = """\
2026-01-01T00:00Z account main
  currency USDT
  fees     taker 0.10%
  timezone Europe/Berlin
2026-01-01T00:00Z instrument BTC-USDT-PERP
  multiplier 1
2026-01-01T00:00Z account us
  currency USD
2026-01-05T09:00Z fill BTC-USDT buy 2 @ 100 fee 0.2 USDT
2026-01-06T23:30Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
2026-01-07T09:00Z fill BTC-USDT-PERP sell 1 @ 50 fee 0.05 USDT
2026-01-08T08:00Z funding BTC-USDT-PERP -1.5 USDT
2026-01-08T09:00Z fill BTC-USDT-PERP buy 1 @ 52 fee 0.052 USDT
2026-01-09T15:00Z fill AAPL buy 10 @ 20 fee 1 USD account us
2026-01-09T16:00Z fill AAPL sell 10 @ 21 account us
2026-01-13T09:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT
"""


def test_money_by_day_and_never_across_currencies(tmp_path: Path) -> None:
    found = asked(imported(tmp_path, WEEK), "review", "--week", "2026-W02")
    assert (found["label"], found["zone"]) == ("2026-W02", "Europe/Berlin")
    assert (found["since"], found["until"]) == ("2026-01-04T23:00:00Z", "2026-01-11T23:00:00Z")
    usd, usdt = found["blocks"]
    assert (usd["currency"], usd["net_pnl"], usd["results_unknown"]) == ("USD", None, 1)
    # 20 - 0.42 on Wednesday; -2 - 0.102 and the funding of -1.5 on Thursday
    assert [each["net_pnl"] for each in usdt["days"]] == ["19.58", "-3.602"]
    assert [each["day"] for each in usdt["days"]] == ["2026-01-07", "2026-01-08"]
    assert (usdt["net_pnl"], usdt["closed"], usdt["won"]) == ("15.978", 2, 1)
    assert [each["trade"] for each in found["trades"]] == ["T1", "T3", "T5"]


def test_one_account(tmp_path: Path) -> None:
    db = imported(tmp_path, WEEK)
    found = asked(db, "review", "--week", "2026-W02", "--account", "us")
    assert [each["trade"] for each in found["trades"]] == ["T5"]
    assert [each["currency"] for each in found["blocks"]] == ["USD"]
    assert found["zone"] == "UTC"


def test_the_newest_week_with_fills_unless_told(tmp_path: Path) -> None:
    db = imported(tmp_path, WEEK)
    assert asked(db, "review")["label"] == "2026-W03"
    days = asked(db, "review", "--from", "2026-01-08", "--to", "2026-01-09")
    assert [each["trade"] for each in days["trades"]] == ["T3", "T5"]
    assert (days["since"], days["until"]) == ("2026-01-07T23:00:00Z", "2026-01-09T23:00:00Z")


def test_the_cost_of_indiscipline(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.AVERAGED_DOWN)
    found = asked(db, "review")
    (block,) = found["blocks"]
    listed = asked(db, "check")["violations"]
    assert found["violations"] == listed
    assert block["violations"] == len(listed)
    counted = [each["cost"] for each in listed if each["has_cost"] and not each["memo"]]
    assert "-176" in counted
    assert float(block["indiscipline"]) == sum(float(cost) for cost in counted if cost)
    assert block["costs_unknown"] == counted.count(None)
    assert (block["r_total"], block["r_trades"]) == ("0.752459408148905", 1)
    assert found["verdicts"]["SCALE301"]["broken"] == 1


def test_days_that_are_none(tmp_path: Path) -> None:
    db = imported(tmp_path, WEEK)
    for words in (
        ("--week", "2026-W54"),
        ("--week", "W2"),
        ("--from", "yesterday"),
        ("--from", "2026-01-09", "--to", "2026-01-08"),
        ("--to", "2026-01-08"),
        ("--week", "2026-W02", "--from", "2026-01-08"),
        ("--month", "2026-13"),
        ("--quarter", "2026-Q5"),
        ("--week", "2026-W02", "--month", "2026-01"),
        ("--setup", "nothing"),
        ("--locale", "xx_YY"),
        ("--format", "docx"),
    ):
        ran = run("review", *words, "--db", db)
        assert (ran.code, ran.out) == (2, ""), words
        assert len(ran.err.splitlines()) <= 2


def test_a_waived_breach_still_counts(tmp_path: Path) -> None:
    db = imported(tmp_path, f'{WEEK}2026-01-14T09:00Z waive PLAN101-F1 "agreed beforehand"\n')
    found = asked(db, "review", "--week", "2026-W02", "--account", "main")
    waived = {each["id"]: each["waived"] for each in found["violations"]}
    assert (waived["PLAN101-F1"], waived["PLAN101-F3"]) == ("agreed beforehand", None)
    assert found["verdicts"]["PLAN101"]["broken"] == 2
    assert "waived: agreed beforehand" in run("review", "--week", "2026-W02", "--db", db).out
    assert "waived: agreed beforehand" in run("check", "--db", db).out


def test_an_empty_week_reads(tmp_path: Path) -> None:
    ran = run("review", "--week", "2026-W30", "--db", imported(tmp_path, WEEK))
    assert "Nothing was traded." in ran.out
    assert "adherence             too few (n = 0)" in ran.out
    assert (
        run("review", "--week", "2026-W30", "--format", "html", "--db", tmp_path / "given.db").code
        == 0
    )


def test_the_text_reads(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.AVERAGED_DOWN)
    lines = run("review", "--week", "2026-W02", "--db", db).out.splitlines()
    assert lines[0] == "Review of 2026-W02  (days in UTC)"
    assert "net P&L               +566.78 USDT" in lines
    assert "                      +0.75R over 1 closed trade" in lines
    assert "cost of indiscipline  -176.00 USDT" in lines
    assert "  Bad wins, breached and won all the same: T1." in lines
    assert "  Tue 2026-01-06  +566.78 USDT" in lines
    assert max(map(len, lines)) <= 80
    as_json = run("review", "--format", "json", "--db", db)
    assert json.loads(as_json.out)["label"] == "2026-W02"
