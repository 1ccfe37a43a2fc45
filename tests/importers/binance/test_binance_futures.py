"""Binance futures: the two histories of trades, funding, and what the platform printed."""

from __future__ import annotations

import json
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import EXPORTS, fills, read_as, reasons

from journal.domain.errors import InputError
from journal.domain.event import Funding, InstrumentEntry
from journal.domain.fill import Fee, Liquidity
from journal.domain.instrument import Kind
from journal.domain.plan import Direction
from journal.importers.binance.contracts import contract

_CSV = EXPORTS / "binance-usdm" / "trades_2026.csv"


def test_the_platform_s_realised_profits_come_out(shared: Path, journal_db: Path) -> None:
    cases = json.loads((shared / "cases/export_oracles_share.json").read_text("utf-8"))["cases"]
    case = next(case for case in cases if case["id"] == "export/binance_usdm_xrp_2023")
    ran = run("import", shared / case["file"], "--db", journal_db)
    assert ran.code == 0, ran.err
    trades = asked(journal_db, "trades")
    printed = [Decimal(text) for text in case["expected"]["realized_per_fill_gross"]]
    closed = [Decimal(trade["gross_pnl"]) for trade in trades if trade["state"] == "closed"]
    closing = [profit for profit in printed if profit]
    assert len(closed) == len(closing) == 52
    within = Decimal(str(case["tolerance_abs"]))
    assert max(abs(own - theirs) for own, theirs in zip(closed, closing, strict=True)) < within
    total = Decimal(case["expected"]["final"]["realized_gross"])
    assert abs(sum(closed) - total) < within
    assert [trade["state"] for trade in trades].count("open") == 1
    assert trades[-1]["quantity"] == "6421182.9"
    assert trades[-1]["direction"] == "long"
    given = [(fill["side"], Decimal(fill["qty"])) for fill in case["fills"]]
    assert [(one["side"], Decimal(one["quantity"])) for one in asked(journal_db, "fills")] == given


def test_the_real_sheet_reads_without_a_zone_in_the_venue_s_order(shared: Path) -> None:
    path = shared / "exports/binance/usdm_futures_trade_history_2023_datetime_cells.xlsx"
    reading = read_as("binance-usdm", path.read_bytes())
    assert len(reading.rows) == 105
    assert not reading.refused
    assert not reading.used_zone
    assert reading.multiplier_needed == ()
    numbers = [row.number for row in reading.rows]
    assert all(later == earlier - 1 for earlier, later in pairwise(numbers))
    assert fills(reading)[0].fee == Fee(Decimal("446.89511446"), "BUSD")


def test_the_later_csv_keeps_all_it_tells() -> None:
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read_as("binance-usdm", _CSV.read_bytes())
    reading = read_as("binance-usdm", _CSV.read_bytes(), "UTC+3")
    assert reading.used_zone
    assert {row.account for row in reading.rows} == {"501234567"}
    maker = next(fill for fill in fills(reading) if fill.venue_id == "391200447")
    assert (maker.liquidity, maker.order_id) == (Liquidity.MAKER, "40881199250")
    assert maker.fee == Fee(Decimal("-0.00872220"), "USDC")


def _changed(old: bytes, new: bytes) -> list[str]:
    data = _CSV.read_bytes()
    assert old in data
    return reasons(read_as("binance-usdm", data.replace(old, new), "UTC"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b"70950.4,0.006,", b"70950.4,6,", "6 at 70950.4 is not the amount 425.7024"),
        (b"USDT,BUY,70950", b"USDT,SELL,70950", "Side sell and Buyer 'true' do not agree"),
        (b"true,true,7420118850", b"Y,N,7420118850", "Buyer 'Y' is neither true nor false"),
        (b"26-03-18 00:12", b"18.03.26 00:12", "is not written like YYYY-MM-DD hh:mm:ss"),
        (b"7420118850", b"7.42012E+18", "was rounded by a spreadsheet"),
        (b"BTCUSDT,BUY", b"BTCUSD_PERP,BUY", "BTCUSD_PERP is coin-margined"),
        (b"BTCUSDT,BUY", "\u5e01\u5b89USDT,BUY".encode(), "is no contract of Binance"),
    ],
)
def test_rows_that_cannot_be(old: bytes, new: bytes, reason: str) -> None:
    (found,) = _changed(old, new)
    assert reason in found


