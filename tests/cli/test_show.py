"""`journal show`: the plan beside what was made of it."""

from __future__ import annotations

from pathlib import Path

import journals
from command_line import asked, imported, run


def test_tranche_by_tranche(tmp_path: Path) -> None:
    found = asked(imported(tmp_path, journals.AVERAGED_DOWN), "show", "T1")
    assert (found["trade"], found["net_pnl"], found["planned_risk"]) == ("T1", "566.775", "753.23")
    assert found["tranches"] == [
        {
            "number": 1,
            "price": "100",
            "quantity": "40",
            "quote": "4000",
            "state": "filled",
            "filled_quantity": "40",
            "fills": ["F1"],
        },
        {
            "number": 2,
            "price": "97",
            "quantity": "30",
            "quote": "2910",
            "state": "filled",
            "filled_quantity": "30",
            "fills": ["F2"],
        },
        {
            "number": 3,
            "price": "94",
            "quantity": "30",
            "quote": "2820",
            "state": "unfilled",
            "filled_quantity": "0",
            "fills": [],
        },
    ]
    first, rest = found["exits"]
    assert (first["target"], first["planned"], first["taken"], first["fills"]) == (
        "106",
        "45",
        "45",
        ["F4"],
    )
    assert (rest["target"], rest["planned"], rest["taken"]) == ("112", "45", "0")
    assert found["unplanned_quantity"] == "20"
    assert "SCALE301-F3" in [each["id"] for each in found["violations"]]
    assert found["verdicts"]["SCALE301"] == "broken"
    assert found["verdicts"]["PLAN101"] == "kept"
    assert [each["id"] for each in found["fills"]] == ["F1", "F2", "F3", "F4", "F5"]


def test_why_a_verdict_is_unknown_is_said(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.AVERAGED_DOWN)
    found = asked(db, "show", "T1")
    unknown = {code for code, verdict in found["verdicts"].items() if verdict == "unknown"}
    assert set(found["undecided"]) == unknown >= {"PLAN102", "EXIT402"}
    reason = "neither prices nor a stop tell whether it was held through"
    assert found["undecided"]["EXIT402"] == reason
    lines = run("show", "T1", "--db", db).out.splitlines()
    assert f"         EXIT402   {reason}" in lines
    kept = next(place for place, line in enumerate(lines) if line.startswith("kept"))
    assert lines[kept].startswith("kept     PLAN101, PLAN103, PLAN105,")
    below = [line.split()[0] for line in lines[lines.index("broken") + 1 :] if line[2] != " "]
    assert below == [each["id"] for each in found["violations"]]


def test_filled_risk_counts_what_really_filled(tmp_path: Path) -> None:
    plan_and_first_fill = "\n".join(journals.LADDER.splitlines()[:15]) + "\n"
    found = asked(imported(tmp_path, plan_and_first_fill), "show", "BTC-USDT")
    # 3 x 12 + 0.3 in + 3 x 88 x (0.001 + 0.0005) out
    assert found["filled_risk"] == "36.696"
    # 100 x 1.001 / 0.999
    assert found["break_even"] == "100.2002002002"
    assert (found["state"], found["stop"], found["invalidation"]) == ("open", "88", "88")


def test_plan_versions_stops_and_notes(tmp_path: Path) -> None:
    text = journals.LADDER + (
        '2026-01-06T09:20Z amend P12 "the level moved"\n'
        "  invalidation 90\n"
        "2026-01-06T09:30Z stop BTC-USDT 98.5\n"
    )
    found = asked(imported(tmp_path, text), "show", "P12")
    first, second = found["plan"]["versions"]
    assert (first["invalidation"], second["invalidation"]) == ("88", "90")
    assert (first["thesis"], second["reason"]) == ("Weekly range low reclaimed", "the level moved")
    assert first["entries"][1] == {"number": 2, "unit": "units", "amount": "3", "price": "96"}
    assert first["exits"][0] == {
        "number": 1,
        "unit": "fraction",
        "amount": "0.5",
        "target": "110",
        "trail": None,
        "trail_after": None,
    }
    assert [(each["price"], each["source"]) for each in found["stops"]] == [
        ("88", "plan"),
        ("98.5", "logged"),
    ]
    assert found["notes"] == [
        {"at": "2026-01-06T09:10:00Z", "text": "lost the level", "tags": ["exit"]}
    ]


def test_a_trade_without_a_plan(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.ODD_FEES)
    found = asked(db, "show", "SOL-USDT")
    assert (found["plan"], found["tranches"], found["exits"]) == (None, [], [])
    assert (found["filled_risk"], found["break_even"]) == (None, None)
    assert "no plan" in run("show", "SOL-USDT", "--db", db).out


def test_the_sheet_reads(tmp_path: Path) -> None:
    lines = run("show", "T1", "--db", imported(tmp_path, journals.AVERAGED_DOWN)).out.splitlines()
    assert lines[:5] == [
        "T1  BTC-USDT long, okx-main, closed",
        "opened 2026-01-05 14:30 to 2026-01-06 15:30 UTC",
        "90 entered at 98 on average, out at 104.5",
        "net +566.78 USDT = +0.75R  (gross +585.00, fees 18.23)",
        "planned risk 753.23, filled risk 740.97",
    ]
    assert "3         94        30  2,820.00  unfilled        0" in lines
    assert "-                                 unplanned      20" in lines
    assert max(map(len, lines)) <= 80


def test_a_symbol_stands_for_its_newest_trade(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.FLIP)
    assert asked(db, "show", "BTC-USDT-PERP")["trade"] == "T2.2"
    assert asked(db, "show", "F2")["trade"] == "T1"


def test_a_plan_that_never_traded_has_no_trade(tmp_path: Path) -> None:
    plan = "\n".join(journals.LADDER.splitlines()[:14]) + "\n"
    ran = run("show", "P12", "--db", imported(tmp_path, plan))
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "error: plan 'P12' has no trade yet",
        "look at the plan: `journal plan show P12`",
    ]
