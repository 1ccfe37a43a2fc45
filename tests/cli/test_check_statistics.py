"""`journal check --statistics`: per rule, in total, results split, and broken down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import journals
import pytest
from command_line import asked, imported, run

RULES = ("--select", "PLAN101,SCALE301,SCALE302")


def planned(day: int, setup: str, sold: int) -> str:
    date = f"2026-01-{day:02d}"
    return (
        f"{date}T09:00:00Z plan BTC-USDT long  #{setup}\n"
        "  enter 1 @ 100\n  max 400 USDT\n  invalidation 90\n  exit rest @ 120\n"
        f"{date}T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT\n"
        f"{date}T12:00:00Z fill BTC-USDT sell 1 @ {sold} fee 0 USDT\n"
    )


# Two trades without a plan lose 10 and make 5; four planned ones are clean; one is chased.
SEVEN = (
    journals.HEAD
    + "2026-01-05T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT\n"
    + "2026-01-05T12:00:00Z fill BTC-USDT sell 1 @ 90 fee 0 USDT\n"
    + "2026-01-06T10:00:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT\n"
    + "2026-01-06T12:00:00Z fill BTC-USDT sell 1 @ 105 fee 0 USDT\n"
    + planned(7, "range", 120)
    + planned(8, "range", 90)
    + planned(12, "trend", 120)
    + planned(13, "trend", 120)
    + planned(14, "range", 120).replace(
        "2026-01-14T12:00:00Z fill BTC-USDT sell 1",
        "2026-01-14T11:00:00Z fill BTC-USDT buy 1 @ 110 fee 0 USDT\n"
        "2026-01-14T12:00:00Z fill BTC-USDT sell 2",
    )
    + "2026-01-15T09:00:00Z plan BTC-USDT long as late\n  enter 1 @ 100\n"
    + "2026-01-15T10:00:00Z cancel late\n"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return imported(tmp_path_factory.mktemp("seven"), SEVEN)


def rates(found: dict[str, Any]) -> list[int]:
    return [found["kept"], found["broken"], found["unknown"], found["not_applicable"]]


def test_rules_and_totals(db: Path) -> None:
    report = asked(db, "check", *RULES, "--statistics")
    found = report["statistics"]
    by_code = {each["code"]: each for each in found["rules"]}
    assert list(by_code) == ["PLAN101", "SCALE301", "SCALE302"]
    assert rates(by_code["PLAN101"]["standing"]) == [5, 2, 0, 0]
    assert rates(by_code["SCALE302"]["standing"]) == [0, 1, 0, 6]
    # 10 lost, 5 made; the add at 110 was sold at 120
    assert [each["cost"] for each in by_code["PLAN101"]["costs"]] == ["5"]
    assert [each["lucky"] for each in by_code["PLAN101"]["costs"]] == ["-5"]
    assert [each["cost"] for each in by_code["SCALE302"]["costs"]] == ["-10"]
    total = found["total"]
    # SCALE301 kept the add; 100 x (1 - (2 x 10 + 3) / (7 x 10 + 10 + 3))
    assert rates(total) == [6, 3, 0, 12]
    assert float(total["score"]) == pytest.approx(100 * (1 - 23 / 83))
    assert total["trades"] == 7
    discipline = found["discipline"]
    assert (discipline["clean"]["part"], discipline["clean"]["whole"]) == (4, 7)
    assert (discipline["planned"]["part"], discipline["planned"]["whole"]) == (5, 7)
    assert float(discipline["efficiency"]) == pytest.approx(4 / 7)
    assert "memo costs are not added" in found["cost_formula"]


def test_results_split(db: Path) -> None:
    split = asked(db, "check", *RULES, "--statistics")["statistics"]["split"]
    assert (split["clean"]["trades"], split["clean"]["won"]["part"]) == (4, 3)
    assert (split["breached"]["trades"], split["breached"]["won"]["part"]) == (3, 2)
    assert split["bad_wins"] == ["T3", "T13"]
    assert split["clean"]["r"]["n"] == 4
    assert split["clean"]["r"]["interval"] is None


def test_a_cancelled_plan_is_listed_with_what_it_counts(db: Path) -> None:
    found = asked(db, "check", "--select", "PLAN", "--statistics")["statistics"]["cancelled"]
    assert [(each["plan"], each["kept"], each["broken"]) for each in found] == [("late", 0, 1)]


@pytest.mark.parametrize(
    ("by", "labels"),
    [
        ("week", ["2026-W02", "2026-W03"]),
        ("month", ["2026-01"]),
        ("setup", ["(no plan)", "range", "trend"]),
        ("trade", ["T1", "T3", "T5", "T7", "T9", "T11", "T13"]),
    ],
)
def test_broken_down(db: Path, by: str, labels: list[str]) -> None:
    report = asked(db, "check", *RULES, "--by", by)
    assert [each["label"] for each in report["groups"]] == labels
    sums = [sum(each["standing"][name] for each in report["groups"]) for name in ("kept", "broken")]
    assert sums == [6, 3]
    cost = sum(float(line["cost"]) for each in report["groups"] for line in each["costs"])
    assert cost == -5


def test_the_text_fits_and_says_what_is_too_few(db: Path) -> None:
    ran = run("check", "--statistics", "--by", "setup", "--db", db)
    lines = ran.out.splitlines()
    assert max(map(len, lines)) <= 80
    some = run("check", *RULES, "--statistics", "--db", db).out.splitlines()
    assert "PLAN101      5       2        0     0  71% (36% to 92%)  5.00 USDT" in some
    assert "score          72.3 (n = 7), of 100; LOG rules left out" in some
    assert "clean trades   57% (4 of 7), 95% interval 25% to 84%" in some
    # -10 on a risk of 10 + 0.1 + 0.09 + 0.045; trades without a plan have no R
    assert "indiscipline   cost -5.00 USDT (-0.98R over 1 of 3); lucky ones -15.00 of it" in some
    assert "bad wins (breached, won all the same): T3, T13" in some
    assert any(line.startswith("clean") and "too few (n = 4)" in line for line in some)


def test_statistics_only_if_asked_for(db: Path) -> None:
    report = asked(db, "check")
    assert (report["statistics"], report["groups"], report["trades"]) == (None, None, 7)


def test_a_clean_check_still_shows_statistics(db: Path) -> None:
    ran = run("check", "--select", "LOG802", "--statistics", "--db", db)
    assert ran.code == 0
    assert ran.out.startswith("rule")
    assert "no violations in 7 trades" in ran.err
