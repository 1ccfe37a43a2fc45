"""Fills as the API of Coinbase Advanced answers them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from venue_files import fills, lines, own, read_as

from journal.domain.fill import Fee, Liquidity

_FILLS: list[dict[str, Any]] = json.loads(own("coinbase-api/fills.json"))["fills"]


def _one(**changed: object) -> str:
    reading = read_as("coinbase-api", json.dumps([{**_FILLS[-1], **changed}]))
    return lines(reading)[0] if reading.rows else reading.refused[0].reason


def test_a_size_in_money_is_a_quantity_at_its_price() -> None:
    line = _one(size="1000", price="3000", size_in_quote=True)
    assert " buy 0.3333333333333333 @ 3000 " in line


def test_a_fee_that_is_not_told_is_unknown() -> None:
    assert " fee " not in _one(commission="")


def test_liquidity_is_kept_where_it_is_told() -> None:
    found = fills(read_as("coinbase-api", own("coinbase-api/fills.json")))
    maker, taker = Liquidity.MAKER, Liquidity.TAKER
    assert [fill.liquidity for fill in found] == [maker, taker, None, maker, taker]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"trade_type": "SYNTHETIC"}, "trade_type 'SYNTHETIC' is not known"),
        ({"trade_type": "REVERSAL"}, "it takes back trade 7f3a0004"),
        ({"side": "UNKNOWN"}, "side 'UNKNOWN' is neither buy nor sell"),
        ({"size_in_quote": None}, "size_in_quote '' is neither true nor false"),
        ({"trade_time": "2026-03-09 11:02:37"}, "trade_time '2026-03-09 11:02:37' is not written"),
        ({"price": "0"}, "price 0 is not above zero"),
        ({"product_id": "ETH"}, "'ETH' is not a pair"),
    ],
)
def test_a_bad_answer_is_refused(changed: dict[str, object], reason: str) -> None:
    assert _one(**changed).startswith(reason)


@pytest.mark.parametrize(
    ("product", "symbol", "quote"),
    [("BTC-PERP-INTX", "BTC-USDC-PERP", "USDC"), ("BIT-28AUG26-CDE", "BIT-28AUG26-CDE", "USD")],
)
def test_contracts_ask_for_their_size(product: str, symbol: str, quote: str) -> None:
    reading = read_as("coinbase-api", json.dumps([{**_FILLS[-1], "product_id": product}]))
    assert reading.multiplier_needed == (symbol,)
    assert fills(reading)[0].fee == Fee(Decimal("4.9599"), quote)


def test_fills_and_a_reversal_without_their_trade_are_not_taken_for_a_pair() -> None:
    lacking = [
        {**_FILLS[-1], "trade_id": None, "trade_type": kind} for kind in ("FILL", "REVERSAL")
    ]
    reading = read_as("coinbase-api", json.dumps(lacking))
    assert not reading.notes
    assert [row.number for row in reading.refused] == [2]
