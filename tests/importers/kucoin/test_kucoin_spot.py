"""KuCoin's exports of spot fills through the years, and its other files."""

from __future__ import annotations

from pathlib import Path

import pytest
from venue_files import fills, lines, own, read_as

from journal.domain.errors import InputError


def test_the_real_bundle_names_its_clock(shared: Path) -> None:
    path = shared / "exports/kucoin/filled_orders_2023_tz_in_header.csv"
    reading = read_as("kucoin", path.read_bytes())
    assert reading.refused == []
    assert not reading.used_zone
    assert lines(reading) == [
        (
            "2023-12-04T04:25:42Z fill KAS-USDT buy 1548.3555 @ 0.14552 fee 0.45063338472 USDT "
            "taker source kucoin"
        ),
        (
            "2023-12-06T23:16:13Z fill DOGE-USDT sell 7634.811 @ 0.09542 fee 0.72851366562 USDT "
            "taker source kucoin"
        ),
    ]
    assert {row.account for row in reading.rows} == {"****4228"}


def test_the_fills_of_2022_ask_for_the_clock(shared: Path) -> None:
    data = (shared / "exports/kucoin/order_history_2022_api_style.csv").read_bytes()
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read_as("kucoin", data)
    reading = read_as("kucoin", data, "UTC+8")
    assert reading.used_zone
    assert [line.partition(" source")[0] for line in lines(reading)] == [
        "2022-04-28T04:36:00Z fill XTZ-USDT sell 36.4479 @ 0.1025 fee 0.00373590975 USDT",
        "2022-04-28T07:46:07Z fill XRP-USDT buy 432.59183198 @ 0.64924 fee 0.2808559209946952 USDT",
    ]


def test_an_impossible_row_of_2019_is_refused(shared: Path) -> None:
    data = (shared / "exports/kucoin/order_history_2019_old.csv").read_bytes()
    reading = read_as("kucoin", data, "UTC")
    assert lines(reading) == [
        "2019-05-11T10:27:17Z fill KCS-BTC buy 10.01 @ 0.00015225 fee 0.00000152 BTC source kucoin"
    ]
    # 10.02 times 0.00015226 is 0.00152565: that file was typed, not exported.
    assert [row.reason for row in reading.refused] == [
        "10.02 at 0.00015226 is not Volume 0.00152403: a cell was changed"
    ]


def test_semicolons_and_commas_say_the_same() -> None:
    plain = fills(read_as("kucoin", own("kucoin/2021.csv"), "UTC"))
    commas = fills(read_as("kucoin", own("kucoin/2021_comma.csv"), "UTC"))
    assert [(fill.quantity, fill.price, fill.fee) for fill in commas] == [
        (fill.quantity, fill.price, fill.fee) for fill in plain
    ]


def test_semicolons_may_stand_between_points() -> None:
    data = own("kucoin/2021.csv").replace(b",", b";")
    assert fills(read_as("kucoin", data, "UTC")) == fills(
        read_as("kucoin", own("kucoin/2021.csv"), "UTC")
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b",USDT,2.25,LTC,", b",BTC,2.25,LTC,", "FilledPriceCoin 'BTC' is not USDT of the pair"),
        (b",2.25,LTC,", b",2.25,BTC,", "AmountCoin 'BTC' is not LTC of the pair"),
        (b"0.2592,USDT", b"0.2592,USD", "the fee is in 'USD', not in LTC or USDT nor in KCS"),
        (b"0.2592,USDT", b"2592,USDT", "a fee of 2592 USDT on 259.2 is too much"),
        (b"Sell", b"Short", "Side 'Short' is neither buy nor sell"),
        (b"2019/06/02", b"02/06/2019", "time '02/06/2019 23:10:05' is not written like"),
        (b"115.2,", b"1152,", "2.25 at 1152 is not Volume 259.2"),
    ],
)
def test_a_bad_cell_refuses_its_row(old: bytes, new: bytes, reason: str) -> None:
    data = own("kucoin/2019.csv")
    assert old in data
    (refused,) = read_as("kucoin", data.replace(old, new), "UTC").refused
    assert refused.reason.startswith(reason)


def test_an_unknown_order_type_may_be_a_cut_one() -> None:
    data = own("kucoin/2021.csv").replace(b"market", b"marke")
    (refused,) = read_as("kucoin", data, "UTC").refused
    assert refused.reason == "order type 'marke' is not known"


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (
            (
                "UID,Account Type,Symbol,Close Type,Realized PNL,Total Realized PNL,"
                "Total Funding Fees,Total Trading Fees,Position Opening Time(UTC+01:00),"
                "Position Closing Time(UTC+01:00)"
            ),
            "Futures Realized PNL export",
        ),
        (
            (
                "UID,Account Type,Order ID,Filled Time(UTC),Symbol,Side,Filled Amount,Filled Price,"
                "Filled Volume,Filled Volume  (USDT),Fee Rate,Fee,Order Type"
            ),
            "Futures Filled Orders export",
        ),
        (
            (
                "UID,Account Type,Order ID,Symbol,Side,Order Type,Filled Price,Filled Amount,"
                "Filled Volume,Filled Volume (USDT),Time Filled(UTC),Fee,Fee Currency,Tax"
            ),
            "Trading Bot export",
        ),
        ("UID,Account Type,Currency,Side,Amount,Fee,Time(UTC),Remark,Type", "Account History"),
        (
            (
                "UID,Account Type,Time(UTC),Coin,Amount,Fee,Hash,Deposit Address,Transfer Network,"
                "Status,Remarks"
            ),
            "Deposit or Withdrawal History",
        ),
        (
            "UID,Account Type,Payment Account,Sell,Buy,Price,Tax,Time of Update(UTC),Status",
            "Convert Orders export",
        ),
        (
            (
                "orderCreatedAt,id,clientOid,symbol,side,type,stopPrice,price,size,dealSize,dealFunds,"
                "averagePrice,fee,feeCurrency,remark,tags,orderStatus,"
            ),
            "order history of 2021",
        ),
        ('"Contract","Realized PNL","Close Time","PNL Details"', "Futures PNL export"),
    ],
)
def test_other_files_of_the_bundle_are_named_and_refused(header: str, what: str) -> None:
    with pytest.raises(InputError, match=f"this is KuCoin's {what}") as caught:
        read_as("kucoin", f"{header}\n")
    assert caught.value.hint
