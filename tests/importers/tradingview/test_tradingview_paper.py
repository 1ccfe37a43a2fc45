"""TradingView's Paper Trading: a real history, its columns over the years, orders not filled."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run

from journal.domain.errors import InputError
from journal.domain.fill import Fill
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.tradingview.paper import IMPORTER
from journal.importers.tradingview.symbols import market_of
from journal.importers.zones import zone_of

_HEADER = (
    "Symbol,Side,Type,Quantity,Limit price,Stop price,Fill price,Status,Commission,"
    "Placing time,Closing time,Order ID,Level ID,Leverage,Margin\n"
)
_ROW = (
    "NASDAQ:KORV,Buy,Market,10,,,7.5,Filled,1,2026-10-14 15:00:00,2026-10-14 15:00:01,77,,2:1,"
    '"37.50 USD"\n'
)


def _read(text: str) -> Reading:
    file = SourceFile("history.csv", text.encode())
    assert choose(file, IMPORTERS) is IMPORTER
    return IMPORTER.read(file, ReadOptions(zone_of("UTC")))


def _fills(reading: Reading) -> list[Fill]:
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def test_the_real_history_is_read_whole_and_its_positions_are_flat(
    shared: Path, tmp_path: Path
) -> None:
    path = shared / "exports/tradingview/paper_order_history_2026_fractional_partial.csv"
    reading = _read(path.read_text())
    assert reading.ignored == Counter({"cancelled order": 1, "rejected order": 1})
    assert reading.refused == []
    assert len(reading.rows) == 25
    db = tmp_path / "journal.db"
    ran = run("import", path, "--timezone", "America/New_York", "--db", db)
    assert ran.code == 0, ran.err
    trades = asked(db, "trades")
    assert [trade["instrument"] for trade in trades] == ["PMI", "HUBC", "DEVS", "WCT"]
    assert {trade["state"] for trade in trades} == {"closed"}
    # 3 x 1724.5 shares lost 0.003 each, 1724.5 won 0.002, and five orders cost 1.5 each.
    assert round(Decimal(trades[0]["net_pnl"]), 6) == Decimal("-19.5715")
    again = run("import", path, "--timezone", "America/New_York", "--db", db)
    assert "0 new" in again.out


def test_the_strategy_tester_s_list_is_refused_with_the_export_to_fetch(shared: Path) -> None:
    path = shared / "exports/tradingview/list_of_trades_ada_2023.csv"
    with pytest.raises(InputError, match="pairs without a symbol, not fills") as caught:
        choose(SourceFile.at(path), IMPORTERS)
    assert "order history of Paper Trading instead" in str(caught.value.hint)


@pytest.mark.parametrize(
    "header",
    [
        "Trade number,Type,Date and time,Signal,Price USD,Size (qty),Net PnL USD\n",
        "Trade #,Type,Date and time,Signal,Price USD,Position size (qty),Net P&L USD\n",
        "Symbol,Side,Qty,Avg Fill Price,Take Profit,Stop Loss,Last Price,Unrealized PnL\n",
        "Time,Balance Before,Balance After,Realized PnL (value),Realized PnL (currency),Action\n",
    ],
)
def test_other_exports_over_the_years_are_refused(header: str) -> None:
    with pytest.raises(InputError, match="not fills"):
        choose(SourceFile("x.csv", header.encode()), IMPORTERS)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Symbol,Side,Type,Qty,Limit Price,Stop Price,Fill Price,Status,Commission,Leverage,"
            "Margin,Placing Time,Closing Time,Order ID\n"
            'NASDAQ:KORV,Buy,Market,10,,,7.5,Filled,1,2:1,"37.50 USD",'
            "2026-10-14 15:00:00,2026-10-14 15:00:01,77\n"
        ),
        (
            "Symbol,Side,Type,Qty,Fill Price,Commission,Placing Time,Closing Time,Order ID,"
            "Leverage,Margin\n"
            "NASDAQ:KORV,Buy,Market,10,7.5,1,2026-10-14 15:00:00,2026-10-14 15:00:01,77,"
            "2x,37.5 USD\n"
        ),
    ],
)
def test_the_columns_of_other_years_say_the_same(text: str) -> None:
    assert _fills(_read(text)) == _fills(_read(_HEADER + _ROW))


def test_without_a_status_an_order_without_a_price_was_not_filled() -> None:
    header = "Symbol,Side,Qty,Fill Price,Placing Time,Closing Time,Order ID,Leverage\n"
    row = "NYSE:ABC,Sell,5,{},2026-10-14 15:00:00,2026-10-14 15:00:01,78,1:1\n"
    reading = _read(header + row.format("0.00") + row.format("") + row.format("3"))
    assert reading.ignored == Counter({"order that was not filled": 2})
    assert [fill.fee for fill in _fills(reading)] == [None]


def test_a_commission_without_a_currency_is_unknown_and_said_so() -> None:
    reading = _read(_HEADER + _ROW.replace('"37.50 USD"', ""))
    assert [fill.fee for fill in _fills(reading)] == [None]
    assert "its commissions stay unknown" in reading.notes[0]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",7.5,", ",0,", "a filled order has the fill price '0'"),
        ("Filled", "Partially filled", "Status 'Partially filled' does not say how much of the"),
        ("Filled", "Cancelled", "a cancelled order has the fill price 7.5: it was partly filled"),
        (",10,", ",100,", "100 at 7.5 is not the margin 37.50 USD at 2:1: a cell was changed"),
        (",2:1,", ",02:01,", "Leverage '02:01' is not like 10:1 or 10x"),
        ("Buy", "Long", "Side 'Long' is neither buy nor sell"),
        ("2026-10-14 15:00:01", "10/14/26 15:00", "Closing time '10/14/26 15:00' is not written"),
        ("15:00:01", "14:00:01", "Placing time 2026-10-14 15:00:00 is after Closing time"),
        ("NASDAQ:KORV", "NASDAQ:KO RV", "Symbol 'NASDAQ:KO RV' is not like NASDAQ:AAPL"),
    ],
)
def test_a_bad_cell_refuses_its_row(old: str, new: str, reason: str) -> None:
    (refused,) = _read(_HEADER + _ROW.replace(old, new)).refused
    assert refused.reason.startswith(reason)


def test_margins_in_two_currencies_refuse_the_file() -> None:
    with pytest.raises(InputError, match="several currencies: EUR, USD"):
        _read(_HEADER + _ROW + _ROW.replace("USD", "EUR"))


@pytest.mark.parametrize(
    ("text", "symbol", "quote", "size"),
    [
        ("NASDAQ:WCT", "WCT", "USD", "1"),
        ("AAPL", "AAPL", None, None),
        ("XETR:SAP", "SAP", None, None),
        ("NYSE:EURUSD", "EURUSD", "USD", "1"),
        ("FX_IDC:EURJPY", "EURJPY", "JPY", "1"),
        ("BINANCE:TRXUSDT.P", "TRX-USDT-PERP", "USDT", "1"),
        ("COINBASE:BTCUSD", "BTC-USD", "USD", "1"),
        ("BYBIT:ETHUSD.P", "ETH-USD-PERP", "USD", None),
        ("CME_MINI:ES1!", "ES1", "USD", "50"),
        ("CME_MINI:ESZ2026", "ESZ2026", "USD", "50"),
        ("EUREX:FDAX1!", "FDAX1", None, None),
    ],
)
def test_symbols(text: str, symbol: str, quote: str | None, size: str | None) -> None:
    market = market_of(text)
    assert (market.symbol, market.quote) == (symbol, quote)
    assert market.size == (Decimal(size) if size else None)
