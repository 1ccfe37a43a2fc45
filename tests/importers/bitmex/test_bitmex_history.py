"""BitMEX's trade history: satoshi, inverse and quanto contracts, times of a browser."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import fills, fundings, read_as, read_path, reasons

from journal.domain.errors import InputError
from journal.domain.event import InstrumentEntry
from journal.domain.fill import Fee, Side
from journal.domain.instrument import Kind
from journal.importers.importer import choose
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_HEADER = (
    "transactTime,symbol,execType,side,lastQty,lastPx,execCost,commission,execComm,ordType,"
    "orderQty,leavesQty,price,text,orderID\n"
)
_ROW = (
    "2020-01-26T18:31:07.000Z,XBTUSD,Trade,Buy,127,8556.5,-1484249,0.00075,1113,Market,127,0,"
    "8556.5,Submission from www.bitmex.com,6fa\n"
)
_UNPRICED = _ROW.replace(",0,8556.5,", ",0,,")


def _local(*times: str) -> str:
    return _HEADER + "".join(_ROW.replace("2020-01-26T18:31:07.000Z", f'"{t}"') for t in times)


def test_fees_and_costs_are_satoshi() -> None:
    (fill,) = fills(read_as("bitmex", _HEADER + _ROW))
    assert (fill.symbol, fill.side, fill.quantity) == ("BTC-USD-PERP", Side.BUY, 127)
    assert fill.fee == Fee(Decimal("0.00001113"), "BTC")


@pytest.mark.parametrize(
    ("symbol", "price", "cost", "fee", "kind", "quote", "multiplier"),
    [
        ("XBTUSD", "8556.5", "1484249", "0.00001113", Kind.INVERSE, "USD", "1"),
        ("XBTH20", "8556.5", "1484249", "0.00001113", Kind.INVERSE, "USD", "1"),
        ("ETHUSD", "168.5", "2139950", "0.00001605", Kind.LINEAR, "BTC", "0.000001"),
        ("ADAM20", "0.00000548", "69596", "0.00000052", Kind.LINEAR, "BTC", "1"),
    ],
)
def test_what_a_contract_is_worth(
    symbol: str, price: str, cost: str, fee: str, kind: Kind, quote: str, multiplier: str
) -> None:
    satoshi = str(round(Decimal(fee) * 10**8))
    row = _UNPRICED.replace("XBTUSD", symbol).replace("127,8556.5,-1484249", f"127,{price},{cost}")
    reading = read_as("bitmex", _HEADER + row.replace(",1113,", f",{satoshi},"))
    assert [each.fee for each in fills(reading)] == [Fee(Decimal(fee), "BTC")]
    (event,) = reading.declarations
    assert isinstance(event.body, InstrumentEntry)
    terms = event.body.terms
    assert (terms.kind, terms.quote, terms.multiplier) == (kind, quote, Decimal(multiplier))


def test_a_quanto_s_profit_is_its_price_difference_in_bitcoin(tmp_path: Path) -> None:
    bought = _UNPRICED.replace("XBTUSD", "ETHUSD").replace("127,8556.5,-1484249", "100,160,1600000")
    sold = bought.replace("Buy,100,160,1600000", "Sell,100,170,-1700000").replace(":07", ":09")
    file, db = tmp_path / "trades.csv", tmp_path / "journal.db"
    file.write_text(_HEADER + bought.replace(",1113,", ",1200,") + sold.replace(",1113,", ",1275,"))
    assert run("import", file, "--db", db).code == 0
    (trade,) = asked(db, "trades")
    assert (Decimal(trade["gross_pnl"]), trade["currency"]) == (Decimal("0.001"), "BTC")


def test_a_contract_in_tether_counts_millionths() -> None:
    row = (
        "2025-01-20T08:10:00.000Z,XBTUSDT,Trade,Buy,3000,96500,289500000,0.0005,144750,Market,"
        "3000,0,96500,x,o\n"
    )
    reading = read_as("bitmex", _HEADER + row)
    assert [each.fee for each in fills(reading)] == [Fee(Decimal("0.14475"), "USDT")]
    old = read_as("bitmex", _HEADER + row.replace("2025", "2021"))
    assert reasons(old) == ["contracts in USDT were settled in XBT then: costs cannot be told"]


def test_what_is_not_known_is_asked_for_with_what_the_costs_show() -> None:
    row = _UNPRICED.replace("XBTUSD", "XRPUSD").replace("127,8556.5,-1484249", "100,0.25,500000")
    reading = read_as("bitmex", _HEADER + row.replace(",1113,", ",375,"))
    assert reading.multiplier_needed == ("XRPUSD",)
    assert reading.notes == ("the costs of XRPUSD are those of a multiplier of 0.0002",)


def test_funding_settlement_and_liquidation() -> None:
    funding = _ROW.replace("Trade,Buy", "Funding,").replace("0.00075,1113", "-0.0001,-148")
    settled = _ROW.replace("Trade,Buy", "Settlement,Sell").replace("0.00075,1113", ",")
    liquidated = _ROW.replace("Submission from www.bitmex.com", '"Liquidation\nof all"')
    reading = read_as("bitmex", _HEADER + funding + settled + liquidated)
    assert [each.amount for each in fundings(reading)] == [Decimal("0.00000148")]
    first, second = fills(reading)
    assert first.is_liquidation
    assert (second.side, second.fee) == (Side.SELL, Fee(Decimal(0), "BTC"))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("Buy", "", "side '' is neither buy nor sell"),
        ("8556.5,-1484249", "85565,-1484249", "do not make a cost of -1484249"),
        (",127,8556.5", ",1270,8556.5", "do not make a cost of -1484249"),
        (",1113,", ",11130,", "is not execCost -1484249 times commission 0.00075"),
        ("127,0,8556.5", "127,0,855.65", "lastPx 8556.5 is far from the order's price 855.65"),
        ("Trade", "Insurance", "execType 'Insurance' is not known"),
        ("XBTUSD", "XBT_USDT", "is no contract whose terms are known here"),
        ("XBTUSD", "XBTEUR", "is no contract whose terms are known here"),
    ],
)
def test_rows_that_cannot_be_are_refused(old: str, new: str, reason: str) -> None:
    (said,) = reasons(read_as("bitmex", _HEADER + _ROW.replace(old, new, 1)))
    assert reason in said


@pytest.mark.parametrize(
    ("times", "utc"),
    [
        ("1/26/2020, 6:32:04 PM", "2020-01-26T17:32:04"),
        ("26/01/2020, 18:32:04", "2020-01-26T17:32:04"),
        ("26/1/2020, 6:32:04 pm; 5/2/2020, 6:32:04 am", "2020-01-26T17:32:04 2020-02-05T05:32:04"),
        ("2/5/2020, 6:32:04 AM; 1/26/2020, 6:32:04 PM", "2020-01-26T17:32:04 2020-02-05T05:32:04"),
    ],
)
def test_a_browser_s_times_are_told_from_the_whole_file(times: str, utc: str) -> None:
    reading = read_as("bitmex", _local(*times.split("; ")), "Europe/Berlin")
    assert [f"{row.event.at.at:%Y-%m-%dT%H:%M:%S}" for row in reading.rows] == utc.split()
    assert reading.used_zone


def test_day_and_month_that_nothing_tells_apart_are_refused() -> None:
    with pytest.raises(InputError, match="whether 1/5 is day and month or month and day"):
        read_as("bitmex", _local("1/5/2020, 6:32:04 PM", "2/5/2020, 6:32:04 PM"), "UTC")


def test_iso_times_are_utc_and_local_ones_need_a_zone() -> None:
    assert not read_as("bitmex", _HEADER + _ROW).used_zone
    assert not read_as("bitmex", _HEADER + _ROW.replace(".000Z", "Z")).refused
    with pytest.raises(InputError, match="have no time zone"):
        read_as("bitmex", _local("1/26/2020, 6:32:04 PM"))


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("transactTime,transactType,amount,fee,address,transactStatus,walletBalance\n", "wallet"),
        ("orderID,symbol,side,orderQty,price,ordType,ordStatus,cumQty,avgPx,leavesQty\n", "order"),
    ],
)
def test_exports_without_fills_are_named(header: str, what: str) -> None:
    with pytest.raises(InputError, match=f"this is BitMEX's {what} history") as refused:
        choose(SourceFile("file", header.encode()), IMPORTERS)
    assert "Trade History instead" in (refused.value.hint or "")


def test_the_real_file(shared: Path) -> None:
    path = shared / "exports/bitmex/trade_history_2020_bom_us_ampm.csv"
    bought, sold = fills(read_path("bitmex", path, "UTC"))
    assert (bought.side, bought.quantity, bought.price) == (Side.BUY, 127, Decimal("8556.5"))
    assert (sold.side, sold.price, sold.fee) == (
        Side.SELL,
        Decimal("8564.5"),
        Fee(Decimal("0.00001112"), "BTC"),
    )


def test_the_real_file_in_the_journal(shared: Path, tmp_path: Path) -> None:
    db = tmp_path / "journal.db"
    path = shared / "exports/bitmex/trade_history_2020_bom_us_ampm.csv"
    assert run("import", path, "--timezone", "UTC", "--db", db).code == 0
    (trade,) = asked(db, "trades")
    # the costs differ by 1484249 - 1482852 satoshi, each rounded per contract
    assert abs(Decimal(trade["gross_pnl"]) - Decimal("0.00001397")) < Decimal("0.0000013")
    assert trade["fees"] == "0.00002225"
