"""`journal status`: what is open, what is due, and whether another trade is allowed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import journals
import pytest
from command_line import asked, imported, run

PLAN = """\
2026-01-05T09:00:00Z plan BTC-USDT long as P1
  enter        3 @ 100
  enter        3 @ 96
  max          600 USDT
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
  breakeven    after exit 1
"""
OPENED = PLAN + "2026-01-05T10:00:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
STOPPED = OPENED + "2026-01-05T10:05:00Z stop BTC-USDT 88\n"
SCALED_OUT = STOPPED + "2026-01-05T11:00:00Z fill BTC-USDT sell 1.5 @ 110 fee 0.165 USDT\n"
LOST = """\
2026-01-05T09:00:00Z fill ETH-USDT buy 1 @ 400 fee 0 USDT
2026-01-05T10:00:00Z fill ETH-USDT sell 1 @ 100 fee 0 USDT
"""


def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, now: str) -> Any:  # noqa: ANN401 - JSON
    monkeypatch.setenv("JOURNAL_NOW", now)
    return asked(imported(tmp_path, journals.HEAD + text), "status")


def test_an_open_trade_and_what_is_left_of_its_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(tmp_path, monkeypatch, STOPPED, "2026-01-05T10:30:00Z")
    assert (found["clear"], found["reasons"]) == (True, [])
    (trade,) = found["trades"]
    assert (trade["position"], trade["average_entry"], trade["invalidation"]) == ("3", "100", "88")
    left = trade["left"]
    assert left["next_tranche"] == {"number": 2, "quantity": "3", "price": "96"}
    assert (left["room"], left["room_unit"], left["stop"]) == ("300", "USDT", "88")
    assert trade["due"] == []
    (account,) = found["accounts"]
    assert (account["trades_today"], account["max_trades_per_day"]) == (1, 6)
    assert (account["daily_loss_limit"], account["open_risk_limit"]) == ("300", "600")
    # 3 x 12 + 3 x 8, and 0.588 in, 0.528 out, 0.264 slippage
    assert account["open_risk"] == "61.38"


def test_the_first_stop_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(tmp_path, monkeypatch, OPENED, "2026-01-05T10:15:00Z")
    (due,) = found["trades"][0]["due"]
    assert due == {
        "what": "stop", "at": None, "due_at": "2026-01-05T10:15:00Z", "is_overdue": False,
    }  # fmt: skip
    assert found["clear"]


def test_an_overdue_stop_speaks_against_a_trade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(tmp_path, monkeypatch, OPENED, "2026-01-05T10:15:01Z")
    assert found["reasons"] == ["T1 owes a stop since 2026-01-05 10:15"]
    assert not found["clear"]


def test_a_stop_taken_out_is_due_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = STOPPED + "2026-01-05T12:00:00Z stop BTC-USDT none\n"
    (due,) = told(tmp_path, monkeypatch, text, "2026-01-05T12:10:00Z")["trades"][0]["due"]
    assert (due["due_at"], due["is_overdue"]) == ("2026-01-05T12:15:00Z", False)


def test_break_even_is_due_after_the_scale_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(tmp_path, monkeypatch, SCALED_OUT, "2026-01-05T11:05:00Z")
    (due,) = found["trades"][0]["due"]
    assert (due["what"], due["due_at"]) == ("stop at break-even", "2026-01-05T11:15:00Z")
    # 100 x 1.001 / 0.999
    assert due["at"] == "100.2002002002"
    assert not due["is_overdue"]


def test_a_stop_at_break_even_settles_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = SCALED_OUT + "2026-01-05T11:04:00Z stop BTC-USDT 100\n"
    found = told(tmp_path, monkeypatch, text, "2026-01-05T13:00:00Z")
    assert found["trades"][0]["due"] == []
    assert found["clear"]


def test_the_days_loss_and_the_cool_down(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = told(tmp_path, monkeypatch, LOST, "2026-01-05T10:29:59Z")
    (account,) = found["accounts"]
    assert account["realised_today"] == "-300"
    assert account["cool_down_until"] == "2026-01-05T10:30:00Z"
    assert found["reasons"] == [
        "the day's loss limit is reached: -300.00 of -300.00",
        (
            "cool-down until 2026-01-05 10:30 after the loss of T1 "
            "(plans locked by 2026-01-05 10:00 are exempt)"
        ),
    ]


def test_the_cool_down_ends_and_so_does_the_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = told(tmp_path, monkeypatch, LOST, "2026-01-05T10:30:00Z")
    assert [reason.split(":")[0] for reason in found["reasons"]] == [
        "the day's loss limit is reached"
    ]
    (tmp_path / "next").mkdir()
    found = told(tmp_path / "next", monkeypatch, LOST, "2026-01-06T00:00:00Z")
    assert (found["clear"], found["accounts"][0]["realised_today"]) == (True, "0")


def test_too_many_trades_and_too_much_risk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    strict = "2026-01-02T00:00:00Z policy\n  max_trades_per_day 1\n  open_risk_limit 0.006\n"
    found = told(tmp_path, monkeypatch, strict + STOPPED, "2026-01-05T10:30:00Z")
    assert found["reasons"] == [
        "1 trade opened today, the policy allows 1",
        "open plans risk 61.38 together, above 60.00",
    ]


def test_a_waiting_plan_and_what_cannot_be_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-01-05T10:00:00Z")
    db = imported(tmp_path, "2026-01-01T00:00Z account main\n  currency USDT\n" + PLAN)
    found = asked(db, "status", "--account", "main")
    assert found["clear"]
    (plan,) = found["plans"]
    assert (plan["plan"], plan["next_tranche"]["number"]) == ("P1", 1)
    assert found["accounts"][0]["untold"] == [
        "the equity is not stated: no loss or risk limit can be told"
    ]
    lines = run("status", "--db", db).out.splitlines()
    assert lines[0] == "clear to trade, 2026-01-05 10:00 UTC"
    assert max(map(len, lines)) <= 80


def test_the_text_says_why_not_and_ends_with_0(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-01-05T11:20:00Z")
    db = imported(tmp_path, journals.HEAD + SCALED_OUT)
    ran = run("status", "--db", db)
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[:2] == [
        "not clear to trade, 2026-01-05 11:20 UTC",
        "  - T1 owes a stop at break-even 100.2 since 2026-01-05 11:15",
    ]
    assert "  due          stop at break-even 100.2 overdue since 2026-01-05 11:15" in lines
    assert "  next         tranche 2, 3 @ 96" in lines
    assert max(map(len, lines)) <= 80


def test_an_account_there_is_none_of(tmp_path: Path) -> None:
    ran = run("status", "--account", "nobody", "--db", imported(tmp_path, journals.HEAD))
    assert ran.code == 2
    assert ran.err.startswith("error: there is no account 'nobody'\n")


SECOND = """\
2026-01-01T00:00Z account alt
  currency USDT
  equity   10000
  fees     taker 0.10%
