"""`journal check`: violations, verdicts, adherence, and the exit code."""

from __future__ import annotations

from pathlib import Path

import journals
import pytest
from command_line import asked, imported, run


def test_a_lucky_average_down(tmp_path: Path) -> None:
    report = asked(imported(tmp_path, journals.AVERAGED_DOWN), "check", "--select", "SCALE301")
    (found,) = report["violations"]
    evidence = found.pop("evidence")
    message = found.pop("message")
    assert found == {
        "id": "SCALE301-F3",
        "code": "SCALE301",
        "name": "unplanned-averaging-down",
        "severity": "critical",
        "trade": "T1",
        "plan": "P12",
        "account": "okx-main",
        "instrument": "BTC-USDT",
        "subject": "F3",
        "at": "2026-01-05T16:30:00Z",
        "cost": "-176",
        # -176 / 753.23
        "cost_r": "-0.233660369342697",
        "currency": "USDT",
        "has_cost": True,
        "memo": False,
        "waived": None,
        "withdrawn": False,
    }
    assert "20" in message
    assert "95.5" in message
    assert evidence["price"] == "95.5"


def test_verdicts_are_counted_per_trade_and_rates_have_denominators(tmp_path: Path) -> None:
    report = asked(imported(tmp_path, journals.AVERAGED_DOWN), "check")
    assert report["verdicts"]["SCALE301"] == {
        "not_applicable": 0,
        "kept": 0,
        "unknown": 0,
        "broken": 1,
    }
    assert report["verdicts"]["PLAN101"]["kept"] == 1
    kept = sum(each["kept"] for each in report["verdicts"].values())
    broken = sum(each["broken"] for each in report["verdicts"].values())
    unknown = sum(each["unknown"] for each in report["verdicts"].values())
    rates = report["adherence"]
    assert (rates["kept"], rates["broken"], rates["unknown"]) == (kept, broken, unknown)
    assert float(rates["adherence"]) == pytest.approx(kept / (kept + broken))
    assert float(rates["coverage"]) == pytest.approx((kept + broken) / (kept + broken + unknown))


def test_exit_codes(tmp_path: Path) -> None:
    broken = imported(tmp_path, journals.AVERAGED_DOWN)
    assert run("check", "--db", broken).code == 1
    assert run("check", "--select", "PLAN101,PLAN105", "--db", broken).code == 0
    assert run("check", "--select", "scale301", "--db", broken).code == 1
    assert run("check", "--select", "SCALE301", "--ignore", "SCALE", "--db", broken).code == 0
    later = ("--select", "SCALE301", "--since", "2026-01-06")
    assert run("check", *later, "--db", broken).code == 0
    wrong = run("check", "--select", "SCALE999", "--db", broken)
    assert wrong.code == 2
    assert wrong.err.startswith("error: there is no rule or family 'SCALE999'\n")


def test_one_trade(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.AVERAGED_DOWN + journals.ODD_FEES)
    assert {each["trade"] for each in asked(db, "check")["violations"]} > {"T1"}
    for name in ("T1", "P12", "P1", "BTC-USDT", "F3", "SCALE301-F3"):
        report = asked(db, "check", name)
        assert "SCALE301-F3" in {each["id"] for each in report["violations"]}, name
        assert {each["trade"] for each in report["violations"]} == {"T1"}
        assert sum(report["verdicts"]["PLAN101"].values()) == 1
    assert run("check", "T99", "--db", db).code == 2


def test_the_report_reads(tmp_path: Path) -> None:
    some = ("--select", "SCALE301", "--select", "PLAN101,PLAN105")
    ran = run("check", *some, "--db", imported(tmp_path, journals.AVERAGED_DOWN))
    lines = ran.out.splitlines()
    assert lines == [
        "T1  BTC-USDT, okx-main, 2026-01-05",
        "  SCALE301-F3  critical  added 20 at 95.5, worse than the average 98.7143,",
        "    without a tranche; cost -176.00 USDT (-0.23R, lucky)",
        "",
        "1 violation in 1 trade; rules kept 67% (2 of 3)",
    ]


def test_a_short_violation_is_one_line_and_a_clean_check_none(tmp_path: Path) -> None:
    text = journals.HEAD + (
        "2026-01-05T14:30Z fill SOL-USDT buy 1 @ 100 fee 0.1 USDT\n"
        "2026-01-05T15:30Z fill SOL-USDT sell 1 @ 84 fee 0.084 USDT\n"
    )
    db = imported(tmp_path, text)
    ran = run("check", "--select", "PLAN101", "--db", db)
    # 100 - 84 + 0.1 + 0.084
    assert ran.out.splitlines()[1] == (
        "  PLAN101-F1  critical  opened at 100 without a plan; cost 16.18 USDT"
    )
    clean = run("check", "--select", "LOG802", "--db", db)
    assert (clean.code, clean.out) == (0, "")
    assert clean.err == "no violations in 1 trade; rules kept 100% (1 of 1)\n"


def test_an_empty_journal_is_clean(tmp_path: Path) -> None:
    db = tmp_path / "new.db"
    assert run("init", "--db", db).code == 0
    ran = run("check", "--db", db)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == "no violations in 0 trades; rules kept nothing judged yet (n = 0)\n"
    report = asked(db, "check")
    assert report["violations"] == []
    assert report["adherence"]["adherence"] is None
    for command in ("fills", "trades", "positions"):
        assert asked(db, command) == []
        assert run(command, "--db", db).code == 0


def test_a_missing_journal_says_what_to_do(tmp_path: Path) -> None:
    ran = run("check", "--db", tmp_path / "none.db")
    assert ran.code == 2
    assert "journal init" in ran.err
    assert not (tmp_path / "none.db").exists()
