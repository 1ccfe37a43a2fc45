"""Bybit's trade history of spot: the coin of its fees, and real files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import fills, read_as, read_path, reasons

from journal.domain.errors import InputError
from journal.domain.fill import Fee

_OF_2024 = (
    "Spot Pairs,Order Type,Direction,Filled Value,Filled Price,Filled Quantity,Fees,"
    "Transaction ID,Order No.,Timestamp (UTC)\n"
)
_OF_2026 = (
    "Spot Pairs,Order Type,Direction,feeCoin,ExecFeeV2,Filled Value,Filled Price,Filled Quantity,"
    "Fees,Transaction ID,Order No.,Timestamp (UTC)\n"
)


def _fee(text: str) -> Fee | None:
    (fill,) = fills(read_as("bybit-spot", text))
    return fill.fee


@pytest.mark.parametrize(
    ("side", "fee", "expected"),
    [
        ("BUY", "0.01", Fee(Decimal("0.01"), "ICP")),
        ("SELL", "0.08", Fee(Decimal("0.08"), "USDT")),
        ("BUY", "-0.008", Fee(Decimal("-0.008"), "USDT")),
        ("SELL", "-0.001", Fee(Decimal("-0.001"), "ICP")),
        ("SELL", "--", None),
    ],
)
def test_the_fee_of_2024_is_in_the_coin_received(side: str, fee: str, expected: Fee | None) -> None:
    row = f"ICPUSDT,LIMIT,{side},80,8,10,{fee},22000001, 87307520,03:18 2024-11-15\n"
    assert _fee(_OF_2024 + row) == expected


@pytest.mark.parametrize(
    ("coin", "fee", "expected"),
    [
        ("ICP", "0.01", Fee(Decimal("0.01"), "ICP")),
        ("MNT", "0.07", Fee(Decimal("0.07"), "MNT")),
        ("", "", None),
    ],
)
def test_the_fee_of_2026_names_its_coin(coin: str, fee: str, expected: Fee | None) -> None:
    row = f"ICPUSDT,LIMIT,BUY,{coin},{fee},80,8,10,--,22000001, 87307520,03:18 2026-11-15\n"
    assert _fee(_OF_2026 + row) == expected


def test_one_of_the_columns_of_2026_does_not_come_without_the_other() -> None:
    header = _OF_2026.replace("feeCoin,", "")
    row = "ICPUSDT,LIMIT,BUY,0.01,80,8,10,--,22000001, 87307520,03:18 2026-11-15\n"
    with pytest.raises(InputError, match="missing 'feeCoin'"):
        read_as("bybit-spot", header + row)


def test_the_account_stands_above_the_header() -> None:
    row = "ICPUSDT,LIMIT,BUY,ICP,0.01,80,8,10,--,22000001, 87307520,03:18 2026-11-15\n"
    above = "UID: 104120077,Company Name: ,Country: \n"
    assert read_as("bybit-spot", above + _OF_2026 + row).rows[0].account == "104120077"
    assert read_as("bybit-spot", _OF_2026 + row).rows[0].account is None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("BUY", "Hold", "Direction 'Hold' is neither buy nor sell"),
        (",80,", ",95,", "is not Filled Value 95"),
        (",0.01,", ",1.01,", "too much"),
        ("ICPUSDT", "ICP", "'ICP' is not a pair"),
    ],
)
def test_rows_that_cannot_be_are_refused(old: str, new: str, reason: str) -> None:
    row = "ICPUSDT,LIMIT,BUY,80,8,10,0.01,22000001, 87307520,03:18 2024-11-15\n"
    (said,) = reasons(read_as("bybit-spot", _OF_2024 + row.replace(old, new)))
    assert reason in said


def test_the_real_file_of_2024(shared: Path) -> None:
    path = shared / "exports" / "bybit" / "spot_trade_history_uta_2024.csv"
    bought, sold = fills(read_path("bybit-spot", path))
    assert (bought.symbol, bought.side, bought.quantity) == ("ICP-USDT", "buy", 10)
    assert (bought.price, bought.fee) == (Decimal("8.0203"), Fee(Decimal("0.01"), "ICP"))
    assert (sold.quantity, sold.price) == (Decimal("5.36"), Decimal("9.3234"))
    assert sold.fee == Fee(Decimal("0.04997342400000000000"), "USDT")
    assert (sold.venue_id, sold.order_id) == ("2200000000355489633", "53982208")


def test_the_real_file_of_2024_in_the_journal(shared: Path, tmp_path: Path) -> None:
    db = tmp_path / "journal.db"
    path = shared / "exports" / "bybit" / "spot_trade_history_uta_2024.csv"
    assert run("import", path, "--db", db).code == 0
    (trade,) = asked(db, "trades")
    assert (trade["quantity"], trade["average_entry"]) == ("10", "8.0203")
    # 0.01 ICP at 8.0203 and 0.049973424 USDT
    assert trade["fees"] == "0.130176424"
