"""ccxt: what its trades say, what their costs give away, and what the library loses."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from venue_files import EXPORTS, fills, read_as, reasons

from journal.domain.errors import InputError
from journal.domain.event import Funding, InstrumentEntry
from journal.domain.fill import Fee
from journal.domain.instrument import Kind
from journal.domain.plan import Direction
from journal.importers.ccxt.symbols import market
from journal.importers.reading import Reading

_TRADE: dict[str, Any] = {
    "info": {}, "id": "1", "order": "2", "timestamp": 1767607200123,
    "datetime": "2026-01-05T10:00:00.123Z", "symbol": "BTC/USDT:USDT", "type": "limit",
    "side": "buy", "takerOrMaker": "taker", "price": "90000", "amount": "2", "cost": "180000",
    "fee": {"cost": "90", "currency": "USDT"}, "fees": [],
}  # fmt: skip


def _read(*changes: dict[str, Any]) -> Reading:
    return read_as("ccxt", json.dumps([_TRADE | change for change in changes]).encode())


@pytest.mark.parametrize(
    ("text", "symbol", "kind"),
    [
        ("BTC/USDT", "BTC-USDT", Kind.SPOT),
        ("BTC/USDT:USDT", "BTC-USDT-PERP", Kind.LINEAR),
        ("BTC/USD:BTC", "BTC-USD-PERP", Kind.INVERSE),
        ("1000SHIB/USDC:USDC", "1000SHIB-USDC-PERP", Kind.LINEAR),
        ("ETH/USD:ETH-260327", "ETH-USD-260327", Kind.INVERSE),
        ("BTC/USDT:USDT-260327-90000-C", "BTC/USDT:USDT-260327-90000-C", None),
    ],
)
def test_unified_symbols(text: str, symbol: str, kind: Kind | None) -> None:
    found = market(text)
    assert (found.symbol, found.kind) == (symbol, kind)


@pytest.mark.parametrize("text", ["BTCUSDT", "", "BTC/", "BTC/USD:XRP", "BTC-USDT"])
def test_what_is_no_unified_symbol(text: str) -> None:
    with pytest.raises(InputError):
        market(text)


def _sized(reading: Reading) -> dict[str, Decimal | None]:
    bodies = [event.body for event in reading.declarations]
    return {b.symbol: b.terms.multiplier for b in bodies if isinstance(b, InstrumentEntry)}


@pytest.mark.parametrize(
    ("changes", "multiplier"),
    [
        ([{"cost": "1800"}], "0.01"),
        ([{"cost": "1800"}, {"cost": None, "id": "3"}], "0.01"),
        ([{"cost": "180000"}], None),
        ([{"cost": None}], None),
        ([{"cost": "1800"}, {"cost": "180000", "id": "3"}], None),
        ([{"symbol": "BTC/USD:BTC", "cost": "0.00222222", "fee": None}], "100"),
        ([{"symbol": "BTC/USD:BTC", "cost": "0.00002222", "fee": None}], "1"),
        ([{"symbol": "BTC/USD:BTC", "cost": "180000", "fee": None}], None),
    ],
)
def test_the_cost_tells_the_size_of_a_contract_or_it_is_asked_for(
    changes: list[dict[str, Any]], multiplier: str | None
) -> None:
    reading = _read(*changes)
    assert not reading.refused
    (symbol,) = {fill.symbol for fill in fills(reading)}
    if multiplier is None:
        assert reading.multiplier_needed == (symbol,)
    else:
        assert _sized(reading) == {symbol: Decimal(multiplier)}


def test_an_unknown_size_stops_the_import_until_it_is_declared(tmp_path: Path) -> None:
    path, db = tmp_path / "trades.json", tmp_path / "j.db"
    path.write_text(json.dumps([_TRADE]))
    ran = run("import", path, "--db", db)
    assert ran.code != 0
    assert "the contract multiplier of BTC-USDT-PERP is not known" in ran.err


@pytest.mark.parametrize(
    ("change", "fee"),
    [
        ({"fee": None}, None),
        ({"fee": {"cost": None, "currency": None}}, None),
        ({"fee": {"cost": 0, "currency": "USDT"}}, Fee(Decimal(0), "USDT")),
        ({"fee": {"cost": 1e-05, "currency": "BNB"}}, Fee(Decimal("0.00001"), "BNB")),
        ({"fees": [{"cost": "90", "currency": "USDT"}]}, Fee(Decimal(90), "USDT")),
        (
            {"fees": [{"cost": "60", "currency": "USDT"}, {"cost": "30", "currency": "USDT"}]},
            Fee(Decimal(90), "USDT"),
        ),
        (
            {"fees": [{"cost": "0", "currency": "BTC"}, {"cost": "30", "currency": "USDT"}]},
            Fee(Decimal(30), "USDT"),
        ),
        (
            {
                "fee": {"cost": "-90", "currency": "USDT"},
                "info": {"execId": "1", "feeDetail": [{"feeCoin": "USDT", "fee": "90"}]},
            },
            Fee(Decimal(90), "USDT"),
        ),
        (
            {
                "fee": {"cost": "90", "currency": "USDT"},
                "info": {"tradeId": "1", "feeDetail": {"totalFee": "-90", "feeCoin": "USDT"}},
            },
            Fee(Decimal(90), "USDT"),
        ),
    ],
)
def test_fees(change: dict[str, Any], fee: Fee | None) -> None:
    (fill,) = fills(_read(change))
    assert fill.fee == fee


@pytest.mark.parametrize(
    ("info", "side"),
    [
        ({"positionSide": "SHORT"}, Direction.SHORT),
        ({"positionSide": "BOTH"}, None),
        ({"posSide": "long"}, Direction.LONG),
        ({"posSide": "net"}, None),
        ({}, None),
    ],
)
def test_the_side_of_the_position_is_in_the_exchange_s_answer(
    info: dict[str, str], side: Direction | None
) -> None:
    (fill,) = fills(_read({"info": info}))
    assert fill.position_side is side


def test_funding_among_bybit_s_executions_is_no_fill() -> None:
    reading = _read(
        {"info": {"execType": "Funding"}, "fee": {"cost": "1.2", "currency": "USDT"}},
        {"id": "3", "info": {"execType": "BustTrade"}},
    )
    assert reading.rows[0].event.body == Funding(
        "BTC-USDT-PERP", Decimal("-1.2"), "USDT", source="ccxt", venue_id="1"
    )
    assert [fill.is_liquidation for fill in fills(reading)] == [True]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"cost": "1812"}, "2 at 90000 is not the cost 1812 by any size of a contract"),
        ({"symbol": "BTC/USDT", "cost": "1800"}, "2 at 90000 is not the cost 1800"),
        ({"datetime": "2026-01-05T11:00:00.123Z"}, "do not agree"),
        ({"timestamp": 1767607200}, "is not a time in milliseconds since 1970"),
        ({"side": "long"}, "side 'long' is neither buy nor sell"),
        ({"takerOrMaker": "both"}, "takerOrMaker 'both' is neither maker nor taker"),
        ({"fee": {"cost": "1", "currency": None}}, "the fee is in no coin"),
        (
            {"fees": [{"cost": 1, "currency": "A"}, {"cost": 1, "currency": "B"}]},
            "the fees are in several coins: A, B",
        ),
        ({"price": None}, "price '' is not a number"),
        ({"info": {"execType": "Funding"}, "fee": None}, "the funding has no amount"),
    ],
)
def test_trades_that_cannot_be(change: dict[str, Any], reason: str) -> None:
    reading = _read(change)
    assert not reading.rows
    assert reason in reasons(reading)[0]


def test_floats_keep_the_text_they_were_written_in() -> None:
    reading = read_as("ccxt", (EXPORTS / "ccxt" / "trades.json").read_bytes())
    assert fills(reading)[1].quantity == Decimal("11511963.86344489")
