"""Bybit's list of executions: categories, fees, order, and a real answer."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest
from venue_files import fills, fundings, read_as, read_path, reasons

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Liquidity
from journal.importers.bybit import api as bybit_api
from journal.importers.json_rows import JsonRow

_ENTRY: dict[str, object] = {
    "symbol": "BTCUSDT",
    "orderId": "o-1",
    "side": "Buy",
    "execFee": "0.33",
    "execId": "e-1",
    "execPrice": "60000",
    "execQty": "0.01",
    "execType": "Trade",
    "execValue": "600",
    "execTime": "1771885821004",
    "feeCurrency": "USDT",
    "isMaker": False,
    "feeRate": "0.00055",
    "closedSize": "0",
    "seq": 7,
}


def _answer(*changes: dict[str, object], category: str = "linear") -> str:
    entries = [_ENTRY | change for change in changes]
    result = {"category": category, "nextPageCursor": "", "list": entries}
    return json.dumps({"retCode": 0, "result": result})


@pytest.mark.parametrize(
    ("category", "symbol", "expected"),
    [
        ("linear", "BTCUSDT", "BTC-USDT-PERP"),
        ("spot", "BTCUSDT", "BTC-USDT"),
        ("linear", "BTCPERP", "BTC-USDC-PERP"),
    ],
)
def test_the_answer_says_what_a_symbol_is(category: str, symbol: str, expected: str) -> None:
    answer = _answer({"symbol": symbol, "feeCurrency": ""}, category=category)
    assert [fill.symbol for fill in fills(read_as("bybit-api", answer))] == [expected]


def test_an_inverse_contract_counts_dollars_and_pays_in_coin() -> None:
    entry = {
        "symbol": "BTCUSD",
        "execQty": "6000",
        "execValue": "0.1",
        "execFee": "0.000055",
        "feeCurrency": "",
    }
    (fill,) = fills(read_as("bybit-api", _answer(entry, category="inverse")))
    assert (fill.symbol, fill.fee) == ("BTC-USD-PERP", Fee(Decimal("0.000055"), "BTC"))


def test_the_venue_s_sequence_decides_within_a_millisecond() -> None:
    entries = [{"execId": "b", "seq": 9}, {"execId": "c", "seq": 10}, {"execId": "a", "seq": 8}]
    found = fills(read_as("bybit-api", _answer(*entries)))
    assert [fill.venue_id for fill in found] == ["a", "b", "c"]


def test_funding_is_paid_where_it_is_positive() -> None:
    reading = read_as("bybit-api", _answer({"execType": "Funding"}))
    assert [each.amount for each in fundings(reading)] == [Decimal("-0.33")]


def test_makers_takers_and_liquidations() -> None:
    maker, liquidated = {"isMaker": True}, {"execType": "BustTrade", "execId": "e-2"}
    found = fills(read_as("bybit-api", _answer(liquidated, maker)))
    assert [(fill.liquidity, fill.is_liquidation) for fill in found] == [
        (Liquidity.MAKER, False),
        (Liquidity.TAKER, True),
    ]


@pytest.mark.parametrize(("closed", "closes"), [("0.01", True), ("0.005", False), ("", False)])
def test_an_answer_says_what_only_closes(closed: str, closes: bool) -> None:  # noqa: FBT001
    assert bybit_api._closes(JsonRow(1, "", _ENTRY | {"closedSize": closed})) is closes


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"execType": "MovePosition"}, "execType 'MovePosition' is not known"),
        ({"symbol": "BTCUSD"}, "'BTCUSD' is no linear contract"),
        ({"side": ""}, "side '' is neither buy nor sell"),
        ({"isMaker": None}, "isMaker '' is neither true nor false"),
        ({"execPrice": "6000"}, "is not the value 600"),
        ({"execValue": ""}, "execValue '' is not a number"),
        ({"execQty": 0.01, "execTime": "1771885821"}, "is not a time in milliseconds"),
    ],
)
def test_entries_that_cannot_be_are_refused(change: dict[str, object], reason: str) -> None:
    (said,) = reasons(read_as("bybit-api", _answer(change)))
    assert reason in said


def test_a_list_alone_does_not_say_its_category() -> None:
    with pytest.raises(InputError, match="stand in no answer that says their category"):
        read_as("bybit-api", json.dumps([_ENTRY]))


def test_options_are_ignored_by_name() -> None:
    reading = read_as("bybit-api", _answer({}, category="option"))
    assert dict(reading.ignored) == {"option": 1}


def test_a_real_answer(shared: Path) -> None:
    path = shared / "exports" / "api_json" / "bybit_v5_execution_list.json"
    bought, sold = fills(read_path("bybit-api", path))
    assert (bought.symbol, bought.side, bought.quantity) == ("BTC-USDT-PERP", "buy", Decimal("0.1"))
    assert (bought.fee, bought.liquidity) == (Fee(Decimal("0.015"), "USDT"), Liquidity.MAKER)
    assert (sold.symbol, sold.price, sold.fee) == (
        "ETH-USDT-PERP",
        3000,
        Fee(Decimal("0.9"), "USDT"),
    )
    assert sold.liquidity is Liquidity.TAKER
