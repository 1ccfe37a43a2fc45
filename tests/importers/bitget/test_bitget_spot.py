"""Bitget's spot exports: the trade history, the order history with details, and the others."""

from __future__ import annotations

from pathlib import Path

import pytest
from venue_files import fills, lines, own, read_as

from journal.domain.errors import InputError


def test_the_sample_with_units_in_some_cells(shared: Path) -> None:
    path = shared / "exports/bitget/spot_export_utc8_units_in_some_cells.csv"
    reading = read_as("bitget-spot", path.read_bytes())
    assert reading.refused == []
    assert [line.partition(" order")[0] for line in lines(reading)] == [
        "2026-09-05T12:00:00Z fill RNVDA-USDT buy 5 @ 180 fee 0.005 RNVDA",
        "2026-09-05T13:00:00Z fill BTC-USDT buy 0.01 @ 60000 fee 0.6 USDT",
        "2026-09-06T12:00:00Z fill RNVDA-USDT sell 4.995 @ 190 fee 0.95 USDT",
    ]


def test_the_order_history_asks_for_the_clock_and_says_the_same_with_semicolons() -> None:
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read_as("bitget-spot", own("bitget-spot/orders.csv"))
    commas = read_as("bitget-spot", own("bitget-spot/orders.csv"), "UTC")
    semicolons = read_as("bitget-spot", own("bitget-spot/orders_2024.csv"), "UTC")
    assert fills(commas) == fills(semicolons)
    # Every fill keeps the text of its order and of all fills beside it.
    assert commas.rows[0].raw is not None
    assert [row.number for row in commas.rows] == [6, 6, 6, 3]
    assert len(commas.rows[0].raw.splitlines()) == 4


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"Sell,16.4", b"Short,16.4", "Direction 'Short' is neither buy nor sell"),
        (b",24.9,408.36,0.4", b",2.49,408.36,0.4", "2.49 at 16.4 is not Trading volume 408.36"),
        (b"24.9,24.9,", b"24.9,25.9,", "its fills add up to 24.9 instead of 25.9"),
        (b"0.40836 USDT", b"40836 USDT", "a fee of 40836 USDT on 408.36 is too much"),
        (b"0.40836 USDT", b"0.40836", "Fee '0.40836' is not a number with its unit"),
        (b"INJ/USDT,INJ,USDT,Sell,16", b"INJ/USDT,INJ,BTC,Sell,16", "INJ/USDT is not the pair"),
        (
            b"2025-02-10 18:09:05,16.4,24.9,408.36,0.40836 USDT\r\n",
            b"",
            "its fills are not in the file: without them neither fee nor time is known",
        ),
    ],
)
def test_an_order_that_does_not_fit_its_fills_is_refused(
    old: bytes, new: bytes, reason: str
) -> None:
    data = own("bitget-spot/orders.csv")
    assert old in data
    reading = read_as("bitget-spot", data.replace(old, new), "UTC")
    assert len(reading.rows) == 3
    assert reading.refused[0].reason.startswith(reason)


def test_an_order_history_of_another_shape_is_refused_whole() -> None:
    data = own("bitget-spot/orders.csv")
    with pytest.raises(InputError, match="the columns are not the ones this export has"):
        read_as("bitget-spot", data.replace(b",Type,", b",Kind,"), "UTC")
    with pytest.raises(InputError, match="the row has 6 cells, neither an order's 13 nor"):
        read_as("bitget-spot", data.replace(b"0.40836 USDT", b"0.40836 USDT,x"), "UTC")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            (
                "Date,Order ID,Direction,Coin,Futures,order source,Transaction type,Price,"
                "Average Price,Order amount,Executed,Trading volume,Realized P/L,NetProfits,Status"
            ),
            "futures order history, which tells neither fees nor times of fills",
        ),
        (
            "Order,Date,Coin,Futures,Margin Mode,Type,Amount,Fee,Wallet balance",
            "futures transactions",
        ),
        ("order;Date;Coin;Type;Amount;Fee;Available", "spot transactions"),
        ("\ufefforder,Date,Coin,Type,Amount,Fee,Available", "spot transactions"),
        ("Reference,Start time,Coin,Type,Interest coin,Amount,Handling fee,Status", "Earn export"),
        (
            "Futures,Opened,Entry,Exit\nINJUSDT Short·Isolated,2026-01-25 17:21:15,5.1,5.0",
            "futures position history, which lists closed positions",
        ),
    ],
)
def test_other_exports_are_named_and_refused(text: str, what: str) -> None:
    with pytest.raises(InputError, match=f"this is Bitget's {what}") as caught:
        read_as("bitget-spot", f"{text}\n")
    assert caught.value.hint
