"""`journal plan try`: the pre-trade sheet against numbers worked out on paper."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import Ran, asked, imported, run

Sheet = dict[str, Any]
Try = Callable[[str], Sheet]

ACCOUNT = """\
2026-01-01T00:00Z account okx-main
  currency USDT
  equity   10000
  fees     maker 0.08% taker 0.10%
"""

LADDER_A = """\
2026-01-05T14:00Z plan BTC-USDT long
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  max          900 USDT
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
"""


@pytest.fixture
def tried(tmp_path: Path) -> Try:
    """Return a function from a text to its sheet as JSON; there is no journal."""

    def sheet(text: str) -> Sheet:
        file = tmp_path / "plan.journal"
        file.write_text(text)
        found: Sheet = asked(tmp_path / "none.db", "plan", "try", file)
        return found

    return sheet


def rounded(rows: list[dict[str, Any]], name: str, digits: int = 4) -> list[float]:
    return [round(float(row[name]), digits) for row in rows]


def test_equal_money_buys_more_units_lower_down(tried: Try) -> None:
    found = tried(ACCOUNT + LADDER_A)["tranches"]
    assert rounded(found, "average_entry") == [100, 97.9592, 95.8888]
    assert rounded(found, "cost_held") == [300, 600, 900]
    assert [row["quantity"] for row in found] == ["3", "3.125", "3.26086956521739"]
    assert [row["quote"] for row in found] == ["300", "300", "300"]


def test_equal_units_give_the_plain_mean(tried: Try) -> None:
    text = LADDER_A.replace("300 USDT @ 96", "3 @ 96").replace("300 USDT @ 92", "3 @ 92")
    found = tried(text)["tranches"]
    assert [row["average_entry"] for row in found] == ["100", "98", "96"]


def test_ladder_a(tried: Try) -> None:
    found = tried(ACCOUNT + LADDER_A)
    # 74.043478 + 0.9 + 0.825957 + 0.412978
    assert round(float(found["planned_risk"]), 6) == 76.182413
    assert (found["maximum"], found["maximum_unit"], found["maximum_stated"]) == (
        "900",
        "money",
        True,
    )
    # 95.888825 x 1.001 / 0.999
    assert round(float(found["break_even"]), 6) == 96.080794
    # costs against the average target of 115: 1.43 %, 1.11 %, 0.90 %
    assert rounded(found["tranches"], "cost_fraction") == [0.0143, 0.0111, 0.009]
    # half of 9.38587 sold at 110: 66.2228 gross, less 0.45 in and 0.51622 out
    first, rest = found["exits"]
    assert (first["price"], round(float(first["gross_pnl"]), 4)) == ("110", 66.2228)
    assert round(float(first["net_pnl"]), 4) == 65.2566
    assert round(float(first["r_multiple"]), 4) == round(65.2566033 / 76.1824130, 4)
    assert first["quantity"] == rest["quantity"] == "4.6929347826087"
    # 1.979375 of costs out of 179.375
    assert found["net_pnl"] == "177.395625"
    assert found["risk_of_equity"] == "0.00761824130434783"


LEVERAGED = """\
2026-01-01T00:00Z instrument BTC-USDT-PERP
  multiplier 1
  mmr        0.5%
2026-01-05T14:00Z plan BTC-USDT-PERP long
  enter        40 @ 100
  enter        30 @ 97
  enter        30 @ 94
  invalidation 90
  exit         50% @ 106
  exit         rest @ 112
