"""A venue's file after a plan was locked: its fills are that plan's, and judged by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

_PLAN = """\
plan SOL-EUR long  #range-low
  thesis       "Weekly range low reclaimed"
  enter        4 @ 148
  enter        4 @ 140
  max          8
  invalidation 125
  stop         125
  exit         rest @ 170
"""
_HEADER = (
    "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,price/fee/total unit"
)
_ROWS = (
    "default,71,SOL-EUR,BUY,2026-01-05T09:15:02.114Z,4,SOL,148,0.592,-592.592,EUR",
    "default,72,SOL-EUR,BUY,2026-01-06T11:02:44.871Z,4,SOL,140,0.56,-560.56,EUR",
    "default,73,SOL-EUR,BUY,2026-01-06T15:40:10.002Z,2,SOL,139,0.278,-278.278,EUR",
    "default,74,ADA-EUR,BUY,2026-01-06T16:00:00.500Z,100,ADA,0.9,0.09,-90.09,EUR",
)


@pytest.fixture
def planned(terminal: Terminal) -> Terminal:
    terminal.at("2026-01-04T08:00:00.000Z")
    terminal.typed("account add spot --currency EUR --equity 10000 --taker 0.1% --maker 0.1%")
    terminal.run("plan", "new", "-", stdin=_PLAN.encode())
    terminal.at("2026-01-06T18:00:00.000Z")
    return terminal


def _exported(folder: Path, *rows: str) -> str:
    path = folder / "fills.csv"
    path.write_text("\n".join([_HEADER, *rows]) + "\n")
    return str(path)


def _violations(terminal: Terminal) -> set[str]:
    answer = terminal.tried("check", "--json")
    assert answer.code in (0, 1), answer.err
    return {each["id"] for each in answer.json["violations"]}


def test_fills_of_a_file_are_matched_to_the_tranches_of_the_plan_in_force(
    planned: Terminal, tmp_path: Path
) -> None:
    planned.run("import", _exported(tmp_path, *_ROWS))
    found = [
        (fill["tranche"], fill["unplanned_quantity"])
        for fill in planned.run("fills", "--json").json
    ]
    assert found == [(1, "0"), (2, "0"), (None, "2"), (None, "100")]
    sol, ada = planned.run("trades", "--json").json
    assert (sol["plan"], ada["plan"]) == ("P1", None)


def test_the_summary_says_what_the_check_finds(planned: Terminal, tmp_path: Path) -> None:
    before = _violations(planned)
    dry = planned.run("import", _exported(tmp_path, *_ROWS), "--dry-run", "--json").json["summary"]
    assert _violations(planned) == before
    summary = planned.run("import", _exported(tmp_path, *_ROWS), "--json").json["summary"]
    new = _violations(planned) - before
    assert summary == dry
    assert (summary["fills"], summary["trades"], summary["without_plan"]) == (4, 2, 1)
    assert summary["new_violations"] == len(new)
    assert (summary["unopened"], summary["unstated"]) == ([], [])
    assert new == {"PLAN101-F4", "STOP503-F4", "SCALE301-F3", "SCALE303-F3"}


def test_the_verdicts_on_a_file_come_with_its_rows(planned: Terminal, tmp_path: Path) -> None:
    planned.run("import", _exported(tmp_path, *_ROWS[:2]))
    kept = _violations(planned)
    assert not {each for each in kept if each.startswith(("PLAN101", "PLAN102", "SCALE"))}
    shown = planned.run("import", _exported(tmp_path, *_ROWS)).out
    new = _violations(planned) - kept
    assert shown.endswith(f"2 new fills, 2 trades, 1 without a plan, {len(new)} new violations\n")
    assert {"SCALE301-F3", "SCALE303-F3", "PLAN101-F4"} <= new
    assert not {each for each in new if each.endswith(("-F1", "-F2"))}
