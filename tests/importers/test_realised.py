"""What realised profits tell of positions that began before a file does."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import fills, read_as

from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.moment import Moment
from journal.domain.plan import Direction
from journal.importers.reading import Row
from journal.importers.realised import held_both_ways, is_realised, with_reductions

_AT = Moment.parse("2026-03-17T12:00:00Z")


def _rows(*moves: str, side: Direction | None = None) -> tuple[list[Row], set[int]]:
    """Return fills such as `+3@100` of one contract, and the lines of those that end in a `!`."""
    rows, realised = [], set()
    for number, move in enumerate(moves, 2):
        quantity, _, price = move.rstrip("!").partition("@")
        way = Side.BUY if move.startswith("+") else Side.SELL
        fill = Fill(
            "X-USDT-PERP", way, abs(Decimal(quantity)), Decimal(price or 100), position_side=side
        )
        rows.append(Row(Event(_AT, fill), number))
        if move.endswith("!"):
            realised.add(number)
    return rows, realised


def _closing(rows: list[Row], realised: set[int]) -> list[bool]:
    return [
        row.event.body.closes
        for row in with_reductions(rows, realised)
        if isinstance(row.event.body, Fill)
    ]


@pytest.mark.parametrize(
    ("moves", "closing"),
    [
        pytest.param("+3 -3!", [0, 1], id="a position closed"),
        pytest.param("+3 -1! -2!", [0, 1, 1], id="closed in two"),
        pytest.param("-3! +3", [1, 0], id="one begun before, then another"),
        pytest.param("-3!", [1], id="nothing after it"),
        pytest.param("-1! -2! +3@90", [1, 1, 0], id="one begun before, closed in two"),
        pytest.param("-3! +1@90!", [0, 1], id="one begun before went through zero"),
        pytest.param("+1 -3! +2@90!", [0, 0, 1], id="one went through zero"),
        pytest.param("+1 -3!", [0, 0], id="went through zero, and nothing after it"),
        pytest.param("+1 -3! +2@100", [0, 0, 0], id="closed again at its own price"),
        pytest.param("+1 -3! +2@90", [0, 1, 0], id="more was held than the file shows"),
        pytest.param("+1 -3! -2!", [0, 1, 1], id="more was held, and sold in two"),
        pytest.param("+1 -3! -2", [0, 0, 0], id="went through zero and on"),
        pytest.param("+3 -3", [0, 0], id="closed without a profit"),
    ],
)
def test_a_profit_says_that_a_fill_closed_unless_it_went_through_zero(
    moves: str, closing: list[int]
) -> None:
    assert _closing(*_rows(*moves.split())) == [bool(each) for each in closing]


def test_a_hedged_position_says_by_its_side_what_closes_it() -> None:
    assert _closing(*_rows("-3!", side=Direction.LONG)) == [False]


@pytest.mark.parametrize(
    ("moves", "line"),
    [
        pytest.param("+3@100 -1@110", 3, id="sold beside a long, without a profit"),
        pytest.param("+3@100 +1@90 +1@120!", 4, id="bought with a profit beside a long"),
        pytest.param("-3@100 -2@105!", 3, id="sold with a profit beside a short"),
        pytest.param("+3@100 -3@110!", None, id="sold with a profit"),
        pytest.param("+1@100 +1@110 -2@105 -1@90", None, id="sold without a profit at its average"),
        pytest.param("+1@100 -3@110! +2@90! +1@95 -1@99!", None, id="went through zero"),
        pytest.param("-3@100! +1@90 -1@95!", None, id="begun before"),
        pytest.param("+3@100 -1@110! +1@80 -3@90!", None, id="added to"),
    ],
)
def test_a_profit_of_a_fill_that_opens_or_none_of_one_that_closes_is_hedge_mode(
    moves: str, line: int | None
) -> None:
    found = held_both_ways(*_rows(*moves.split()))
    assert found == ([] if line is None else [("X-USDT-PERP", line)])


_HEAD = (
    "Uid,Time,Symbol,Side,Price,Quantity,Amount,Fee,Realized Profit,Buyer,Maker,Trade ID,Order ID"
)
_SOLD = "7,26-03-17 12:34:12,BTCUSDT,SELL,70000,0.004,280,0.14 USDT,20,false,false,101,1"
_BOUGHT = "7,26-03-18 00:12:40,BTCUSDT,BUY,69000,0.006,414,0.2 USDT,0,true,true,103,3"
_API = (
    '{"symbol": "BTCUSDT", "id": 101, "orderId": 1, "side": "SELL", "price": "70000", '
    '"qty": "0.004", "quoteQty": "280", "realizedPnl": "20", "marginAsset": "USDT", '
    '"commission": "0.14", "commissionAsset": "USDT", "time": 1773750852000, '
    '"positionSide": "BOTH", "buyer": false, "maker": false}'
)
_SHEET = (
    "Date(UTC),Symbol,Side,Price,Quantity,Amount,Fee,Fee Coin,Realized Profit,Quote Asset\n"
    "2023-03-17 12:34:12,BTCUSDT,SELL,70000,0.004,280,0.14,USDT,20,USDT\n"
)
_OKX = (
    "UID:1,Account Type:Main,Time Zone:UTC\n"
    "id,Order id,Time,Trade Type,Symbol,Action,Amount,Trading Unit,Filled Price,PnL,Fee,Fee Unit,"
    "Position Change,Position Balance,Balance Change,Balance,Balance Unit\n"
    "21,20,2026-05-04 08:00:12,Futures,BTC-USDT-SWAP,Sell,0.4,cont,70000,20,-0.14,USDT,0,0,19.86,"
    "1019.86,USDT\n"
)
_OKX_API = (
    '{"code": "0", "data": [{"instType": "SWAP", "instId": "BTC-USDT-SWAP", "tradeId": "21", '
    '"ordId": "20", "billId": "22", "fillPx": "70000", "fillSz": "0.4", "side": "sell", '
    '"posSide": "net", "execType": "T", "fee": "-0.14", "feeCcy": "USDT", "fillPnl": "20", '
    '"ts": "1773750852000", "fillTime": "1773750852000", "subType": "2"}]}'
)
_BITGET = (
    '{"code": "00000", "data": {"fillList": [{"tradeId": "700", "symbol": "BTCUSDT", '
    '"marginCoin": "USDT", "orderId": "695", "price": "70000", "baseVolume": "0.004", '
    '"feeDetail": [{"feeCoin": "USDT", "totalFee": "-0.14"}], "side": "sell", '
    '"quoteVolume": "280", "profit": "20", "tradeSide": "sell_single", '
    '"posMode": "one_way_mode", "tradeScope": "taker", "cTime": "1773750852000"}]}}'
)
_CCXT = (
    '[{{"info": {{{}}}, "id": "1", "order": "2", "timestamp": 1773750852000, '
    '"datetime": "2026-03-17T12:34:12.000Z", "symbol": "BTC/USDT:USDT", "type": "limit", '
    '"side": "sell", "takerOrMaker": "taker", "price": "70000", "amount": "0.004", "cost": "280", '
    '"fee": {{"cost": "0.14", "currency": "USDT"}}, "fees": []}}]'
)


@pytest.mark.parametrize("cell", ["0", "0.00000000", "0E-8", "-0", "", "--", "0.0"])
def test_no_profit_is_written_in_many_ways(cell: str) -> None:
    assert not is_realised(cell)


@pytest.mark.parametrize("cell", ["12.5", "-0.0000001", "1E-8", "+3", ".5"])
def test_a_profit_or_loss_however_small_is_one(cell: str) -> None:
    assert is_realised(cell)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(_BITGET, id="bitget-api"),
        pytest.param(f"{_HEAD}\n{_BOUGHT}\n{_SOLD}\n", id="binance-usdm"),
        pytest.param(_SHEET, id="binance-usdm of 2023"),
        pytest.param(f"[{_API}]", id="binance-api"),
        pytest.param(_OKX, id="okx-trades"),
        pytest.param(_OKX_API, id="okx-api"),
    ],
)
def test_a_sale_with_a_profit_that_comes_first_is_asked_for_and_opens_no_short(
    text: str, tmp_path: Path
) -> None:
    path, db = tmp_path / "trades.txt", tmp_path / "j.db"
    path.write_text(text)
    ran = run("import", path, "--timezone", "UTC", "--db", db)
    assert ran.code == 0, ran.err
    quantity = "0.4" if "SWAP" in text else "0.004"
    assert f"{quantity} @ PRICE --at TIME" in ran.out
    first = asked(db, "trades")[0]
    assert (first["direction"], first["net_pnl"]) == ("long", None)


_FLIPPED = "7,26-03-18 00:12:40,BTCUSDT,SELL,70000,0.010,700,0.2 USDT,20,false,false,103,3"
_EARLIER = "7,26-03-17 12:34:12,BTCUSDT,BUY,68000,0.006,408,0.14 USDT,0,true,false,101,1"


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(("import", "day1.csv", "--timezone", "UTC"), id="a file of the day before"),
        pytest.param(
            ("opening", "BTC-USDT-PERP", "0.006", "@", "68000", "--at", "2026-03-17T12:34Z"),
            id="an opening balance",
        ),
    ],
)
def test_what_the_journal_held_tells_a_fill_through_zero(
    before: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 0.010 sold 0.006 close what was bought the day before, and 0.004 open a short."""
    monkeypatch.chdir(tmp_path)
    for name, row in (("day1.csv", _EARLIER), ("day2.csv", _FLIPPED)):
        (tmp_path / name).write_text(f"{_HEAD}\n{row}\n")
    for command in (
        ("init",),
        ("account", "add", "main", "--currency", "USDT"),
        ("instrument", "add", "BTC-USDT-PERP", "--multiplier", "1"),
        before,
    ):
        ran = run(*command, "--db", "j.db")
        assert ran.code == 0, (command, ran.err)
    ran = run("import", "day2.csv", "--timezone", "UTC", "--db", "j.db")
    assert ran.code == 0, ran.err
    assert "went through zero" not in ran.out
    assert "held before" not in ran.out
    (held,) = asked(Path("j.db"), "positions")
    assert (held["direction"], held["quantity"]) == ("short", "-0.004")


