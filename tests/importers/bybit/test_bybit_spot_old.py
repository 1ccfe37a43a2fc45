"""Bybit's trade history of spot before the UTA: units in cells, two times, ids cut short."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from venue_files import fills, read_as, read_path, reasons

from journal.domain.fill import Fee

_HEADER = (
    "Filled Time (Local Time),Spot Pairs,Order Type,Direction,Filled Value,Filled Price,"
    "Filled Quantity,Fees,Transaction ID,Order No.,Timestamp (UTC)\n"
)
_ROW = (
    "2024-08-19 18:30:02,1INCH/USDT,Limit,Buy,29.88 USDT,0.249 USDT,120 1INCH,0.12 1INCH,"
    "30914048,66019328,2024-08-19 16:30:02\n"
)


def test_the_pair_decides_where_a_number_ends() -> None:
    (fill,) = fills(read_as("bybit-spot-old", _HEADER + _ROW.replace("120 1INCH", "1201INCH")))
    assert (fill.symbol, fill.quantity) == ("1INCH-USDT", 120)


def test_the_second_time_counts_and_needs_no_zone() -> None:
    reading = read_as("bybit-spot-old", _HEADER + _ROW)
    assert reading.rows[0].event.at.at.isoformat() == "2024-08-19T16:30:02+00:00"
    assert not reading.used_zone


def test_ids_of_eight_digits_are_not_taken_for_ids() -> None:
    long = _ROW.replace("30914048", "2200000000330914048")
    assert [fill.venue_id for fill in fills(read_as("bybit-spot-old", _HEADER + _ROW + long))] == [
        "2200000000330914048",
        None,
    ]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Buy", "Hold", "Direction 'Hold' is neither buy nor sell"),
        ("29.88 USDT", "29.88 USDC", "is not a number in USDT"),
        ("0.249 USDT", "0.249 1INCH", "is not a number in USDT"),
        ("0.249 USDT", "0.259 USDT", "is not Filled Value"),
        ("0.12 1INCH", "120 1INCH", "too much"),
        ("2024-08-19 18:30:02", "2024-08-19 18:33:02", "are not one time in two zones"),
        ("2024-08-19 18:30:02", "2024-09-19 18:30:02", "are not one time in two zones"),
    ],
)
def test_rows_that_cannot_be_are_refused(old: str, new: str, reason: str) -> None:
    (said,) = reasons(read_as("bybit-spot-old", _HEADER + _ROW.replace(old, new)))
    assert reason in said


def test_the_real_file(shared: Path) -> None:
    path = shared / "exports" / "bybit" / "spot_trade_history_pre_uta_units_in_cells.csv"
    bought, sold = fills(read_path("bybit-spot-old", path))
    assert (bought.symbol, bought.side, bought.quantity) == (
        "NEIRO-USDT",
        "buy",
        Decimal("1123.590000000000000000"),
    )
    assert (bought.price, bought.fee) == (Decimal("0.089"), Fee(Decimal("2.24718"), "NEIRO"))
    assert (sold.side, sold.fee) == ("sell", Fee(Decimal("0.199374252"), "USDT"))