def test_the_archive_tells_its_zone_and_the_side_of_the_position() -> None:
    reading = read_as(
        "binance-usdm",
        b"Uid,Time(UTC),Symbol,Side,Position Side,Price,Quantity,Amount,Fee,Realized Profit,"
        b"Buyer,Maker,Trade Id,Order Id\n"
        b"1,2023-01-01 00:00:00,ETHUSDT,BUY,Short,1200,2,2400,0.0035 BNB,2.34,true,false,99,88\n",
    )
    (fill,) = fills(reading)
    assert fill.position_side is Direction.SHORT
    assert (fill.venue_id, fill.order_id, fill.fee) == ("99", "88", Fee(Decimal("0.0035"), "BNB"))
    assert not reading.used_zone


@pytest.mark.parametrize(
    ("name", "symbol", "kind", "multiplier"),
    [
        ("BTCUSDT", "BTC-USDT-PERP", Kind.LINEAR, 1),
        ("1000PEPEUSDC", "1000PEPE-USDC-PERP", Kind.LINEAR, 1),
        ("ETHBTC", "ETH-BTC-PERP", Kind.LINEAR, 1),
        ("BTCUSDT_240628", "BTCUSDT_240628", Kind.LINEAR, 1),
        ("BTCUSD_PERP", "BTC-USD-PERP", Kind.INVERSE, 100),
        ("BNBUSD_PERP", "BNB-USD-PERP", Kind.INVERSE, 10),
        ("BTCUSD_240628", "BTCUSD_240628", Kind.INVERSE, 100),
    ],
)
def test_names_of_contracts(name: str, symbol: str, kind: Kind, multiplier: int) -> None:
    found = contract(name)
    assert (found.symbol, found.terms.kind, found.terms.multiplier) == (symbol, kind, multiplier)


@pytest.mark.parametrize("name", ["", "BTC", "USDT", "BTCUSDT_PERP", "btcusdt", "BTC-USDT"])
def test_what_is_no_contract(name: str) -> None:
    with pytest.raises(InputError, match="is no contract of Binance that is known here"):
        contract(name)


def test_a_contract_must_be_in_the_quote_its_row_tells() -> None:
    sheet = EXPORTS / "binance-usdm" / "sheet_2022.xlsx"
    assert contract("BTCBUSD", "BUSD").symbol == "BTC-BUSD-PERP"
    with pytest.raises(InputError, match="is no contract"):
        contract("BTCBUSD", "USDT")
    equal = [fill for fill in fills(read_as("binance-usdm", sheet.read_bytes())) if fill.price]
    assert equal[-1] == equal[-2]


def test_funding_is_negative_where_it_was_paid_and_declares_its_contract() -> None:
    data = (EXPORTS / "binance-funding" / "transactions.csv").read_bytes()
    reading = read_as("binance-funding", data, "UTC+3")
    bodies = [row.event.body for row in reading.rows]
    assert all(isinstance(body, Funding) for body in bodies)
    assert [event.body.symbol for event in reading.declarations if _declares(event.body)] == [
        "BTC-USDT-PERP",
        "ETH-USDC-PERP",
    ]
    strange = data.replace(b"TRANSFER", b"SURPRISE")
    assert reasons(read_as("binance-funding", strange, "UTC")) == [
        "type 'SURPRISE' is no kind of transaction that is known here"
    ]
    both = data.replace(b"Time,Type", b"Type,Type")
    with pytest.raises(InputError, match="twice 'Type'"):
        read_as("binance-funding", both)


def _declares(body: object) -> bool:
    return isinstance(body, InstrumentEntry)


def test_funding_and_fills_of_a_contract_meet_in_its_trade(tmp_path: Path) -> None:
    db = tmp_path / "j.db"
    header, *rows = (
        (EXPORTS / "binance-funding" / "transactions.csv").read_text().splitlines(keepends=True)
    )
    funding = tmp_path / "funding.csv"
    funding.write_text(header + "".join(row for row in rows if "BTCUSDT" in row))
    for path in (funding, _CSV):
        ran = run("import", path, "--timezone", "UTC+3", "--db", db)
        assert ran.code == 0, ran.err
    trade = next(one for one in asked(db, "trades") if one["instrument"] == "BTC-USDT-PERP")
    # Short 0.006 from 09:34 to 21:12 of the 17th: both payments fall after it.
    assert (trade["state"], trade["funding"]) == ("closed", "0")