def test_a_fill_with_a_profit_and_nothing_before_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "day2.csv").write_text(f"{_HEAD}\n{_FLIPPED}\n")
    db = tmp_path / "j.db"
    ran = run("import", tmp_path / "day2.csv", "--timezone", "UTC", "--db", db)
    assert "held before" in ran.out
    assert asked(db, "positions") == []


def test_hedge_mode_is_told_where_the_columns_do_not_tell_its_positions_apart() -> None:
    long = "7,26-03-17 12:00:00,BTCUSDT,BUY,70000,0.004,280,0.14 USDT,0,true,false,100,0"
    short = _SOLD.replace(",20,", ",0,").replace("70000", "71000").replace("280", "284")
    (note,) = read_as("binance-usdm", f"{_HEAD}\n{short}\n{long}\n", "UTC").notes
    assert note.startswith("BTC-USDT-PERP was held long and short at once (line 2), which these")


@pytest.mark.parametrize(
    ("info", "closes"),
    [
        ('"realizedPnl": "20"', True),
        ('"fillPnl": "-0.5"', True),
        ('"closedSize": "4", "execQty": "4"', True),
        ('"closedSize": "3", "execQty": "4"', False),
        ('"closedSize": "0", "execQty": "4", "profit": "0E-8"', False),
    ],
)
def test_ccxt_keeps_what_the_exchange_says_of_profit_or_size(info: str, *, closes: bool) -> None:
    (fill,) = fills(read_as("ccxt", _CCXT.format(info)))
    assert fill.closes is closes