"""


@pytest.mark.parametrize(
    ("leverage", "liquidations", "verdict", "unsafe"),
    [
        (10, [90.50, 89.34, 88.06], "kept", [([2, 3], 90.50)]),
        (15, [93.83, 92.63, 91.30], "broken", [([2, 3], 93.83), ([3], 92.63)]),
        (20, [95.50, 94.27, 92.92], "broken", [([2, 3], 95.50), ([3], 94.27)]),
    ],
)
def test_liquidation_along_the_ladder(
    tried: Try, leverage: int, liquidations: list[float], verdict: str, unsafe: list[Any]
) -> None:
    found = tried(f"{LEVERAGED}  leverage {leverage}\n")
    assert rounded(found["tranches"], "liquidation", 2) == liquidations
    verdicts = {each["code"]: each for each in found["verdicts"]}
    assert verdicts["RISK202"]["verdict"] == verdict
    assert (verdicts["RISK202"]["message"] is None) == (verdict == "kept")
    told = [
        (each["skipped"], round(float(each["liquidation"]), 2))
        for each in found["unsafe_if_skipped"]
    ]
    assert told == unsafe


def test_without_leverage_nothing_is_liquidated(tried: Try) -> None:
    found = tried(LEVERAGED)
    assert [each["liquidation"] for each in found["tranches"]] == [None, None, None]
    assert found["unsafe_if_skipped"] == []


def test_cross_margin_has_no_liquidation_price_of_its_own(tried: Try) -> None:
    found = tried(LEVERAGED + "  leverage 20\n  margin cross\n")
    assert [each["liquidation"] for each in found["tranches"]] == [None, None, None]
    verdicts = {each["code"]: each["verdict"] for each in found["verdicts"]}
    assert (verdicts["RISK202"], found["unsafe_if_skipped"]) == ("unknown", [])
    typed = tried(LEVERAGED + "  leverage 20\n  margin cross\n  liquidation 81.5\n")
    assert [each["liquidation"] for each in typed["tranches"]] == ["81.5", "81.5", "81.5"]


def test_the_plan_of_the_worked_example(tried: Try) -> None:
    fees = "account main\n  currency USDT\n  fees taker 0.1%\n"
    found = tried(fees + LEVERAGED.replace("2026-01-05T14:00Z plan", "plan"))
    # 730 at the invalidation + 9.73 in + 9 out + 4.5 slippage
    assert found["planned_risk"] == "753.23"
    assert found["tranches"][2]["average_entry"] == "97.3"


def test_an_account_without_a_time_holds_for_a_dated_plan(tried: Try) -> None:
    found = tried("account main\n  fees taker 0.1%\n" + LADDER_A)
    assert round(float(found["planned_risk"]), 6) == 76.182413


def test_a_short_on_inverse_contracts(tried: Try) -> None:
    found = tried(
        "2026-01-01T00:00Z account main\n  fees taker 0.1%\n"
        "2026-01-01T00:00Z instrument BTC-USD-PERP\n  kind inverse\n  multiplier 100\n"
        "2026-01-05T14:00Z plan BTC-USD-PERP short\n  enter 100 @ 10000\n  enter 100 @ 20000\n"
        "  invalidation 25000\n  exit rest @ 8000\n"
    )
    # 200 / (100 / 10000 + 100 / 20000), the money being contracts x multiplier
    assert round(float(found["tranches"][1]["average_entry"]), 4) == 13333.3333
    assert found["tranches"][1]["cost_held"] == "20000"
    (way_out,) = found["exits"]
    # 200 x 100 x (1/8000 - 1/13333.33) BTC, fees 20000 x (1/13333.33 + 1/8000) x 0.1 %
    assert (way_out["gross_pnl"], way_out["net_pnl"]) == ("1", "0.996")
    assert found["currency"] == "BTC"


def test_costs_that_nobody_stated_are_not_known(tried: Try) -> None:
    found = tried(LADDER_A)
    assert found["costs_known"] is False
    assert found["planned_risk"] == "74.0434782608696"
    assert found["tranches"][0]["cost_fraction"] is None
    assert found["break_even"] is None
    first = found["exits"][0]
    assert (first["net_pnl"], first["r_multiple"]) == (None, None)
    assert round(float(first["gross_pnl"]), 4) == 66.2228


def test_a_trail_has_no_price_to_work_with(tried: Try) -> None:
    found = tried(ACCOUNT + LADDER_A.replace("exit         rest @ 120", "trail 3%"))
    trail = found["exits"][1]
    assert (trail["price"], trail["trail"], trail["net_pnl"]) == (None, "0.03", None)
    assert found["net_pnl"] is None
    # the trailing half counts at the last fixed target, 110
    assert round(float(found["tranches"][0]["cost_fraction"]), 6) == round(0.63 / 30, 6)


def test_exits_in_units_and_money(tried: Try) -> None:
    text = LADDER_A.replace("50% @ 110", "2 @ 110").replace("rest @ 120", "360 USDT @ 120")
    found = tried(ACCOUNT + text)["exits"]
    assert [each["quantity"] for each in found] == ["2", "3"]


def test_exit_codes(tmp_path: Path) -> None:
    def code(text: str) -> int:
        file = tmp_path / "plan.journal"
        file.write_text(text)
        return run("plan", "try", file, "--db", tmp_path / "none.db").code

    assert code(LADDER_A) == 0
    assert code(LADDER_A.replace("300 USDT @ 92", "300 USDT @ 88")) == 1
    assert code(LADDER_A + LADDER_A.replace("long", "long as two")) == 2
    assert code(ACCOUNT) == 2
    assert code(LADDER_A + "2026-01-05T15:00Z fill BTC-USDT buy 3 @ 100\n") == 2


def test_a_contract_of_unknown_size_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "plan.journal"
    file.write_text(LADDER_A.replace("BTC-USDT", "BTC-USDT-SWAP"))
    ran = run("plan", "try", file, "--db", tmp_path / "none.db")
    assert ran.code == 2
    assert "multiplier of BTC-USDT-SWAP is not known" in ran.err


def test_standing_in_a_journal_its_accounts_and_instruments_are_known(tmp_path: Path) -> None:
    db = imported(tmp_path, ACCOUNT + LEVERAGED.split("2026-01-05", maxsplit=1)[0])
    plan = tmp_path / "plan.journal"
    plan.write_text("plan BTC-USDT-PERP long\n  enter 40 @ 100\n  invalidation 90\n")
    found = asked(db, "plan", "try", plan)
    assert (found["account"], found["costs_known"]) == ("okx-main", True)
    assert asked(db, "plan", "list") == []


def test_from_standard_input(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    typed = io.TextIOWrapper(io.BytesIO((ACCOUNT + LADDER_A).encode()))
    monkeypatch.setattr(sys, "stdin", typed)
    ran = run("plan", "try", "-", "--json", "--db", tmp_path / "none.db")
    assert json.loads(ran.out)["instrument"] == "BTC-USDT"


def test_the_sheet_reads(tmp_path: Path) -> None:
    file = tmp_path / "plan.journal"
    file.write_text(LEVERAGED + "  leverage 20\n")
    lines = _lines(run("plan", "try", file, "--db", tmp_path / "none.db"))
    assert "planned risk   730.00 USDT, without costs: the account states no taker rate" in lines
    assert "note: unsafe if 3 never fills: liquidated at 94.2721, before the invalidation" in lines
    assert "RISK202  liquidation-before-plan: broken" in lines
    assert max(map(len, lines)) <= 80


def _lines(ran: Ran) -> list[str]:
    return ran.out.splitlines()
