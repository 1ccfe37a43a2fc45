"""OKX's Trading History: legs, sides, zones, what begins inside a position, and the real file."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest

from journal.domain.errors import InputError
from journal.domain.event import Funding
from journal.domain.fill import Fee, Fill, Side
from journal.domain.plan import Direction
from journal.importers import IMPORTERS
from journal.importers.importer import choose
from journal.importers.reading import Reading, ReadOptions
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_HEAD = (
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,"
    "Position Change,Position Balance,Balance Change,Balance,Balance Unit"
)
_UTC = "UID:7,Account Type:Main,Time Zone:UTC+0"
_BUY = (
    "3101,90,2026-02-03 10:00:00,Spot,BTC-USDT,Buy,0.01,USDT,90000,0,-0.00001,BTC,0,0,0.00999,1,BTC"
)
_PAID = "3102,90,2026-02-03 10:00:00,Spot,BTC-USDT,Sell,900,USDT,90000,0,0,USDT,0,0,-900,50,USDT"


def _read(*lines: str, zone: str | None = None) -> Reading:
    file = SourceFile("okx.csv", "".join(f"{line}\n" for line in lines).encode())
    importer = choose(file, IMPORTERS)
    assert importer.name == "okx-trades"
    return importer.read(file, ReadOptions(zone_of(zone) if zone else None))


def _swap(number: int, action: str, amount: str, pnl: str = "0", margin: str = "0,0") -> str:
    fee = Decimal("-0.25")
    moved = Decimal(pnl) + fee - Decimal(margin.split(",", maxsplit=1)[0])
    return (
        f"{number},{number}9,2026-02-03 10:00:{number:02},Swap,SOL-USDT-SWAP,{action},{amount},"
        f"cont,100,{pnl},{fee},USDT,{margin},{moved},1000,USDT"
    )


def _fills(reading: Reading) -> list[Fill]:
    assert not reading.refused
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def _reasons(reading: Reading) -> list[str]:
    assert not reading.rows
    return [row.reason for row in reading.refused]


def test_the_real_export_of_2025_is_seven_fills(shared: Path) -> None:
    path = shared / "exports/okx/trading_history_spot_2025_partial_fills_no_preamble.csv"
    file = SourceFile.at(path)
    importer = choose(file, IMPORTERS)
    reading = importer.read(file, ReadOptions(zone_of("UTC")))
    assert reading.used_zone
    assert not reading.ignored
    *sold, bought = _fills(reading)
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
    reading = _read(preamble, _HEAD, _BUY, _PAID, zone="America/New_York")
    assert [row.event.at.at.hour for row in reading.rows] == [hour]
    assert not reading.used_zone


def test_a_preamble_without_a_zone_leaves_it_to_the_user() -> None:
    reading = _read("UID,7,Trading account,,,,,,,,,,,,,,", _HEAD, _BUY, _PAID, zone="Europe/Berlin")
    assert [row.event.at.at.hour for row in reading.rows] == [9]
    assert reading.used_zone


def test_a_last_line_without_its_end_is_read() -> None:
    file = SourceFile("okx.csv", f"{_UTC}\n{_HEAD}\n{_PAID}\n{_BUY}".encode())
    assert len(choose(file, IMPORTERS).read(file, ReadOptions()).rows) == 1


def test_a_sale_is_not_the_buy_of_its_money() -> None:
    reading = _read(
        _UTC,
        _HEAD,
        "598,48,2026-02-03 10:00:00,Spot,BTC-USDT,Buy,718.40213,BTC,30200,0,-0.5747217,USDT,0,0,"
        "717.8274083,1953,USDT",
        "596,48,2026-02-03 10:00:00,Spot,BTC-USDT,Sell,0.02378815,BTC,30200,0,0,BTC,0,0,"
        "-0.02378815,0,BTC",
    )
    (fill,) = _fills(reading)
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
    reading = _read(_UTC, _HEAD, *rows)
    assert [fill.venue_id for fill in _fills(reading)] == [str(5000 + 3 * n) for n in range(40)]
    for row in reading.rows:
        base, quote = (line.split(",") for line in (row.raw or "").split("\n"))
        assert int(quote[0]) - int(base[0]) == 1


@pytest.mark.parametrize("missing", [_BUY, _PAID])
def test_a_leg_without_its_other_is_refused(missing: str) -> None:
    (only,) = {_BUY, _PAID} - {missing}
    assert _reasons(_read(_UTC, _HEAD, only)) == [
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
    reading = _read(_UTC, _HEAD, _BUY, _PAID.replace(right, wrong))
    assert len(_reasons(reading)) == 2


def test_two_fees_on_one_fill_are_refused() -> None:
    paid = _PAID.replace("0,USDT,0,0,-900", "-1,USDT,0,0,-901")
    assert _reasons(_read(_UTC, _HEAD, _BUY, paid)) == [
        "both rows of the fill have a fee, which no fill has"
    ]


def test_a_fee_of_zero_is_zero_in_the_coin_received() -> None:
    free = _BUY.replace("-0.00001", "0").replace("0.00999", "0.01")
    (fill,) = _fills(_read(_UTC, _HEAD, free, _PAID))
    assert fill.fee == Fee(Decimal(0), "BTC")
    sold = free.replace("Buy", "Sell").replace(",0.01,1,BTC", ",-0.01,1,BTC")
    received = _PAID.replace("Sell", "Buy").replace("-900", "900")
    (fill,) = _fills(_read(_UTC, _HEAD, sold, received))
    assert fill.fee == Fee(Decimal(0), "USDT")


@pytest.mark.parametrize(
    ("action", "side", "position", "closes", "liquidation"),
    [
        ("Buy", Side.BUY, None, False, False),
        ("Sell", Side.SELL, None, False, False),
        ("Open long", Side.BUY, Direction.LONG, False, False),
        ("Open short", Side.SELL, Direction.SHORT, False, False),
        ("Close long", Side.SELL, Direction.LONG, True, False),
        ("Close short", Side.BUY, Direction.SHORT, True, False),
        ("Liquidation long", Side.SELL, Direction.LONG, True, True),
        ("Partial liquidation close short", Side.BUY, Direction.SHORT, True, True),
        ("Liquidation sell", Side.SELL, None, True, True),
        ("ADL close long", Side.SELL, Direction.LONG, True, True),
        ("ADL buy", Side.BUY, None, True, True),
        ("Delivery short", Side.BUY, Direction.SHORT, True, False),
        ("Block trade open short", Side.SELL, Direction.SHORT, False, False),
    ],
)
def test_what_an_action_means(
    action: str, side: Side, position: Direction | None, *, closes: bool, liquidation: bool
) -> None:
    (fill,) = _fills(_read(_UTC, _HEAD, _swap(11, action, "5")))
    assert (fill.side, fill.position_side, fill.closes, fill.is_liquidation) == (
        side,
        position,
        closes,
        liquidation,
    )


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
    reading = _read(_UTC, _HEAD, row)
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
    assert len(_reasons(_read(_UTC, _HEAD, row))) == 1


@pytest.mark.parametrize(
    ("action", "cells", "amount"),
    [
        ("Funding fee expense", "-0.5,0,USDT,0,0,-0.5", "-0.5"),
        ("Funding fee income", "0.3,0,USDT,0,0,0.3", "0.3"),
        ("Funding fee expense", "-0.5,0,USDT,-0.5,99.5,0", "-0.5"),
        ("Funding fee", "0,0,USDT,0,0,-0.03", "-0.03"),
    ],
)
def test_funding_is_what_pnl_says_and_negative_where_it_was_paid(
    action: str, cells: str, amount: str
) -> None:
    row = f"44,0,2026-02-03 16:00:00,Swap,SOL-USDT-SWAP,{action},5,cont,100,{cells},100,USDT"
    (found,) = _read(_UTC, _HEAD, row).rows
    assert found.event.body == Funding(
        "SOL-USDT-SWAP", Decimal(amount), "USDT", source="okx-trades", venue_id="44"
    )


@pytest.mark.parametrize(
    ("action", "cells"),
    [
        ("income", "-1,0,USDT,0,0,-1,9,USDT"),
        ("expense", "1,0,USDT,0,0,1,9,USDT"),
        ("expense", "-1,0,USDT,0,0,-2,9,USDT"),
        ("expense", "-1,0,BTC,0,0,-1,9,BTC"),
        ("expense", "-1,0,USDT,0,0,-1,9,USDC"),
    ],
)
def test_funding_that_contradicts_itself_is_refused(action: str, cells: str) -> None:
    row = f"1,0,2026-02-03 16:00:00,Swap,SOL-USDT-SWAP,Funding fee {action},5,cont,100,{cells}"
    assert len(_reasons(_read(_UTC, _HEAD, row))) == 1


@pytest.mark.parametrize(
    ("rows", "lane"),
    [
        ([_swap(11, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([_swap(11, "Open long", "2"), _swap(12, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([_swap(11, "Open short", "9"), _swap(12, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([_swap(11, "Sell", "5", "-3")], "SOL-USDT-SWAP"),
        ([_swap(11, "Buy", "5"), _swap(12, "Buy", "5", "2")], "SOL-USDT-SWAP"),
        ([_swap(11, "Liquidation sell", "5")], "SOL-USDT-SWAP"),
        ([_swap(11, "Buy", "5", margin="50,150")], "SOL-USDT-SWAP"),
    ],
)
def test_a_position_held_before_the_file_is_noted(rows: list[str], lane: str) -> None:
    (note,) = _read(_UTC, _HEAD, *rows).notes
    assert note.startswith(f"{lane} was held before this file begins (line {len(rows) + 2})")


@pytest.mark.parametrize(
    "rows",
    [
        [_swap(11, "Open long", "5"), _swap(12, "Close long", "5", "3")],
        [_swap(11, "Buy", "5"), _swap(12, "Sell", "8", "3"), _swap(13, "Buy", "3", "1")],
        [_swap(11, "Buy", "5", margin="50,50"), _swap(12, "Buy", "5", margin="50,100")],
        [_swap(11, "Sell", "5"), _swap(12, "Liquidation buy", "5", "-90")],
    ],
)
def test_a_file_that_begins_flat_has_no_note(rows: list[str]) -> None:
    assert _read(_UTC, _HEAD, *rows).notes == ()


def test_a_contract_of_two_sizes_in_one_file_is_asked_for() -> None:
    rows = [_swap(11, "Buy", "5"), _swap(12, "Buy", "5"), _swap(13, "Buy", "5")]
    rows[1] = rows[1].replace(",cont,", ",0.5 SOL,")
    reading = _read(_UTC, _HEAD, *rows)
    assert reading.multiplier_needed == ("SOL-USDT-SWAP",)
    assert len(_fills(reading)) == 3


def test_a_contract_settled_in_another_coin_is_refused() -> None:
    row = _swap(11, "Buy", "5").replace("USDT,0,0", "SOL,0,0").replace(",1000,USDT", ",1000,SOL")
    assert _reasons(_read(_UTC, _HEAD, row)) == [
        "SOL-USDT-SWAP is not settled in SOL: a cell was changed"
    ]


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
    head = _HEAD + "".join(
        f",{title}-EUR" for title in ("Filled_price", "Pnl", "Fee", "Balance", "Balance_change")
    )
    worth = ",78000,0,0,0,0"
    assert len(_read(_UTC, head, _BUY + worth, _PAID + worth).rows) == 1
    with pytest.raises(InputError, match="missing 'Balance_change-EUR'"):
        _read(_UTC, head.removesuffix(",Balance_change-EUR"), _BUY, _PAID)
