"""Activity statements: sections, unnamed titles, orders above their executions, sums."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import flex
import pytest
from command_line import asked, run

from journal.domain.errors import InputError
from journal.domain.fill import Fee

_HEAD = (
    "Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,"
    "C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code"
)


def _row(
    quantity: str, price: str, more: str = "", kind: str = "Order", at: str = "10:00:00"
) -> str:
    return f'Trades,Data,{kind},Stocks,USD,ACME,"2026-01-05, {at}",{quantity},{price},{more}'


def _statement(*lines: str) -> bytes:
    top = ("Statement,Header,Field Name,Field Value", "Statement,Data,AccountId,U1")
    return "".join(f"{line}\n" for line in (*top, *lines)).encode()


_OPEN = _row("10", "5", ",-50,-1,51,0,0,O")


def test_unnamed_titles_are_known_by_their_neighbours() -> None:
    named = flex.read(_statement(_HEAD, _OPEN))
    bare = (
        _HEAD.replace("C. Price", "")
        .replace("Basis,Realized P/L", ",")
        .replace("Comm/Fee", "Comm in USD")
    )
    unnamed = flex.read(_statement(bare.replace("MTM P/L", "MTM in USD"), _OPEN))
    assert flex.fills(named) == flex.fills(unnamed)
    assert unnamed.notes == named.notes
    in_euro = flex.read(_statement(bare.replace("Comm in USD", "Comm in EUR"), _OPEN))
    assert flex.fills(in_euro)[0].fee == Fee(Decimal(1), "EUR")


def test_executions_count_instead_of_the_order_above_them_and_must_add_up_to_it() -> None:
    order = _row("10", "5", ",-50,-1,51,0,0,O")
    parts = [
        _row("4", "5", ",-20,-0.4,20.4,0,0,O", "Trade"),
        _row("6", "5", ",-30,-0.6,30.6,0,0,O", "Trade", "10:00:01"),
    ]
    reading = flex.read(_statement(_HEAD, order, *parts))
    assert [fill.quantity for fill in flex.fills(reading)] == [4, 6]
    assert reading.ignored["order"] == 1
    with pytest.raises(InputError, match="the order of 10 ACME has executions of 4 below it"):
        flex.read(_statement(_HEAD, order, parts[0]))


def test_a_cancellation_has_the_opposite_sign_of_its_order() -> None:
    reading = flex.read(
        _statement(
            _HEAD,
            _OPEN,
            _row("-10", "5.5", ",55,-1,-51,3,0,C"),
            _row("10", "5.5", ",-55,1,51,-3,0,Ca"),
        )
    )
    assert [fill.side for fill in flex.fills(reading)] == ["buy"]
    assert reading.ignored["cancelled execution"] == 1
    assert "cancelled by the venue: line 5" in reading.notes[0]


def test_a_subtotal_that_the_rows_do_not_reach_is_told() -> None:
    fits = flex.read(_statement(_HEAD, _OPEN, "Trades,SubTotal,,Stocks,USD,ACME,,10,,,,,,,,"))
    assert not any("rows are missing" in note for note in fits.notes)
    short = flex.read(_statement(_HEAD, _OPEN, "Trades,SubTotal,,Stocks,USD,ACME,,20,,,,,,,,"))
    assert short.notes[0].startswith("line 5: the statement adds ACME up to 20 and its rows to 10")


def test_what_was_assigned_or_disallowed_need_not_add_up() -> None:
    wrong = _row("10", "5", ",-50,-1,60,7,0,{}")
    reading = flex.read(_statement(_HEAD, wrong.format("A;O"), wrong.format("O;LD")))
    assert len(reading.rows) == 2
    refused = flex.read(_statement(_HEAD, wrong.format("O"))).refused
    assert refused[0].reason.startswith("the profit 7 is not proceeds -50, commission -1 and basis")


def test_where_shares_are_held_is_no_part_of_their_category() -> None:
    row = _OPEN.replace("Stocks", "Stocks - Held with Interactive Brokers (U.K.) Limited")
    assert len(flex.read(_statement(_HEAD, row)).rows) == 1


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (_OPEN.replace("Order", "Gift"), "rows of the kind 'Gift' are not known"),
        (_OPEN.replace("Trades,Data", "Trades,Surprise"), "rows of the kind 'Trades,Surprise' are"),
        ("Total,,99", "rows of the kind 'Total,' are not known"),
        (_OPEN.replace("Stocks", "Art"), "assetCategory 'Art' is not known"),
        (_OPEN.replace(",-50,", ",50,"), "proceeds 50 is not what a buy brings"),
        (_OPEN.replace(",10,5,", ",0,5,"), "quantity 0 is not above zero"),
        (_OPEN.replace("USD", ""), "the query lacks the currency"),
    ],
)
def test_a_row_that_is_not_understood_is_refused(line: str, reason: str) -> None:
    reading = flex.read(_statement(_HEAD, line))
    assert not reading.rows
    assert reading.refused[0].number == 4
    assert reading.refused[0].reason.startswith(reason)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((_HEAD.replace("Comm/Fee", "Commission"), _OPEN), "missing 'Comm/Fee'; unknown"),
        ((_HEAD.replace("Symbol,Date/Time", "Date/Time,Symbol"), _OPEN), "moved 'Symbol'"),
        ((_HEAD, _OPEN.removesuffix(",O")), "the row has 15 cells instead of 16"),
        (("Dividends,Header,Currency,Date", "Dividends,Data,USD,2026-01-05"), "no section Trades"),
    ],
)
def test_a_statement_with_other_columns_or_none_is_refused(
    lines: tuple[str, ...], problem: str
) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        flex.read(_statement(*lines))
    assert caught.value.where
    assert caught.value.hint


def test_a_future_among_five_columns_is_asked_for() -> None:
    head = "Account,Symbol,Date/Time,Quantity,Price"
    reading = flex.read(f"{head}\nU1,ESZ6,2026-10-05 09:30:00,-1,5900.25\n".encode())
    assert reading.multiplier_needed == ("ESZ6",)
    assert [fill.side for fill in flex.fills(reading)] == ["sell"]


def _imported(path: Path, tmp_path: Path) -> Path:
    db = tmp_path / "journal.db"
    for _ in range(2):
        ran = run("import", path, "--timezone", "America/New_York", "--db", db)
        assert ran.code == 0, ran.err
    assert "0 new" in ran.out
    return db


def test_the_real_statement_gives_the_profit_that_the_platform_printed(
    shared: Path, tmp_path: Path
) -> None:
    cases = json.loads((shared / "cases/export_oracles_share.json").read_text())["cases"]
    case = next(case for case in cases if case["id"] == "export/ibkr_activity_rxrx")
    db = _imported(shared / case["file"], tmp_path)
    trades = [trade for trade in asked(db, "trades") if trade["instrument"] == "RXRX"]
    realized = [float(text) for text in case["expected"]["realized_per_execution"] if text]
    assert [float(trade["net_pnl"]) for trade in trades] == pytest.approx(realized, abs=1e-6)
    assert [trade["state"] for trade in trades] == ["closed", "closed"]
    reading = flex.read((shared / case["file"]).read_bytes(), "America/New_York")
    assert f"commissions: {sum(map(Decimal, map(str, realized)))} USD" in reading.notes[0]
    fills = [fill for fill in flex.fills(reading) if fill.symbol == "RXRX"]
    assert [(fill.quantity, fill.price, fill.fee) for fill in fills] == [
        (Decimal(each["qty"]), Decimal(each["price"]), Fee(Decimal(each["fee"]), each["fee_ccy"]))
        for each in case["fills"]
    ]


def test_two_equal_fills_of_one_second_both_stay(shared: Path, tmp_path: Path) -> None:
    path = shared / "exports/ibkr/activity_min_cols_identical_same_second_fills.csv"
    trades = asked(_imported(path, tmp_path), "trades")
    assert [(trade["state"], trade["quantity"]) for trade in trades] == [
        ("closed", "100"),
        ("closed", "300"),
    ]
    assert [trade["fees"] for trade in trades] == [None, None]
