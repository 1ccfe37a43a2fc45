"""OKX's API answers: wrapped or not, signs, sides and positions, and answers without fills."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.plan import Direction
from journal.importers.importer import Recognition, Sample, choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_SWAP = {
    "instType": "SWAP",
    "instId": "BTC-USDT-SWAP",
    "tradeId": "501",
    "ordId": "9001",
    "billId": "70001",
    "subType": "1",
    "fillPx": "90000",
    "fillSz": "2",
    "side": "buy",
    "posSide": "net",
    "execType": "T",
    "feeCcy": "USDT",
    "fee": "-0.9",
    "ts": "1771405201114",
}
_SPOT = {
    **_SWAP,
    "instType": "SPOT",
    "instId": "BTC-USDT",
    "fillSz": "0.01",
    "feeCcy": "BTC",
    "fee": "-0.00001",
}


def _read(content: object) -> Reading:
    file = SourceFile("fills.json", json.dumps(content).encode())
    importer = choose(file, IMPORTERS)
    assert importer.name == "okx-api"
    return importer.read(file, ReadOptions())


def _fill(content: object) -> Fill:
    reading = _read(content)
    assert not reading.refused
    (row,) = reading.rows
    assert isinstance(row.event.body, Fill)
    return row.event.body


def test_the_shared_answer_is_read_with_the_sign_the_api_gives_it_and_a_note(shared: Path) -> None:
    file = SourceFile.at(shared / "exports/api_json/okx_fills_http_transaction_detail.json")
    importer = choose(file, IMPORTERS)
    reading = importer.read(file, ReadOptions())
    (row,) = reading.rows
    assert row.event.at.at.isoformat() == "2021-07-01T00:00:00+00:00"
    assert row.event.body == Fill(
        "BTC-USDT",
        Side.BUY,
        Decimal("0.001"),
        Decimal("42000.5"),
        Fee(Decimal("-0.042"), "USDT"),
        venue_id="123456789",
        order_id="987654321",
        liquidity=Liquidity.TAKER,
        source="okx-api",
    )
    assert (
        "1 of 1 fills have no subType: whether it was a liquidation is not known" in reading.notes
    )
    assert any("taker fills have a positive fee" in note for note in reading.notes)


@pytest.mark.parametrize(
    "content",
    [
        _SWAP,
        [_SWAP],
        {"code": "0", "msg": "", "data": [_SWAP]},
        [{"code": "0", "data": []}, {"code": "0", "data": [_SWAP]}],
    ],
)
def test_a_fill_alone_in_a_list_or_in_an_answer(content: object) -> None:
    assert _fill(content) == Fill(
        "BTC-USDT-SWAP",
        Side.BUY,
        Decimal(2),
        Decimal(90000),
        Fee(Decimal("0.9"), "USDT"),
        venue_id="501",
        order_id="9001",
        liquidity=Liquidity.TAKER,
        source="okx-api",
    )


@pytest.mark.parametrize(
    ("code", "side", "position", "closes", "liquidation"),
    [
        ("1", "buy", "net", False, False),
        ("3", "buy", "long", False, False),
        ("4", "sell", "short", False, False),
        ("5", "sell", "long", True, False),
        ("6", "buy", "short", True, False),
        ("", "sell", "long", True, False),
        ("", "buy", "short", True, False),
        ("", "sell", "short", False, False),
        ("100", "sell", "long", True, True),
        ("105", "buy", "short", True, True),
        ("106", "buy", "net", True, True),
        ("128", "sell", "net", True, True),
        ("113", "buy", "short", True, False),
        ("318", "sell", "net", False, False),
    ],
)
def test_what_side_position_and_sub_type_say(
    code: str, side: str, position: str, *, closes: bool, liquidation: bool
) -> None:
    fill = _fill({**_SWAP, "subType": code, "side": side, "posSide": position})
    assert fill.side is Side(side)
    assert fill.position_side is (None if position == "net" else Direction(position))
    assert (fill.closes, fill.is_liquidation) == (closes, liquidation)


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("side", "hold", "neither buy nor sell"),
        ("side", "sell", "subType 1 is not a sell of net"),
        ("posSide", "both", "none of long, short, net"),
        ("posSide", None, "what the fill opened or closed is not known"),
        ("subType", "6", None),
        ("execType", "X", "neither T nor M"),
        ("instType", "SPOT", "is no SPOT"),
        ("instId", "BTCUSDT", "not a symbol of OKX"),
        ("feeCcy", "BTC", "not settled in BTC"),
        ("feeCcy", "", "is no coin"),
        ("fee", None, "there is no fee"),
        ("fillPx", "9000000", None),
        ("fillPx", "90000000000", "does not fit"),
        ("fillSz", "0", "not above zero"),
        ("tradeId", None, "there is no tradeId"),
        ("ts", "2026-02-18", "not a time in milliseconds"),
    ],
)
def test_fills_that_cannot_be_are_refused(
    field: str, value: str | None, reason: str | None
) -> None:
    fill: dict[str, Any] = {**_SWAP, field: value}
    if value is None:
        del fill[field]
    reading = _read([fill])
    assert [reason in refused.reason for refused in reading.refused] == [True] * bool(reason) or (
        reason is None and len(reading.rows) == 1
    )


def test_an_empty_fee_is_unknown_and_a_zero_is_zero() -> None:
    assert _fill({**_SWAP, "fee": ""}).fee is None
    assert _fill({**_SWAP, "fee": "0"}).fee == Fee(Decimal(0), "USDT")


def test_a_rebate_to_a_maker_is_a_negative_fee_without_a_note() -> None:
    reading = _read({**_SPOT, "execType": "M", "fee": "0.018", "feeCcy": "USDT"})
    (row,) = reading.rows
    assert isinstance(row.event.body, Fill)
    assert row.event.body.fee == Fee(Decimal("-0.018"), "USDT")
    assert reading.notes == ()


def test_what_no_trade_made_has_the_id_of_its_bill() -> None:
    assert _fill({**_SWAP, "tradeId": "0", "subType": "106"}).venue_id == "70001"


def test_bills_order_what_happened_in_one_millisecond() -> None:
    fills = [{**_SWAP, "tradeId": str(100 - n), "billId": str(n)} for n in (3, 1, 10, 2)]
    ids = [
        row.event.body.venue_id
        for row in _read({"data": fills}).rows
        if isinstance(row.event.body, Fill)
    ]
    assert ids == ["99", "98", "97", "90"]


@pytest.mark.parametrize(
    ("fills", "held"),
    [
        ([{**_SWAP, "fillPnl": "3.5"}], True),
        ([{**_SWAP, "posSide": "short", "subType": "6"}], True),
        ([{**_SWAP, "fillPnl": "0"}], False),
        ([_SPOT | {"fillPnl": "1"}], False),
    ],
)
def test_a_position_held_before_is_noted(fills: list[dict[str, Any]], *, held: bool) -> None:
    notes = _read(fills).notes
    assert any("was held before this file begins" in note for note in notes) is held


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (
            {
                **_SWAP,
                "accFillSz": "2",
                "avgPx": "9",
                "ordType": "limit",
                "cTime": "1",
                "state": "x",
            },
            "answer on orders",
        ),
        (
            {
                "instId": "BTC-USDT",
                "billId": "1",
                "bal": "1",
                "balChg": "1",
                "posBal": "0",
                "posBalChg": "0",
                "ccy": "BTC",
                "fee": "0",
                "subType": "1",
            },
            "answer on bills",
        ),
        (
            {
                "instId": "BTC-USDT-SWAP",
                "openAvgPx": "1",
                "closeAvgPx": "1",
                "closeTotalPos": "1",
                "openMaxPos": "1",
                "posId": "4",
            },
            "answer on closed positions",
        ),
    ],
)
def test_other_answers_are_refused_with_the_one_to_fetch(answer: dict[str, str], what: str) -> None:
    file = SourceFile("answer.json", json.dumps({"code": "0", "data": [answer]}).encode())
    with pytest.raises(InputError, match=what) as caught:
        choose(file, IMPORTERS)
    assert "fills-history" in (caught.value.hint or "")


def test_what_ccxt_made_of_an_answer_is_left_to_others() -> None:
    unified = [{"id": "501", "takerOrMaker": "taker", "info": _SWAP}]
    file = SourceFile("trades.json", json.dumps(unified).encode())
    claims = [
        importer.name
        for importer in IMPORTERS
        if importer.name.startswith("okx")
        and importer.identify(Sample.of(file.data)).recognition is not Recognition.NOT_MINE
    ]
    assert claims == []
