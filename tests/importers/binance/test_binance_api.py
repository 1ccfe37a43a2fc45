"""Binance's API: fills of spot, of both kinds of futures, and what cannot be one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from venue_files import EXPORTS, fills, read_as, reasons

from journal.domain.fill import Fee, Liquidity, Side
from journal.domain.plan import Direction

_FILE = EXPORTS / "binance-api" / "trades.json"


def test_the_sample_of_the_documentation(shared: Path) -> None:
    path = shared / "exports/api_json/binance_spot_myTrades.json"
    (fill,) = fills(read_as("binance-api", path.read_bytes()))
    assert (fill.symbol, fill.side, fill.quantity) == ("BNB-BTC", Side.BUY, 12)
    assert fill.fee == Fee(Decimal("10.1"), "BNB")
    assert (fill.venue_id, fill.order_id, fill.liquidity) == ("28457", "100234", Liquidity.TAKER)


def test_hedge_mode_keeps_two_positions_and_one_way_mode_none() -> None:
    sides = [fill.position_side for fill in fills(read_as("binance-api", _FILE.read_bytes()))]
    assert sides[3:] == [Direction.LONG, Direction.SHORT, Direction.LONG, None, None]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"3.50000000"', b'"35.0000000"', "is not quoteQty 0.00630700"),
        (b'"qty": "0.004"', b'"qty": "4"', "4 at 90500.0 is not quoteQty 362.0000"),
        (b'"qty": "25"', b'"qty": "250"', "is not the contracts' worth 2500"),
        (b'"buyer": false, "maker": true', b'"buyer": true, "maker": true', "do not agree"),
        (b'"positionSide": "SHORT"', b'"positionSide": "NET"', "none of LONG, SHORT, BOTH"),
        (b'"commission": "0.00350000",', b"", "the answer lacks commission"),
        (b'"commissionAsset": "LTC"', b'"commissionAsset": ""', "the fee is in no coin"),
    ],
)
def test_fills_that_cannot_be(old: bytes, new: bytes, reason: str) -> None:
    data = _FILE.read_bytes()
    assert old in data
    reading = read_as("binance-api", data.replace(old, new))
    assert len(reading.rows) == 7
    assert reason in reasons(reading)[0]


def test_an_answer_in_no_order_is_put_in_the_order_of_matching() -> None:
    data = _FILE.read_bytes()
    first, second = (line for line in data.splitlines() if b"901220018" in line)
    turned = data.replace(first, b"#").replace(second, first).replace(b"#", second)
    assert fills(read_as("binance-api", turned)) == fills(read_as("binance-api", data))
