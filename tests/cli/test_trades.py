"""`journal trades --json` and `journal positions --json`."""

from __future__ import annotations

from pathlib import Path

import journals
from command_line import asked, imported, run


def test_a_closed_trade(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.LADDER)
    (found,) = asked(db, "trades")
    assert found.pop("violations") == len(asked(db, "check", "T1")["violations"])
    # planned risk 3 x 12 + 3 x 8 = 60, fees in 0.588, out 6 x 88 x 0.001 = 0.528, slippage 0.264
    # net 54 - 1.23 = 52.77
    assert found == {
        "trade": "T1",
        "account": "main",
        "instrument": "BTC-USDT",
        "direction": "long",
        "state": "closed",
        "opened_at": "2026-01-05T14:30:00Z",
        "closed_at": "2026-01-06T10:00:00Z",
        "quantity": "6",
        "average_entry": "98",
        "average_exit": "107",
        "gross_pnl": "54",
        "fees": "1.23",
        "funding": "0",
        "net_pnl": "52.77",
        "planned_risk": "61.38",
        "r_multiple": "0.859726295210166",
        "plan": "P12",
        "tags": ["range-low"],
        "currency": "USDT",
        "opening_known": True,
    }


def test_what_is_not_known_is_null(tmp_path: Path) -> None:
    eth, sol, xrp = asked(imported(tmp_path, journals.ODD_FEES), "trades")
    assert (eth["net_pnl"], eth["fees"], eth["planned_risk"], eth["plan"]) == (
        "9.89",
        "0.1",
        None,
        None,
    )
    assert (sol["gross_pnl"], sol["fees"], sol["net_pnl"]) == ("3", None, None)
    assert (xrp["opening_known"], xrp["gross_pnl"], xrp["average_entry"]) == (False, None, None)


def test_filters(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.LADDER + journals.FLIP)
    assert [each["trade"] for each in asked(db, "trades")] == ["T1", "T5", "T6.2"]
    assert [each["trade"] for each in asked(db, "trades", "--open")] == ["T6.2"]
    chosen = asked(db, "trades", "--instrument", "BTC-USDT")
    assert [each["trade"] for each in chosen] == ["T1"]
    assert asked(db, "trades", "--since", "2026-02-01") == []


def test_a_short_left_open_by_a_flip(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.FLIP)
    (found,) = asked(db, "positions")
    assert found == {
        "trade": "T2.2",
        "plan": None,
        "account": "main",
        "instrument": "BTC-USDT-PERP",
        "direction": "short",
        "quantity": "-3",
        "average_entry": "60",
        "cost_held": "180",
        "exposure": "165",
        "mark": "55",
        "mark_at": "2026-01-05T16:00:00Z",
        "unrealised_pnl": "15",
        "realised_net": "0",
        "stop": None,
        "invalidation": None,
        "break_even": None,
        "currency": "USDT",
    }
    assert asked(db, "trades", "--open")[0]["net_pnl"] == "-0.18"


def test_an_open_position_shows_what_protects_it(tmp_path: Path) -> None:
    until_the_first_exit = "\n".join(journals.LADDER.splitlines()[:-2])
    stop = "2026-01-06T09:15Z stop BTC-USDT 98.5"
    db = imported(tmp_path, f"{until_the_first_exit}\n{stop}\n")
    (found,) = asked(db, "positions")
    assert (found["stop"], found["invalidation"], found["quantity"]) == ("98.5", "88", "3")
    assert (found["mark"], found["exposure"], found["unrealised_pnl"]) == ("110", "330", "36")
    # 36 less 0.33 out and half of the 0.588 in
    assert found["realised_net"] == "35.376"
    # 98 x (1 + 0.588 / 588) / (1 - 0.001)
    assert found["break_even"] == "98.1961961961962"


def test_the_tables_fit_eighty_columns(tmp_path: Path) -> None:
    db = imported(tmp_path, journals.LADDER + journals.FLIP)
    for command in ("trades", "positions"):
        ran = run(command, "--db", db)
        assert ran.code == 0
        assert max(map(len, ran.out.splitlines())) <= 80
    assert "+52.77 USDT" in run("trades", "--db", db).out
    assert " ?" in run("trades", "--db", db).out
