"""`journal fill`: stored, judged, and what is left of the plan, in numbers worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from terminal import Terminal

PLAN = (
    "plan new BTC-USDT long --enter 3@100 --enter 300usdt@96 --enter 300usdt@92 --max 900usdt "
    "--exit 50%@110 --exit rest@120 --invalidation 88 --stop 88 --at 09:00"
)


@pytest.fixture
def planned(terminal: Terminal) -> Terminal:
    terminal.at("2026-01-09T09:00Z")
    terminal.typed("account add main --currency USDT --equity 10000 --taker 0.1% --risk 2%")
    terminal.typed(PLAN)
    terminal.at("2026-01-09T12:00Z")
    return terminal


def broken(report: dict[str, Any]) -> set[str]:
    """Return the ids of the violations a fill is said to have caused."""
    return {each["id"] for each in report["violations"]}


def test_says_what_is_left_of_the_plan(planned: Terminal) -> None:
    report = planned.typed("fill BTC-USDT buy 3 @ 100 --fee 0.3usdt --at 10:00 --json").json
    assert (report["fill"], report["trade"], report["at"]) == ("F1", "T1", "2026-01-09T10:00Z")
    assert report["tranches"] == [{"number": 1, "quantity": "3"}]
    assert report["unplanned_quantity"] == "0"
    assert (report["position"], report["average_entry"]) == ("3", "100")
    assert report["plan"] == {
        "plan": "P1",
        "next_tranche": {"number": 2, "quantity": "3.125", "price": "96"},
        "room": "600",
        "room_unit": "USDT",
        "stop": "88",
        # 100 x 1.001 / 0.999
        "break_even": "100.2002002002",
    }
    assert not broken(report) & {"PLAN101-F1", "SCALE301-F1"}


def test_says_why_a_fill_left(planned: Terminal) -> None:
    planned.typed("fill BTC-USDT buy 3 @ 100 --fee 0.3usdt --at 10:00")
    early = planned.typed("fill BTC-USDT sell 1 @ 104 --fee 0.1usdt --at 10:30 --json").json
    assert (early["early_quantity"], early["protective_quantity"]) == ("1", "0")
    stopped = planned.typed("fill BTC-USDT sell 2 @ 88 --fee 0.2usdt --at 11:00")
    assert "plan P1; 2 at the stop or the invalidation" in stopped.out


def test_names_only_what_this_fill_broke(planned: Terminal) -> None:
    planned.typed("fill BTC-USDT buy 3 @ 100 --fee 0.3usdt --at 10:00")
    planned.typed("skip BTC-USDT 2")
    planned.typed("skip BTC-USDT 3")
    planned.at("2026-01-09T13:00Z")
    added = planned.typed("fill BTC-USDT buy 1 @ 94 --fee 0.1usdt --json").json
    assert "SCALE301-F2" in broken(added)
    assert added["unplanned_quantity"] == "1"
    planned.at("2026-01-09T13:30Z")
    sold = planned.typed("fill BTC-USDT sell 4 @ 110 --fee 0.44usdt --json").json
    assert "SCALE301-F2" not in broken(sold)
    assert sold["state"] == "closed"
    # 3 x 10 + 1 x 16 - 0.3 - 0.1 - 0.44
    assert (sold["net_pnl"], sold["trade_net_pnl"]) == ("45.16", "45.16")


def test_exit_code_0_even_if_a_rule_is_broken(terminal: Terminal) -> None:
    answer = terminal.typed("fill BTC-USDT buy 3 @ 100")
    assert "PLAN101-F1" in answer.out


def test_text_fits_80_columns(planned: Terminal) -> None:
    answer = planned.typed("fill BTC-USDT buy 5 @ 94.123 --fee 0.3usdt --at 10:00")
    assert max(map(len, answer.out.splitlines())) <= 80
    assert "tranche" in answer.out


def test_a_price_below_zero_is_no_option(terminal: Terminal) -> None:
    terminal.typed("instrument add CL-2020-05 --multiplier 1000 --quote USD")
    report = terminal.typed("fill CL-2020-05 buy 1 @ -37.63 --json --fee 2.5usd").json
    assert (report["price"], report["fee"], report["fee_currency"]) == ("-37.63", "2.5", "USD")


def test_all_options_reach_the_journal(terminal: Terminal) -> None:
    terminal.typed("instrument add BTC-USDT-PERP --multiplier 1")
    line = "fill BTC-USDT-PERP buy 1 @ 100 --order 7 --maker --position long --at 10:00"
    terminal.run(*line.split(), "--id", "a b", "--tag", "fomo", "--note", 'he said "buy"')
    lines = terminal.run("export").out.splitlines()[-2:]
    recorded = "recorded 2026-01-09T12:00:00.000Z  #fomo"
    assert lines == [
        '2026-01-09T10:00Z fill BTC-USDT-PERP buy 1 @ 100 id "a b" order 7 maker position long '
        + recorded,
        f'2026-01-09T10:00Z note BTC-USDT-PERP long "he said \\"buy\\"" {recorded}',
    ]


def test_a_time_of_day_is_in_the_accounts_zone(terminal: Terminal) -> None:
    terminal.typed("account add main --timezone Asia/Tokyo")
    report = terminal.typed("fill BTC-USDT buy 1 @ 100 --at 20:59 --json").json
    assert report["at"] == "2026-01-09T11:59Z"


def test_a_tranche_nobody_planned_is_refused_and_nothing_stored(planned: Terminal) -> None:
    before = planned.run("export").out
    answer = planned.tried(
        *["fill", "BTC-USDT", "buy", "1", "@", "100", "--tranche", "4", "--at", "10:00"]
    )
    assert answer.code == 2
    assert answer.err.startswith("error: there is no tranche 4: the plan has 3\n")
    assert planned.run("export").out == before


def test_the_same_venue_id_is_refused(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100 --id 77")
    answer = terminal.tried(*["fill", "BTC-USDT", "buy", "1", "@", "100", "--id", "77"])
    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        "error: fill 77 is in the journal already, as F1",
    )
    terminal.typed("undo")
    terminal.typed("fill BTC-USDT buy 1 @ 100 --id 77")


def test_a_flip_reports_the_trade_it_opened(terminal: Terminal) -> None:
    terminal.typed("instrument add BTC-USDT-PERP --multiplier 1")
    terminal.typed("fill BTC-USDT-PERP buy 2 @ 50 --fee 0.1usdt --at 09:00")
    report = terminal.typed("fill BTC-USDT-PERP sell 5 @ 60 --fee 0.3usdt --at 10:00 --json").json
    assert (report["trade"], report["direction"], report["position"]) == ("T2.2", "short", "-3")
    # 2 x 10, less 0.1 in and two fifths of 0.3 out
    assert report["net_pnl"] == "19.78"


def test_judged_from_the_last_flat_like_from_the_beginning(planned: Terminal) -> None:
    """A checkpoint shortens what is read, and changes nothing that is said."""
    lines = [
        "fill BTC-USDT buy 3 @ 100 --fee 0.3usdt --at 09:10",
        "fill BTC-USDT sell 3 @ 110 --fee 0.33usdt --at 09:20",
        "fill BTC-USDT buy 1 @ 100 --fee 0.1usdt --at 09:30",
        "fill BTC-USDT buy 1 @ 95 --fee 0.1usdt --at 09:40 --json",
    ]
    for line in lines[:-1]:
        planned.typed(line)
    report = planned.typed(lines[-1]).json
    assert report["trade"] == "T3"
    assert "SCALE301-F4" in broken(report)
    assert "PLAN101-F3" not in broken(report)
    late = planned.typed("fill BTC-USDT buy 2 @ 99 --fee 0.1usdt --at 09:15 --json").json
    # Before the sale: the first trade is still open after it, and holds the later fills too.
    assert (late["trade"], late["position"]) == ("T1", "5")
