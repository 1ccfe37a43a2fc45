"""Bybit's transaction log: rows of one spot fill joined, derivatives, funding."""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from pathlib import Path

import pytest
from venue_files import fills, fundings, read_as, read_path, reasons

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Side
from journal.importers.bybit import log as bybit_log
from journal.importers.table import TableRow

_HEADER = (
    "Uid,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,"
    "Cash Flow,Change,Wallet Balance,Action,Time(UTC)\n"
)
_BASE = "7,SOL,SOLEUR,TRADE,BUY,0.5,0,118.8,0,-0.00125,0.5,0.49875,1,--,2026-06-06 08:05:52\n"
_QUOTE = "7,EUR,SOLEUR,TRADE,BUY,-59.4,0,118.8,0,0,-59.4,-59.4,9,--,2026-06-06 08:05:52\n"
_PERP = "7,USDT,ETHUSDT,TRADE,SELL,0.4,0.4,2500,0,-0.55,0,-0.55,9,OPEN,2026-06-09 03:40:12\n"
_SETTLED = (
    "7,USDT,ETHUSDT,SETTLEMENT,BUY,--,0.2,--,-0.0532,0,0,-0.0532,9,SETTLEMENT,2026-06-09 00:00:00\n"
)


def test_the_rows_of_a_fill_join_in_either_order() -> None:
    for rows in permutations([_BASE, _QUOTE]):
        reading = read_as("bybit-log", _HEADER + "".join(rows))
        (fill,) = fills(reading)
        assert (fill.symbol, fill.side) == ("SOL-EUR", Side.BUY)
        assert (fill.quantity, fill.price) == (Decimal("0.5"), Decimal("118.8"))
        assert fill.fee == Fee(Decimal("0.00125"), "SOL")
        assert (reading.rows[0].number, reading.rows[0].raw) == (
            2,
            "".join(rows).rstrip("\n"),
        )


def test_two_fills_of_one_second_and_price_are_told_apart_by_their_amounts() -> None:
    base = _BASE.replace("BUY,0.5", "BUY,1").replace("-0.00125,0.5,0.49875", "-0.0025,1,0.9975")
    quote = _QUOTE.replace("-59.4", "-118.8")
    for rows in permutations([_BASE, _QUOTE, base, quote]):
        found = fills(read_as("bybit-log", _HEADER + "".join(rows)))
        assert sorted(fill.quantity for fill in found) == [Decimal("0.5"), 1]


def test_a_rebate_and_no_fee() -> None:
    free = _BASE.replace("-0.00125,0.5,0.49875", "0,0.5,0.5")
    (fill,) = fills(read_as("bybit-log", _HEADER + free + _QUOTE))
    assert fill.fee == Fee(Decimal(0), "SOL")
    rebate = _QUOTE.replace(",0,-59.4,-59.4", ",0.003,-59.4,-59.397")
    (fill,) = fills(read_as("bybit-log", _HEADER + free + rebate))
    assert fill.fee == Fee(Decimal("-0.003"), "EUR")


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (_BASE, "the SOL row of a fill of SOLEUR finds no row that fits it"),
        (_QUOTE, "the EUR row of a fill of SOLEUR finds no row that fits it"),
        (_BASE + _QUOTE.replace("-59.4", "-59.9"), "finds no row that fits it"),
        (_BASE + _QUOTE.replace("-59.4", "59.4"), "finds no row that fits it"),
        (
            _BASE.replace("0.5", "-0.00001") + _QUOTE.replace("-59.4", "0.001188"),
            "finds no row that fits it",
        ),
        (_BASE + _QUOTE.replace(":52", ":53"), "finds no row that fits it"),
        (_BASE + _QUOTE.replace("7,EUR", "7,GBP"), "finds no row that fits it"),
        (_BASE.replace("0.49875", "0.5") + _QUOTE, "Change 0.5 is not Cash Flow, Fee Paid and"),
        (_BASE + _QUOTE.replace(",0,-59.4,-59.4", ",-1,-59.4,-60.4"), "fees in two coins"),
    ],
)
def test_rows_that_do_not_fit_together_are_refused(rows: str, reason: str) -> None:
    reading = read_as("bybit-log", _HEADER + rows)
    assert not reading.rows
    assert all(reason in each for each in reasons(reading))
    assert reading.refused


