"""Kraken's trades.csv: margin positions apart, and a real file."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import fills, read_as, read_path, reasons

from journal.domain.fill import Fee, Fill

_HEADER = "txid,ordertxid,pair,time,type,ordertype,price,cost,fee,vol,margin,misc,ledgers\n"
_ROW = 'T1,O1,XXRPZUSD,2019-09-05 10:15:30.12,sell,market,0.261,261,0.67860,1000,0,"","L1,L2"\n'


def _one(row: str) -> Fill:
    (fill,) = fills(read_as("kraken-trades", _HEADER + row))
    return fill


def test_the_fee_is_in_the_quote_currency() -> None:
    assert _one(_ROW).fee == Fee(Decimal("0.67860"), "USD")


def test_a_maker_s_rebate_is_negative() -> None:
    assert _one(_ROW.replace(",0.67860,", ",-0.02610,")).fee == Fee(Decimal("-0.0261"), "USD")


@pytest.mark.parametrize(
    ("old", "new", "symbol"),
    [
        ("", "", "XRP-USD"),
        (',"",', ',"initiated",', "XRP-USD"),
        (",1000,0,", ",1000,87.00000,", "XRP-USD-MARGIN"),
        (',"",', ',"closing",', "XRP-USD-MARGIN"),
        (',"",', ',"stopped,closing",', "XRP-USD-MARGIN"),
    ],
)
def test_a_margin_position_is_kept_apart_from_the_coins(old: str, new: str, symbol: str) -> None:
    assert _one(_ROW.replace(old, new) if old else _ROW).symbol == symbol


def test_a_margin_position_can_be_short_and_is_settled_in_the_quote(tmp_path: Path) -> None:
    opened = _ROW.replace(",1000,0,", ",1000,87,")
    closed = 'T2,O2,XXRPZUSD,2019-09-06 10:00:00,buy,market,0.25,250,0.65,1000,0,"closing","L3"\n'
    file, db = tmp_path / "trades.csv", tmp_path / "journal.db"
    file.write_text(_HEADER + opened + closed)
    assert run("import", file, "--db", db).code == 0
    (trade,) = asked(db, "trades")
    assert (trade["direction"], trade["state"], trade["opening_known"]) == ("short", "closed", True)
    assert Decimal(trade["gross_pnl"]) == 11
    assert trade["currency"] == "USD"


def test_a_liquidation_is_marked() -> None:
    fill = _one(_ROW.replace(',"",', ',"liquidated,closing",'))
    assert fill.is_liquidation


def test_handing_over_coins_for_a_position_is_no_trade() -> None:
    reading = read_as("kraken-trades", _HEADER + _ROW.replace("sell", "settled"))
    assert dict(reading.ignored) == {"settled margin position": 1}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("sell", "short", "type 'short' is neither buy nor sell"),
        (",261,", ",291,", "is not cost 291"),
        (",0.67860,", ",67.860,", "is too much"),
        ("XXRPZUSD", "XXRP", "is not a pair"),
        ("2019-09-05", "05/09/2019", "is not written like YYYY-MM-DD"),
    ],
)
def test_rows_that_cannot_be_are_refused(old: str, new: str, reason: str) -> None:
    (said,) = reasons(read_as("kraken-trades", _HEADER + _ROW.replace(old, new)))
    assert reason in said


def test_the_real_file(shared: Path) -> None:
    found = fills(read_path("kraken-trades", shared / "exports/kraken/trades_2014_xltczeur.csv"))
    assert len(found) == 42
    assert len({fill.order_id for fill in found}) == 10
    assert len({fill.venue_id for fill in found}) == 42
    assert Counter(fill.symbol for fill in found) == {"LTC-EUR": 33, "ETH-EUR": 1, "XMR-EUR": 8}
    first = found[0]
    assert (first.side, first.quantity, first.price) == (
        "buy",
        Decimal("1.80464463"),
        Decimal("18.1"),
    )
    assert first.fee == Fee(Decimal("0.06533"), "EUR")
    sold = sum(fill.quantity for fill in found if fill.symbol == "LTC-EUR" and fill.side == "sell")
    assert sold == Decimal("136.3753")


def test_the_real_file_in_the_journal(shared: Path, tmp_path: Path) -> None:
    db = tmp_path / "journal.db"
    path = shared / "exports/kraken/trades_2014_xltczeur.csv"
    assert run("import", path, "--db", db).code == 0
    assert len(asked(db, "fills")) == 42
    again = run("import", path, "--db", db)
    assert again.code == 0
    assert "0 new, 42 known" in again.out + again.err