"""


def test_one_accounts_day_is_not_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-01-05T10:10:00Z")
    on_alt = OPENED.replace("long as P1", "long as P1 account alt").replace(
        "fee 0.3 USDT", "fee 0.3 USDT account alt"
    )
    db = imported(tmp_path, journals.HEAD + SECOND + LOST + on_alt)
    found = asked(db, "status")
    main, alt = found["accounts"]
    assert (main["realised_today"], alt["realised_today"]) == ("-300", "0")
    assert (main["trades_today"], alt["trades_today"]) == (1, 1)
    assert (main["cool_down_until"], alt["cool_down_until"]) == ("2026-01-05T10:30:00Z", None)
    assert (main["open_risk"], alt["open_risk"]) == ("0", "61.38")
    assert (main["clear"], alt["clear"], found["clear"]) == (False, True, False)
    assert all(reason.startswith("main: ") for reason in found["reasons"])
    only = asked(db, "status", "--account", "alt")
    assert (only["clear"], [each["account"] for each in only["accounts"]]) == (True, ["alt"])
    assert asked(db, "status", "--account", "main")["trades"] == []


def test_plans_that_ended_risk_nothing_and_do_not_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancelled = PLAN + "2026-01-05T09:30:00Z cancel P1\n"
    found = told(tmp_path, monkeypatch, cancelled, "2026-01-05T10:00:00Z")
    assert (found["plans"], found["accounts"][0]["open_risk"]) == ([], "0")


def test_the_risk_of_an_open_trade_is_frozen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = STOPPED + "2026-01-05T10:10:00Z amend P1\n  invalidation 80\n"
    found = told(tmp_path, monkeypatch, text, "2026-01-05T10:30:00Z")
    assert found["accounts"][0]["open_risk"] == "61.38"
    assert found["trades"][0]["invalidation"] == "80"


def test_the_last_loss_decides_and_a_result_not_known_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (
        LOST
        + "2026-01-05T10:01:00Z fill SOL-USDT buy 1 @ 100 fee 0 USDT\n"
        + "2026-01-05T10:05:00Z fill SOL-USDT sell 1 @ 90 fee 0 USDT\n"
        + "2026-01-05T10:06:00Z fill XRP-USDT buy 1 @ 100 fee 0 USDT\n"
        + "2026-01-05T10:07:00Z fill XRP-USDT sell 1 @ 110\n"
    )
    found = told(tmp_path, monkeypatch, text, "2026-01-05T10:20:00Z")
    (account,) = found["accounts"]
    assert account["cool_down_until"] == "2026-01-05T10:35:00Z"
    assert account["realised_today"] is None
    assert account["untold"] == [
        "today's result is not known: a fee or an exchange rate is missing",
        "whether T5 was a loss is not known",
    ]


def test_a_stop_protects_its_own_trade_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = "2026-01-05T10:06:00Z fill ETH-USDT buy 1 @ 100 fee 0 USDT\n"
    found = told(tmp_path, monkeypatch, STOPPED + other, "2026-01-05T10:10:00Z")
    assert [[due["due_at"] for due in trade["due"]] for trade in found["trades"]] == [
        [],
        ["2026-01-05T10:21:00Z"],
    ]
