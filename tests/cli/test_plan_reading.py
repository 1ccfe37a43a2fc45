"""`journal plan list` and `journal plan show`."""

from __future__ import annotations

from pathlib import Path

import journals
from command_line import asked, imported, run

TWO_PLANS = journals.LADDER + (
    "2026-01-07T10:00Z plan ETH-USDT long\n"
    "  enter 1 @ 100\n"
    "  invalidation 90\n"
    "2026-01-07T11:00Z plan SOL-USDT long\n"
    "  enter 1 @ 10\n"
    '2026-01-07T12:00Z cancel SOL-USDT "no"\n'
)


def test_every_plan_and_where_it_stands(tmp_path: Path) -> None:
    db = imported(tmp_path, TWO_PLANS)
    bound, waiting, cancelled = asked(db, "plan", "list")
    assert bound == {
        "plan": "P12",
        "key": "P1",
        "account": "main",
        "instrument": "BTC-USDT",
        "direction": "long",
        "state": "completed",
        "locked_at": "2026-01-05T14:00:00Z",
        "ended_at": "2026-01-06T10:00:00Z",
        "versions": 1,
        "tranches": 2,
        "trade": "T1",
        "average_entry": "98",
        "invalidation": "88",
        "planned_risk": "61.38",
        "currency": "USDT",
        "tags": ["range-low"],
    }
    assert (waiting["plan"], waiting["state"], waiting["ended_at"]) == ("P2", "waiting", None)
    assert (cancelled["state"], cancelled["planned_risk"]) == ("cancelled", None)
    assert [each["plan"] for each in asked(db, "plan", "list", "--open")] == ["P2"]
    assert max(map(len, run("plan", "list", "--db", db).out.splitlines())) <= 80


def test_one_plan(tmp_path: Path) -> None:
    db = imported(tmp_path, TWO_PLANS)
    for name in ("P12", "P1", "BTC-USDT"):
        found = asked(db, "plan", "show", name)
        assert (found["plan"]["name"], found["trade"]) == ("P12", "T1")
        assert found["sheet"]["planned_risk"] == "61.38"
    assert asked(db, "plan", "show", "ETH-USDT")["sheet"]["exits"] == []
    assert run("plan", "show", "nothing", "--db", db).code == 2
    text = run("plan", "show", "P12", "--db", db).out
    assert "Weekly range low reclaimed" in text
