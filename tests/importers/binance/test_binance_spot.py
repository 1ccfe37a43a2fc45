"""Binance spot: glued units, quotes of spreadsheets, other languages, and orders with fills."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from venue_files import EXPORTS, fills, read_as, reasons

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Side

_HEADER = b"Date(UTC),Pair,Side,Price,Executed,Amount,Fee\n"
_ORDERS = EXPORTS / "binance-spot-orders" / "orders.csv"


def test_twelve_spellings_of_one_fill(shared: Path) -> None:
    data = (shared / "exports/binance/spot_trade_history_v3_quoting_variants.csv").read_bytes()
    assert set(reasons(read_as("binance-spot", data))) == {
        "2500.0000000000 at 1500.0000050000 is not the amount 1250.0000000000: a cell was changed"
    }
    sound = data.replace(b"1500.0000050000", b"0.5000000000").replace(b"1,500.000005", b"0.500000")
    sound = re.sub(rb'2,?500(\.0000000000ADA"*)$', rb"2\1", sound, flags=re.MULTILINE)
    reading = read_as("binance-spot", sound)
    assert len(reading.rows) == 12
    (fill,) = set(fills(reading))
    assert (fill.symbol, fill.side, fill.quantity) == ("ADA-BTC", Side.BUY, Decimal(2500))
    assert fill.fee == Fee(Decimal(2), "ADA")
    assert [row.raw for row in reading.rows] == sound.decode("utf-8-sig").splitlines()[1:]


def test_the_real_files_of_2020(shared: Path) -> None:
    folder = shared / "exports/binance"
    old = read_as("binance-spot-v1", (folder / "spot_trades_v1_semicolon_2020.csv").read_bytes())
    assert [(f.symbol, f.side, f.fee) for f in fills(old)] == [
        ("LTC-BTC", Side.SELL, Fee(Decimal("0.00000709"), "BTC")),
        ("LTC-BTC", Side.BUY, Fee(Decimal("0.00161"), "LTC")),
    ]
    orders = read_as(
        "binance-spot-orders", (folder / "spot_orders_v2_nested_fills_2020.csv").read_bytes()
    )
    assert [(f.side, f.quantity, f.price) for f in fills(orders)] == [
        (Side.SELL, Decimal("0.092957"), Decimal("5904.68")),
        (Side.SELL, Decimal("0.047943"), Decimal("5904.61")),
        (Side.BUY, Decimal("0.041600"), Decimal("6236.39")),
    ]
    assert all(f.fee and f.fee.currency == "BNB" for f in fills(orders))
    assert [row.number for row in orders.rows] == [7, 8, 4]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"BTCUSDT,BUY,100,1ETH,100USDT,0ETH", "not in the coins of the pair 'BTCUSDT'"),
        (b"BTCUSDT,BUY,100,1BTC,10USDT,0BTC", "1 at 100 is not the amount 10"),
        (b"BTCUSDT,BUY,100,3BTC,0.3USDT,0BTC", "3 at 100 is not the amount 0.3"),
        (b"BTCUSDT,Hold,100,1BTC,100USDT,0BTC", "Side 'Hold' is neither buy nor sell"),
        (b"BTCUSDT,BUY,100,0BTC,0USDT,0BTC", "Executed 0 is not above zero"),
        (b"BTCUSDT,BUY,100,1BTC,100USDT,2BTC", "a fee of 2 BTC on 1 is too much"),
        (b"BTCUSDT,BUY,100,1BTC,100USDT,0.1", "fee '0.1' is not a number with its unit"),
    ],
)
def test_rows_that_cannot_be(row: bytes, reason: str) -> None:
    reading = read_as("binance-spot", _HEADER + b"2024-03-08 10:15:42," + row + b"\n")
    assert not reading.rows
    assert reason in reasons(reading)[0]


def test_a_year_of_two_digits_comes_first_and_a_missing_fee_is_unknown() -> None:
    row = b"24-03-08 10:15:42,1INCHBTC,SELL,0.00001,5.11INCH,0.000051BTC,\n"
    reading = read_as("binance-spot", _HEADER + row)
    assert str(reading.rows[0].event.at) == "2024-03-08T10:15:42Z"
    (fill,) = fills(reading)
    assert (fill.symbol, fill.quantity, fill.fee) == ("1INCH-BTC", Decimal("5.1"), None)
    assert not reading.used_zone


def test_times_without_a_zone_are_asked_for() -> None:
    data = (EXPORTS / "binance-spot" / "trades_2026.csv").read_bytes()
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read_as("binance-spot", data)
    reading = read_as("binance-spot", data, "America/Chicago")
    assert reading.used_zone
    assert str(reading.rows[0].event.at) == "2025-11-28T21:29:41Z"


@pytest.mark.parametrize("columns", [b"Date(UTC),Time,", b""])
def test_there_is_one_column_of_times(columns: bytes) -> None:
    header = columns + b"Pair,Side,Price,Executed,Amount,Fee\n"
    row = b"2024-03-08 10:15:42," * columns.count(b",") + b"BTCUSDT,BUY,1,1BTC,1USDT,0BTC\n"
    with pytest.raises(InputError, match="titles of the time instead of one"):
        read_as("binance-spot", header + row)


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("Datum(UTC),Pár,Strana,Cena,Provedeno,Částka,Poplatek", "titles in another language"),
        ("User_ID,UTC_Time,Account,Operation,Coin,Change,Remark", "account statement, a ledger"),
        ("User ID,Time,Account,Operation,Coin,Change,Remark", "account statement, a ledger"),
        (
            (
                "Date(UTC),OrderNo,Pair,Type,Side,Order Price,Order Amount,Time,Executed,"
                "Average Price,Trading total,Status"
            ),
            "spot order history",
        ),
        (
            (
                "Uid,Time(UTC),Symbol,Type,Side,Position Side,Price,Average Price,Amount,"
                "Executed Amount,Executed Quote Amount,Stop Price,Status,Client Order Id,"
                "Time In Force,Activate Price,Price Rate,Update Time,Order No"
            ),
            "futures order history",
        ),
        (
            (
                "Symbol,Margin Mode,Position Side,Entry Price,Avg. Close Price,Max Open Interest,"
                "Closed Vol.,Closing PNL,Opened,Closed,Status"
            ),
            "position history",
        ),
        (
            "Date(UTC),Coin,Amount,TransactionFee,Address,TXID,SourceAddress,PaymentID,Status",
            "history of deposits or withdrawals",
        ),
        (
            "Date,Wallet,Pair,Type,Sell,Buy,Price,Inverse Price,Date Updated,Status",
            "history of conversions",
        ),
    ],
)
def test_other_exports_are_named_with_the_one_to_fetch(header: str, what: str) -> None:
    row = "2024-03-08 10:15:42,BTCUSDT,BUY,100,1BTC,100USDT,0.001BTC\n"
    with pytest.raises(InputError, match=what) as caught:
        read_as("binance-spot", f"{header}\n{row}".encode())
    assert caught.value.hint


@pytest.mark.parametrize(
    "header",
    [
        "Time,Pair,Side,FilledPrice,Amount,Volume,Fee",
        "Time,Pair,Side,Price,Amount,Total,Fee",
        "Date,Market,Category,Type,Price,Amount,Total,Fee,Order Number",
    ],
)
def test_files_of_other_venues_are_not_claimed(header: str) -> None:
    with pytest.raises(InputError, match="none of the known formats"):
        read_as("binance-spot", f"{header}\n".encode())


def _orders(old: str, new: str) -> bytes:
    text = _ORDERS.read_text("utf-8")
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (
            ";2020-04-08 12:31:05;171.00;1.30000;222.30000000;0.01039970BNB;;;;\n",
            "",
            "the fills listed below the order make 1.20000 of the 2.50000 filled",
        ),
        (";1.20000;205.21200000", ";1.20000;2052.1200000", "1.20000 at 171.01 is not the total"),
        (";171.0048;2.50000", ";1710048;2.50000", "2.50000 at 1710048 is not the fills'"),
        (";427.51;", ";4275.1;", "is not the order's total 4275.1"),
        ("0.00960031BNB;;", "0.00960031BNB;x;", "the fill in line 4 has more than 5 cells"),
        ("ETHUSDT;SELL", "ETHUSDT;SEND", "Type 'SEND' is neither buy nor sell"),
    ],
)
def test_an_order_and_its_fills_must_fit(old: str, new: str, reason: str) -> None:
    reading = read_as("binance-spot-orders", _orders(old, new))
    assert len(reading.rows) == 2
    assert reason in reasons(reading)[0]


def test_order_ids_that_a_spreadsheet_rounded_are_left_out() -> None:
    reading = read_as("binance-spot-orders", _orders("612094418", "6,12094E+18"))
    assert [fill.order_id for fill in fills(reading)] == ["606220015", "606220015", None, None]
    (note,) = reading.notes
    assert note.startswith("a spreadsheet rounded the ids of 1 orders, so they are left out;")


def test_orders_without_their_fills_are_named() -> None:
    lines = [
        line
        for line in _ORDERS.read_text("utf-8").splitlines(keepends=True)
        if not line.startswith(";")
    ]
    with pytest.raises(InputError, match="order history without the fills of its orders"):
        read_as("binance-spot-orders", "".join(lines).encode())


def test_fills_below_no_order_are_refused() -> None:
    header, _, *rest = _ORDERS.read_text("utf-8").splitlines(keepends=True)
    with pytest.raises(InputError, match="the fills stand below no order"):
        read_as("binance-spot-orders", "".join([header, *rest]).encode())


def test_orders_of_one_second_are_turned_around_and_their_fills_are_not() -> None:
    columns = "Date(UTC);Pair;Type;Order Price;Order Amount;AvgTrading Price;Filled;Total;status"
    text = f"{columns}\n"
    titles = ";Date(UTC);Trading Price;Filled;Total;Fee;;;"
    for when, way in (("05:00", "SELL"), ("05:00", "BUY"), ("04:00", "BUY")):
        time = f"2020-04-08 12:{when}"
        text += f"{time};ETHUSDT;{way};0;3;100;3;300;Filled\n{titles}\n"
        text += "".join(f";{time};100;{n};{n}00;0BNB;;;\n" for n in (1, 2))
    found = fills(read_as("binance-spot-orders", text.encode()))
    sides = [(fill.side.value, int(fill.quantity)) for fill in found]
    assert sides == [("buy", 1), ("buy", 2), ("buy", 1), ("buy", 2), ("sell", 1), ("sell", 2)]