def test_a_derivative_is_one_row_and_its_funding_another() -> None:
    reading = read_as("bybit-log", _HEADER + _PERP + _SETTLED)
    (fill,) = fills(reading)
    assert (fill.symbol, fill.side, fill.quantity) == ("ETH-USDT-PERP", Side.SELL, Decimal("0.4"))
    assert fill.fee == Fee(Decimal("0.55"), "USDT")
    (funding,) = fundings(reading)
    assert (funding.amount, funding.currency) == (Decimal("-0.0532"), "USDT")
    assert funding.direction is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("TRADE,SELL", "TRADE,--", "Direction '--' is neither buy nor sell"),
        ("USDT,ETHUSDT", "USDC,ETHUSDT", "'ETHUSDT' is not settled in 'USDC'"),
        (",2500,", ",250000000,", "out of proportion"),
        ("SELL,0.4", "BUY,-0.4", "Quantity -0.4 is not that of a BUY"),
        ("TRADE", "SPLIT", "Type 'SPLIT' is not known"),
        ("-0.55,0,-0.55", "-0.55,0,-0.54", "Change -0.54 is not"),
    ],
)
def test_a_derivative_that_cannot_be_is_refused(old: str, new: str, reason: str) -> None:
    (said,) = reasons(read_as("bybit-log", _HEADER + _PERP.replace(old, new)))
    assert reason in said


def test_the_log_says_what_only_closes() -> None:
    closing, opening = ({"Action": action} for action in ("CLOSE", "OPEN"))
    assert bybit_log._closes(TableRow(2, "", closing))
    assert not bybit_log._closes(TableRow(2, "", opening))


def test_a_liquidation_is_marked() -> None:
    (fill,) = fills(read_as("bybit-log", _HEADER + _PERP.replace("TRADE", "LIQUIDATION")))
    assert fill.is_liquidation


def test_a_log_with_ids_has_local_times() -> None:
    header = _HEADER.replace("Uid,", "").replace("Time(UTC)", "OrderId,TradeId,Time")
    row = _PERP.removeprefix("7,").replace("OPEN,", "OPEN,o-1,t-1,").replace(":12\n", ":12.500\n")
    reading = read_as("bybit-log", header + row, "UTC+2")
    assert reading.used_zone
    assert reading.rows[0].event.at.at.isoformat() == "2026-06-09T01:40:12.500000+00:00"
    assert [(fill.venue_id, fill.order_id) for fill in fills(reading)] == [("t-1", "o-1")]
    with pytest.raises(InputError, match="have no time zone"):
        read_as("bybit-log", header + row)
    with pytest.raises(InputError, match="OrderId with TradeId or neither"):
        read_as("bybit-log", (header + row).replace("OrderId,", "").replace("o-1,", ""), "UTC")


def test_the_real_log(shared: Path) -> None:
    path = shared / "exports" / "bybit" / "uta_transaction_log_eu_2026.csv"
    reading = read_path("bybit-log", path)
    assert dict(reading.ignored) == {"transfer": 1}
    assert {row.account for row in reading.rows} == {"100000001"}
    assert [
        (str(fill.side), fill.quantity, fill.price, fill.fee and fill.fee.currency)
        for fill in fills(reading)
    ] == [
        ("buy", Decimal("0.00009"), Decimal("53775.3"), "BTC"),
        ("sell", Decimal("0.00002"), Decimal("53786.5"), "EUR"),
        ("buy", Decimal("0.00007"), Decimal("53873.6"), "BTC"),
        ("sell", Decimal("0.00002"), Decimal("53873.1"), "EUR"),
        ("sell", Decimal("0.00003"), Decimal("53842.9"), "EUR"),
    ]
    held = sum(
        fill.quantity * fill.side.sign
        - (fill.fee.amount if fill.fee and fill.fee.currency == "BTC" else 0)
        for fill in fills(reading)
    )
    assert held == Decimal("0.0000896")  # the wallet's balance of BTC after the last fill
