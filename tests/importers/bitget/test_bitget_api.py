"""Fills as Bitget's APIs answer them: spot, futures, unified accounts."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from venue_files import fills, lines, own, read_as

from journal.domain.errors import InputError
from journal.domain.event import InstrumentEntry
from journal.domain.fill import Fee
from journal.domain.instrument import Kind

_SPOT: dict[str, Any] = json.loads(own("bitget-api/spot.json"))["data"][0]
_MIX: dict[str, Any] = json.loads(own("bitget-api/futures.json"))["data"]["fillList"][-1]
_UNIFIED: dict[str, Any] = json.loads(own("bitget-api/unified.json"))["data"]["list"][0]


def _refused(answer: dict[str, Any], **changed: object) -> str:
    (row,) = read_as("bitget-api", json.dumps([{**answer, **changed}])).refused
    return row.reason


def test_the_published_answers_cost_something(shared: Path) -> None:
    data = (shared / "exports/api_json/bitget_spot_and_mix_fills.json").read_bytes()
    reading = read_as("bitget-api", data)
    assert reading.refused == []
    assert [line.partition(" id ")[0] for line in lines(reading)] == [
        "2023-10-18T04:32:19.699Z fill BTC-USDT sell 0.0002 @ 28467.68 fee 0.005693536 USDT",
        # Buy and close in hedge mode closes a long, so it sold.
        "2023-11-23T06:25:00.342Z fill BTC-USDT-PERP sell 0.001 @ 37271.4 fee 0.02236284 USDT",
    ]
    assert " long " in lines(reading)[1]


def test_contracts_are_of_one_coin() -> None:
    reading = read_as("bitget-api", own("bitget-api/futures.json"))
    terms = {
        event.body.symbol: event.body.terms
        for event in reading.declarations
        if isinstance(event.body, InstrumentEntry)
    }
    assert set(terms) == {"ETH-USDT-PERP", "BTC-USDC-PERP"}
    assert {(each.kind, each.multiplier) for each in terms.values()} == {(Kind.LINEAR, 1)}


def test_a_fee_of_parts_in_one_coin_is_their_sum() -> None:
    parts = [{"feeCoin": "USDT", "totalFee": "-0.5"}, {"feeCoin": "USDT", "totalFee": "0.1"}]
    (fill,) = fills(read_as("bitget-api", json.dumps([{**_MIX, "feeDetail": parts}])))
    assert fill.fee == Fee(Decimal("0.4"), "USDT")


def test_no_detail_of_the_fee_is_no_fee_of_zero() -> None:
    (fill,) = fills(read_as("bitget-api", json.dumps([{**_SPOT, "feeDetail": None}])))
    assert fill.fee is None


@pytest.mark.parametrize(
    ("answer", "changed", "reason"),
    [
        (_SPOT, {"size": "49"}, "49 at 171.3 is not amount 839.37: a cell was changed"),
        (_SPOT, {"side": "short"}, "side 'short' is neither buy nor sell"),
        (_SPOT, {"feeDetail": {"feeCoin": "USDT"}}, "the answer lacks totalFee"),
        (_MIX, {"posMode": "both"}, "posMode 'both' is neither one_way_mode nor hedge_mode"),
        (_MIX, {"tradeSide": "sideways"}, "tradeSide 'sideways' is not known"),
        (_MIX, {"symbol": "BTCUSD"}, "BTCUSD is margined in its coin, which cannot be imported"),
        (_MIX, {"cTime": "yesterday"}, "cTime 'yesterday' is not a time in milliseconds"),
        (
            _MIX,
            {"feeDetail": [{"feeCoin": c, "totalFee": "-1"} for c in ("USDT", "BGB")]},
            "the fee is in several coins: BGB, USDT",
        ),
        (_UNIFIED, {"category": "OPTIONS"}, "category 'OPTIONS' is not known"),
        (_UNIFIED, {"feeDetail": [{"feeCoin": "USDT", "totalFee": "-1"}]}, "the answer lacks fee"),
    ],
)
def test_a_bad_answer_is_refused(
    answer: dict[str, Any], changed: dict[str, object], reason: str
) -> None:
    assert _refused(answer, **changed).startswith(reason)


def test_an_answer_about_orders_is_named() -> None:
    order = {
        "orderId": "1",
        "clientOid": "2",
        "baseVolume": "2",
        "priceAvg": "1900",
        "enterPointSource": "API",
        "status": "filled",
        "feeDetail": "{}",
    }
    with pytest.raises(InputError, match="on orders, not fills") as caught:
        read_as("bitget-api", json.dumps({"data": {"entrustedList": [order]}}))
    assert "fill-history" in str(caught.value.hint)
