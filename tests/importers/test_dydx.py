"""dYdX: the fills of its indexer, of v3, and liquidations of either side."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from venue_files import fills, read_as, reasons

from journal.domain.fill import Fee, Liquidity, Side
from journal.importers.reading import Reading

_FILL = {
    "id": "11111111-2222-5333-8444-555555555555", "side": "SELL", "liquidity": "TAKER",
    "type": "LIMIT", "market": "ETH-USD", "marketType": "PERPETUAL", "price": "2000",
    "size": "1.5", "fee": "1.35", "createdAt": "2026-01-05T10:00:00.123Z",
    "createdAtHeight": "7", "orderId": "99999999-2222-5333-8444-555555555555",
    "subaccountNumber": 0,
}  # fmt: skip


def _read(*changes: dict[str, Any]) -> Reading:
    return read_as("dydx", json.dumps([_FILL | change for change in changes]).encode())


def test_the_real_answer(shared: Path) -> None:
    data = (shared / "exports/api_json/dydx_fills.json").read_bytes()
    reading = read_as("dydx", data)
    assert not reading.refused
    assert [(f.side, f.quantity, f.price) for f in fills(reading)] == [
        (Side.SELL, Decimal("0.0001"), Decimal(104746)),
        (Side.SELL, Decimal("0.0001"), Decimal(104746)),
        (Side.BUY, Decimal("0.0001"), Decimal(105117)),
    ]
    assert {f.fee for f in fills(reading)} == {Fee(Decimal(0), "USDC")}
    assert {f.symbol for f in fills(reading)} == {"BTC-USD-PERP"}
    assert len({f.venue_id for f in fills(reading)}) == 3


@pytest.mark.parametrize(
    ("kind", "liquidation"),
    [("LIQUIDATED", True), ("DELEVERAGED", True), ("LIQUIDATION", False), ("OFFSETTING", False)],
)
def test_only_an_account_that_was_closed_out_is_liquidated(kind: str, *, liquidation: bool) -> None:
    (fill,) = fills(_read({"type": kind, "orderId": None}))
    assert fill.is_liquidation is liquidation
    assert fill.order_id is None


def test_fills_of_v3_tell_neither_market_type_nor_subaccount() -> None:
    old = {
        key: value for key, value in _FILL.items() if key not in ("marketType", "createdAtHeight")
    }
    del old["subaccountNumber"]
    reading = read_as("dydx", json.dumps({"fills": [old | {"fee": "-0.2"}]}).encode())
    (fill,) = fills(reading)
    assert fill.fee == Fee(Decimal("-0.2"), "USDC")
    assert fill.liquidity is Liquidity.TAKER
    assert reading.rows[0].account is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "SWAP"}, "type 'SWAP' is none of LIMIT, MARKET"),
        ({"side": "hold"}, "side 'hold' is neither buy nor sell"),
        ({"liquidity": ""}, "liquidity '' is neither maker nor taker"),
        ({"marketType": "SPOT"}, "marketType 'SPOT' is not PERPETUAL"),
        ({"market": "PUP,RAYDIUM,9x1-USD"}, "is not a pair of two known coins"),
        ({"fee": "1350"}, "a fee of 1350 USDC on 3000.0 is too much"),
        ({"fee": None}, "fee '' is not a number"),
        ({"createdAt": "2026-01-05 10:00"}, "is not written like YYYY-MM-DDThh:mm:ss.fZ"),
    ],
)
def test_fills_that_cannot_be(change: dict[str, Any], reason: str) -> None:
    reading = _read(change)
    assert not reading.rows
    assert reason in reasons(reading)[0]


def test_subaccounts_are_accounts_of_their_own() -> None:
    reading = _read({}, {"subaccountNumber": 128})
    assert [row.account for row in reading.rows] == ["subaccount 0", "subaccount 128"]
