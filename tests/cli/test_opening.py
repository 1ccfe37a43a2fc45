"""`journal opening`: what was held before the journal, and what it does to the fills after it."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal

SOLD = "fill ACME sell 3 @ 110 --fee 0usd --at 2026-01-08T10:00Z"


@pytest.fixture
def started(terminal: Terminal) -> Terminal:
    terminal.typed("account add main --currency USD --at 2026-01-05")
    return terminal


def test_a_sale_of_what_was_held_before_is_known_by_its_price(started: Terminal) -> None:
    """Logged after the fill and dated before it; the checkpoint behind the fill is forgotten."""
    sold = "fill BTC-USDT sell 3 @ 110 --fee 0usdt --at 2026-01-08T10:00Z"
    started.typed(sold)
    (before,) = started.typed("trades --json").json
    assert (before["net_pnl"], before["opening_known"]) == (None, False)
    logged = started.typed("opening BTC-USDT 5 @ 100 --at 2026-01-06")
    assert logged.out == "2026-01-06 opening BTC-USDT 5 @ 100 recorded 2026-01-09T12:00:00.000Z\n"
    (after,) = started.typed("trades --json").json
    assert (after["net_pnl"], after["opening_known"]) == ("30", True)
    (held,) = started.typed("positions --json").json
    assert (held["quantity"], held["average_entry"]) == ("2", "100")


def test_a_balance_before_makes_a_closing_fill_an_exit(started: Terminal) -> None:
    started.run(*SOLD.split(), "closing")
    assert started.typed("trades --json").json[0]["opening_known"] is False
    started.typed("opening ACME 3 @ 100 --at 2026-01-06T00:00Z")
    (trade,) = started.typed("trades --json").json
    assert (trade["direction"], trade["net_pnl"], trade["opening_known"]) == ("long", "30", True)


def test_a_short_is_negative(started: Terminal) -> None:
    logged = started.typed("opening ACME -3 @ 100 --at 2026-01-06T00:00Z --json").json
    assert (logged["kind"], logged["instrument"], logged["account"]) == ("opening", "ACME", "main")
    started.typed("fill ACME buy 3 @ 90 --fee 0usd --at 2026-01-08T10:00Z")
    (trade,) = started.typed("trades --json").json
    assert (trade["direction"], trade["net_pnl"]) == ("short", "30")


def test_a_price_below_zero_and_a_side_of_hedge_mode(started: Terminal) -> None:
    line = "opening CL-2020-05 -1 @ -37.63 --position short --at 2026-01-06T00:00Z"
    assert started.typed("instrument add CL-2020-05 --kind linear --multiplier 1000").code == 0
    assert started.typed(f"{line} --json").json["direction"] == "short"
    exported = started.typed("export").out
    assert "opening CL-2020-05 -1 @ -37.63 position short" in exported


def test_without_its_price_the_trade_stays_unknown(started: Terminal) -> None:
    started.typed("opening ACME 3 --at 2026-01-06T00:00Z")
    started.typed(SOLD)
    (trade,) = started.typed("trades --json").json
    assert (trade["net_pnl"], trade["opening_known"]) == (None, False)


def test_it_can_be_taken_back(started: Terminal) -> None:
    started.typed("opening ACME 3 @ 100 --at 2026-01-06T00:00Z")
    assert started.typed("undo").out.endswith("(opening): 1 opening\n")
    assert started.typed("positions --json").json == []


def test_the_export_read_again_is_the_same(started: Terminal, tmp_path: Path) -> None:
    started.typed("opening ACME -3 @ 100 --at 2026-01-06T00:00Z --tag carried")
    started.run(*SOLD.replace("sell", "buy").split(), "closing")
    text = started.typed("export").out
    again = str(tmp_path / "again.db")
    started.run("import", "-", "--db", again, stdin=text.encode())
    assert started.run("export", "--db", again).out == text
