"""Contracts in OKX's Trading History: actions, funding, sizes, and what was held before it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from okx_rows import HEAD, UTC_HEAD, fills_of, read_okx, reasons_of, swap

from journal.domain.event import Funding
from journal.domain.fill import Side
from journal.domain.plan import Direction


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
    (fill,) = fills_of(read_okx(UTC_HEAD, HEAD, swap(11, action, "5")))
    assert (fill.side, fill.position_side, fill.closes, fill.is_liquidation) == (
        side,
        position,
        closes,
        liquidation,
    )


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
    (found,) = read_okx(UTC_HEAD, HEAD, row).rows
    assert found.event.body == Funding(
        "SOL-USDT-SWAP", Decimal(amount), "USDT", source="okx-trades", venue_id="44"
    )


def _funded(number: int, size: str) -> str:
    return (
        f"{number},0,2026-02-03 10:00:{number:02},Swap,SOL-USDT-SWAP,Funding fee expense,{size},"
        "cont,100,-1,0,USDT,0,0,-1,9,USDT"
    )


@pytest.mark.parametrize(
    ("opened", "size", "side"),
    [
        (["Open long", "Open short"], "5", Direction.LONG),
        (["Open long", "Open short"], "3", Direction.SHORT),
        (["Open long", "Open short"], "4", None),
        (["Open long"], "5", Direction.LONG),
        (["Buy"], "5", None),
        ([], "0", None),
    ],
)
def test_funding_is_of_the_side_that_held_as_much(
    opened: list[str], size: str, side: Direction | None
) -> None:
    rows = [swap(11 + n, action, "53"[n]) for n, action in enumerate(opened)]
    *_, last = read_okx(UTC_HEAD, HEAD, *rows, _funded(30, size)).rows
    assert isinstance(last.event.body, Funding)
    assert last.event.body.direction is side


def test_funding_whose_side_stands_in_a_refused_row_is_refused_with_it() -> None:
    rows = [swap(11, "Open long", "5"), swap(12, "Open short", "3").replace(",100,", ",ten,")]
    reading = read_okx(UTC_HEAD, HEAD, *rows, _funded(30, "5"), _funded(31, "3"))
    assert [row.number for row in reading.rows] == [3, 5]
    assert [row.reason for row in reading.refused] == [
        "Filled Price 'ten' is not a number",
        "which side paid it stands in rows that are refused",
    ]


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
    assert len(reasons_of(read_okx(UTC_HEAD, HEAD, row))) == 1


@pytest.mark.parametrize(
    ("rows", "lane"),
    [
        ([swap(11, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([swap(11, "Open long", "2"), swap(12, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([swap(11, "Open short", "9"), swap(12, "Close long", "5", "3")], "SOL-USDT-SWAP long"),
        ([swap(11, "Sell", "5", "-3")], "SOL-USDT-SWAP"),
        ([swap(11, "Buy", "5"), swap(12, "Buy", "5", "2")], "SOL-USDT-SWAP"),
        ([swap(11, "Liquidation sell", "5")], "SOL-USDT-SWAP"),
        ([swap(11, "Buy", "5", margin="50,150")], "SOL-USDT-SWAP"),
    ],
)
def test_a_position_held_before_the_file_is_noted(rows: list[str], lane: str) -> None:
    (note,) = read_okx(UTC_HEAD, HEAD, *rows).notes
    assert note.startswith(f"{lane} was held before this file begins (line {len(rows) + 2})")


@pytest.mark.parametrize(
    "rows",
    [
        [swap(11, "Open long", "5"), swap(12, "Close long", "5", "3")],
        [swap(11, "Buy", "5"), swap(12, "Sell", "8", "3"), swap(13, "Buy", "3", "1")],
        [swap(11, "Buy", "5", margin="50,50"), swap(12, "Buy", "5", margin="50,100")],
        [swap(11, "Sell", "5"), swap(12, "Liquidation buy", "5", "-90")],
    ],
)
def test_a_file_that_begins_flat_has_no_note(rows: list[str]) -> None:
    assert read_okx(UTC_HEAD, HEAD, *rows).notes == ()


def test_a_contract_of_two_sizes_in_one_file_is_asked_for() -> None:
    rows = [swap(11, "Buy", "5"), swap(12, "Buy", "5"), swap(13, "Buy", "5")]
    rows[1] = rows[1].replace(",cont,", ",0.5 SOL,")
    reading = read_okx(UTC_HEAD, HEAD, *rows)
    assert reading.multiplier_needed == ("SOL-USDT-SWAP",)
    assert len(fills_of(reading)) == 3


def test_a_contract_settled_in_another_coin_is_refused() -> None:
    row = swap(11, "Buy", "5").replace("USDT,0,0", "SOL,0,0").replace(",1000,USDT", ",1000,SOL")
    assert reasons_of(read_okx(UTC_HEAD, HEAD, row)) == [
        "SOL-USDT-SWAP is not settled in SOL: a cell was changed"
    ]


def _unbalanced(number: int) -> str:
    return swap(number, "Buy", "5").replace(",1000,USDT", "7,1000,USDT")


def test_balances_that_fit_no_row_are_no_check_and_noted() -> None:
    reading = read_okx(UTC_HEAD, HEAD, *(_unbalanced(number) for number in (11, 12, 13)))
    assert len(fills_of(reading)) == 3
    assert reading.notes == (
        "the balances of no row fit its other cells, so they do not check them",
    )


def test_balances_that_fit_other_rows_refuse_the_one_they_do_not_fit() -> None:
    rows = [_unbalanced(11), _unbalanced(12), swap(13, "Buy", "5")]
    reading = read_okx(UTC_HEAD, HEAD, *rows)
    assert [row.number for row in reading.rows] == [5]
    assert [row.number for row in reading.refused] == [3, 4]
    assert "the balance changed by -0.257, and not by -0.25" in reading.refused[0].reason
    assert reading.notes == ()


def test_worths_that_fit_no_row_are_no_check() -> None:
    head = HEAD + "".join(
        f",{title}-USD" for title in ("Filled_price", "Pnl", "Fee", "Balance", "Balance_change")
    )
    rows = [swap(number, "Buy", "5") + ",5,0,0,0,0" for number in (11, 12, 13)]
    assert "the worths" in read_okx(UTC_HEAD, head, *rows).notes[0]
    rows.append(swap(14, "Buy", "5") + ",99.9,0,0,0,0")
    reading = read_okx(UTC_HEAD, head, *rows)
    assert [row.number for row in reading.refused] == [3, 4, 5]
