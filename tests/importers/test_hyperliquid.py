"""Hyperliquid: what its fills tell of positions, and what cannot be."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command_line import asked, run
from venue_files import EXPORTS, fills, read_as, reasons

from journal.domain.fill import Fee, Liquidity, Side
from journal.importers.reading import Reading

_FILE = EXPORTS / "hyperliquid" / "fills.json"
_FILL = {
    "coin": "ETH", "px": "2000.0", "sz": "1.5", "side": "B", "time": 1770109200000,
    "startPosition": "0.0", "dir": "Open Long", "closedPnl": "0.0", "hash": "0x1", "oid": 5,
    "crossed": True, "fee": "1.35", "tid": 7, "feeToken": "USDC", "twapId": None,
}  # fmt: skip


def _read(*changes: dict[str, Any]) -> Reading:
    return read_as("hyperliquid", json.dumps([_FILL | change for change in changes]).encode())


def test_fills_of_one_instant_follow_on_each_other() -> None:
    held = [json.loads(row.raw or "")["startPosition"] for row in _sol()]
    assert held == ["20.5", "20.0", "0.0", "-30.0"]


def _sol() -> list[Any]:
    rows = read_as("hyperliquid", _FILE.read_bytes()).rows
    return [row for row in rows if "SOL-USDC-PERP" in str(row.event.body)]


def test_a_history_from_mid_position_and_missing_fills_are_told() -> None:
    reading = _read(
        {"tid": 2, "time": 1770109300000, "startPosition": "4.0", "sz": "1"},
        {"tid": 1, "startPosition": "2.0"},
    )
    before, missing = reading.notes
    assert before.endswith("record it with `journal opening ETH-USDC-PERP 2`")
    assert missing.startswith("ETH-USDC-PERP: 4 was held before the fill of line 1")
    assert missing.endswith("but the fills before it make 3.5: some are missing")


@pytest.mark.parametrize(
    ("direction", "side", "held", "closes"),
    [
        ("Open Long", "B", "0.0", False),
        ("Open Short", "A", "-3.0", False),
        ("Close Long", "A", "1.5", True),
        ("Close Short", "B", "-2.0", True),
        ("Long > Short", "A", "1.0", False),
        ("Short > Long", "B", "-1.4", False),
        ("Settlement", "A", "1.5", True),
    ],
)
def test_what_closes_and_opens_nothing(
    direction: str, side: str, held: str, *, closes: bool
) -> None:
    reading = _read({"dir": direction, "side": side, "startPosition": held})
    (fill,) = fills(reading)
    assert fill.closes is closes
    assert fill.side is (Side.BUY if side == "B" else Side.SELL)


@pytest.mark.parametrize(
    ("change", "liquidation"),
    [
        ({"liquidation": {"method": "market"}}, True),
        ({"liquidation": {"method": "market"}, "crossed": False}, False),
        ({"liquidation": None}, False),
        ({"dir": "Liquidated Cross Long", "crossed": False}, True),
    ],
)
def test_only_the_side_that_was_closed_out_is_liquidated(
    change: dict[str, Any], *, liquidation: bool
) -> None:
    (fill,) = fills(_read({"dir": "Close Long", "side": "A", "startPosition": "1.5"} | change))
    assert fill.is_liquidation is liquidation


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"side": "A"}, "side A and dir 'Open Long' do not agree"),
        ({"side": "X"}, "side 'X' is neither B nor A"),
        ({"dir": "Merge Outcome"}, "dir 'Merge Outcome' is no direction that is known here"),
        ({"startPosition": "-1"}, "'Open Long' of 1.5 cannot be where -1 was held"),
        (
            {"dir": "Close Long", "side": "A", "startPosition": "1.4"},
            "'Close Long' of 1.5 cannot be where 1.4 was held",
        ),
        (
            {"dir": "Long > Short", "side": "A", "startPosition": "1.5"},
            "'Long > Short' of 1.5 cannot be where 1.5 was held",
        ),
        ({"coin": "@107", "dir": "Buy"}, "the spot pair @107 is told by its number only"),
        ({"coin": "#12"}, "coin '#12' is no perpetual that is known here"),
        ({"fee": "1350"}, "a fee of 1350 USDC on 3000.00 is too much"),
        ({"crossed": None}, "crossed '' is neither true nor false"),
        ({"px": "2e400"}, "px '2e400' is not a number"),
    ],
)
def test_fills_that_cannot_be(change: dict[str, Any], reason: str) -> None:
    reading = _read(change)
    assert not reading.rows
    assert reason in reasons(reading)[0]


def test_a_rebate_is_a_negative_fee_and_a_builder_s_perpetual_settles_in_its_token() -> None:
    reading = _read({"crossed": False, "fee": "-0.06"}, {"coin": "flx:GOLD", "feeToken": "USDH"})
    rebate, gold = fills(reading)
    assert (rebate.fee, rebate.liquidity) == (Fee(Decimal("-0.06"), "USDC"), Liquidity.MAKER)
    assert gold.symbol == "flx:GOLD-USDH-PERP"


def test_a_close_without_its_opening_leaves_the_trade_s_opening_unknown(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    path = tmp_path / "fills.json"
    path.write_text(json.dumps([_FILL | {"dir": "Close Short", "startPosition": "-1.5"}]))
    ran = run("import", path, "--db", db)
    assert ran.code == 0, ran.err
    assert "was held before the first fill" in ran.out
    (trade,) = asked(db, "trades")
    assert (trade["direction"], trade["opening_known"]) == ("short", False)
