"""OKX's Trading History: legs, sides, zones, what begins inside a position, and the real file."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from okx_rows import HEAD, UTC_HEAD, fills_of, read_okx, reasons_of

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Fill, Side
from journal.importers.importer import choose
from journal.importers.reading import ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_BUY = (
    "3101,90,2026-02-03 10:00:00,Spot,BTC-USDT,Buy,0.01,USDT,90000,0,-0.00001,BTC,0,0,0.00999,1,BTC"
)
_PAID = "3102,90,2026-02-03 10:00:00,Spot,BTC-USDT,Sell,900,USDT,90000,0,0,USDT,0,0,-900,50,USDT"


def test_the_real_export_of_2025_is_seven_fills(shared: Path) -> None:
    path = shared / "exports/okx/trading_history_spot_2025_partial_fills_no_preamble.csv"
    file = SourceFile.at(path)
    importer = choose(file, IMPORTERS)
    reading = importer.read(file, ReadOptions(zone_of("UTC")))
    assert reading.used_zone
    assert not reading.ignored
    *sold, bought = fills_of(reading)
    assert bought == Fill(
        "BTC-EUR",
        Side.BUY,
        Decimal("0.06436375"),
        Decimal("95264.8"),
        Fee(Decimal("0.00016091"), "BTC"),
        venue_id="2968046098898771968",
        order_id="2968046098831663104",
        source="okx-trades",
    )
    assert [fill.venue_id and fill.venue_id[-3:] for fill in sold] == [
        "672",
        "674",
        "676",
        "678",
        "680",
        "682",
    ]
    assert {(fill.symbol, fill.side) for fill in sold} == {("ADA-EUR", Side.SELL)}
    # What another program's tests say of these rows.
    assert sum(fill.quantity for fill in sold) == Decimal("6608.9101")
    assert sum(fill.fee.amount for fill in sold if fill.fee) == Decimal("9.49950318")


def test_the_real_export_without_a_zone_asks_for_it(shared: Path) -> None:
    path = shared / "exports/okx/trading_history_spot_2025_partial_fills_no_preamble.csv"
    file = SourceFile.at(path)
    with pytest.raises(InputError, match="no time zone"):
        choose(file, IMPORTERS).read(file, ReadOptions())


@pytest.mark.parametrize(
    ("preamble", "hour"),
    [
        ("UID:7,Account Type:Main,Time Zone:UTC+8", 2),
        ("\ufeffUID:7,\ufeffAccount Type:Main,\ufeffTime Zone:UTC-3:30", 13),
        ("用户ID:7,账户类型:交易账户,时区:UTC+8", 2),
        ("UID:7,Account Type:Main,Time Zone:Asia/Shanghai", 2),
        ("UID:7,Account Type:Trading,Time Zone:UTC", 10),
    ],
)
def test_the_zone_of_the_preamble_goes_before_the_one_asked_for(preamble: str, hour: int) -> None:
    reading = read_okx(preamble, HEAD, _BUY, _PAID, zone="America/New_York")
    assert [row.event.at.at.hour for row in reading.rows] == [hour]
    assert not reading.used_zone


def test_a_preamble_without_a_zone_leaves_it_to_the_user() -> None:
    reading = read_okx(
        "UID,7,Trading account,,,,,,,,,,,,,,", HEAD, _BUY, _PAID, zone="Europe/Berlin"
    )
    assert [row.event.at.at.hour for row in reading.rows] == [9]
    assert reading.used_zone


def test_a_last_line_without_its_end_is_read() -> None:
    file = SourceFile("okx.csv", f"{UTC_HEAD}\n{HEAD}\n{_PAID}\n{_BUY}".encode())
    assert len(choose(file, IMPORTERS).read(file, ReadOptions()).rows) == 1


def test_a_sale_is_not_the_buy_of_its_money() -> None:
    reading = read_okx(
        UTC_HEAD,
        HEAD,
        "598,48,2026-02-03 10:00:00,Spot,BTC-USDT,Buy,718.40213,BTC,30200,0,-0.5747217,USDT,0,0,"
        "717.8274083,1953,USDT",
        "596,48,2026-02-03 10:00:00,Spot,BTC-USDT,Sell,0.02378815,BTC,30200,0,0,BTC,0,0,"
        "-0.02378815,0,BTC",
    )
    (fill,) = fills_of(reading)
    assert (fill.side, fill.quantity, fill.price) == (
        Side.SELL,
        Decimal("0.02378815"),
        Decimal(30200),
    )
    assert (fill.fee, fill.venue_id) == (Fee(Decimal("0.5747217"), "USDT"), "596")


def test_fills_of_one_order_keep_their_own_legs_however_the_rows_stand() -> None:
    rows = []
    for n in range(40):
        quantity, price = Decimal(n % 7 + 1) / 10, Decimal(90000 + n % 3)
        rows += [
            (
                f"{5000 + 3 * n},1,2026-02-03 10:00:00,Spot,BTC-USDT,Buy,{quantity},USDT,{price},0,"
                f"-0.0001,BTC,0,0,{quantity - Decimal('0.0001')},1,BTC"
            ),
            (
                f"{5001 + 3 * n},1,2026-02-03 10:00:00,Spot,BTC-USDT,Sell,{quantity * price},USDT,"
                f"{price},0,0,USDT,0,0,{-quantity * price},1,USDT"
            ),
        ]
    random.Random(2).shuffle(rows)  # noqa: S311 - any order will do
    reading = read_okx(UTC_HEAD, HEAD, *rows)
    assert [fill.venue_id for fill in fills_of(reading)] == [str(5000 + 3 * n) for n in range(40)]
    for row in reading.rows:
        base, quote = (line.split(",") for line in (row.raw or "").split("\n"))
        assert int(quote[0]) - int(base[0]) == 1


@pytest.mark.parametrize("missing", [_BUY, _PAID])
def test_a_leg_without_its_other_is_refused(missing: str) -> None:
    (only,) = {_BUY, _PAID} - {missing}
    assert reasons_of(read_okx(UTC_HEAD, HEAD, only)) == [
        "no row of order 90 fits this one as its other half: a fill is two rows, one for each coin"
    ]


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (",90,", ",91,"),
        ("10:00:00", "10:00:01"),
        (",90000,", ",90001,"),
        (",Sell,900,", ",Sell,9000,"),
        (",Sell,900,", ",Buy,900,"),
        (",0,USDT,0,0,", ",-1,USDT,0,0,"),
        (",50,USDT", ",50,EUR"),
    ],
)
def test_legs_that_do_not_fit_together_are_refused(right: str, wrong: str) -> None:
    assert right in _PAID
    reading = read_okx(UTC_HEAD, HEAD, _BUY, _PAID.replace(right, wrong))
    assert len(reasons_of(reading)) == 2


def test_two_fees_on_one_fill_are_refused() -> None:
    paid = _PAID.replace("0,USDT,0,0,-900", "-1,USDT,0,0,-901")
    assert reasons_of(read_okx(UTC_HEAD, HEAD, _BUY, paid)) == [
        "both rows of the fill have a fee, which no fill has"
    ]


def test_a_fee_of_zero_is_zero_in_the_coin_received() -> None:
    free = _BUY.replace("-0.00001", "0").replace("0.00999", "0.01")
    (fill,) = fills_of(read_okx(UTC_HEAD, HEAD, free, _PAID))
    assert fill.fee == Fee(Decimal(0), "BTC")
    sold = free.replace("Buy", "Sell").replace(",0.01,1,BTC", ",-0.01,1,BTC")
    received = _PAID.replace("Sell", "Buy").replace("-900", "900")
    (fill,) = fills_of(read_okx(UTC_HEAD, HEAD, sold, received))
    assert fill.fee == Fee(Decimal(0), "USDT")


@pytest.mark.parametrize(
    ("kind", "action", "symbol", "ignored"),
    [
        ("Transfer", "Transfer in", "", "transfer"),
        ("Transfer", "Liquidation transfer out", "", "transfer"),
        ("Interest", "Interest deduction for Market loans", "", "interest"),
        ("Spot", "", "TAO-USDC-CONVERT", "currency conversion"),
        ("Options", "Sell", "BTC-USD-260626-95000-C", "option"),
        ("Margin", "Auto borrow", "", "borrowing"),
        ("Futures", "Manual margin increase", "SOL-USDT-SWAP", "margin moved"),
        ("Futures", "Clawback", "SOL-USDT-SWAP", "clawback"),
    ],
)
def test_rows_that_are_no_fills_are_counted_by_kind(
    kind: str, action: str, symbol: str, ignored: str
) -> None:
    row = f"1,2,2026-02-03 10:00:00,{kind},{symbol},{action},0,cont,0,0,0,USDT,0,0,1,5,USDT"
    reading = read_okx(UTC_HEAD, HEAD, row)
    assert dict(reading.ignored) == {ignored: 1}
    assert not reading.rows
    assert not reading.refused


@pytest.mark.parametrize(
    ("kind", "action", "symbol"),
    [
        ("Bonus", "Airdrop", "SOL-USDT-SWAP"),
        ("Spot", "Buy", "SOL-USDT-SWAP"),
        ("Swap", "Buy", "SOL-USDT"),
        ("Swap", "Buy", "SOLUSDT"),
        ("Swap", "Buy", "SOL-USDT-X"),
    ],
)
def test_rows_nobody_knows_are_refused(kind: str, action: str, symbol: str) -> None:
    row = f"1,2,2026-02-03 10:00:00,{kind},{symbol},{action},2,cont,100,0,0,USDT,0,0,0,5,USDT"
    assert len(reasons_of(read_okx(UTC_HEAD, HEAD, row))) == 1


@pytest.mark.parametrize(
    ("header", "what"),
    [
        ("id,Time,Type,Amount,Before Balance,After Balance,Symbol", "Funding history"),
        ("\ufeffid,Time,Type,Amount,Before Balance,After Balance,Fee,Symbol", "Funding history"),
        ("id,Time,Type,Amount,Before Balance,After Balance,Symbol,Amount-EUR", "Funding history"),
        (
            (
                "Position Create Time,Position Update Time,Business Line,Index,Instrument Name,"
                "Margin Mode,Direction,Leverage,Max Position Quantity,Total Close Quantity,"
                "Average Open Price,Average Close Price,Margin Currency,Pnl"
            ),
            "Position history",
        ),
        ("time,type,size,balance,fee,currency", "old ledger"),
    ],
)
@pytest.mark.parametrize("preamble", ["", "UID:7,Account Type:Main,Time Zone:UTC+8\n"])
def test_exports_without_fills_are_refused_with_the_one_to_fetch(
    header: str, what: str, preamble: str
) -> None:
    file = SourceFile("okx.csv", f"{preamble}{header}\n".encode())
    with pytest.raises(InputError, match=what) as caught:
        choose(file, IMPORTERS)
    assert "Trading history" in (caught.value.hint or "")


def test_worths_in_another_money_are_columns_of_2026_too() -> None:
    head = HEAD + "".join(
        f",{title}-EUR" for title in ("Filled_price", "Pnl", "Fee", "Balance", "Balance_change")
    )
    worth = ",78000,0,0,0,0"
    assert len(read_okx(UTC_HEAD, head, _BUY + worth, _PAID + worth).rows) == 1
    with pytest.raises(InputError, match="missing 'Balance_change-EUR'"):
        read_okx(UTC_HEAD, head.removesuffix(",Balance_change-EUR"), _BUY, _PAID)
