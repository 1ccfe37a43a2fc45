"""Schwab's transactions: dates without times, words for actions, a title and a total."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from venue_files import fills as fills_of
from venue_files import read_as

from journal.domain.errors import InputError
from journal.importers.schwab.transactions import Column, _closes
from journal.importers.table import TableRow

_HEAD = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"'


def _row(
    action: str, quantity: str, amount: str, date: str = "06/01/2026", symbol: str = "KO",
    price: str = "$10.00", fee: str = "",
) -> str:  # fmt: skip
    return f'"{date}","{action}","{symbol}","X","{quantity}","{price}","{fee}","{amount}"'


def _file(*rows: str) -> bytes:
    return "".join(f"{row}\n" for row in (_HEAD, *rows)).encode()


def _sides(data: bytes) -> list[str]:
    return [f"{fill.side} {fill.quantity}" for fill in fills_of(read_as("schwab", data))]


def test_of_a_day_alone_the_lowest_row_is_the_oldest() -> None:
    rows = [_row("Sell", "5", "$50.00"), _row("Buy", "5", "-$50.00")]
    assert _sides(_file(*rows)) == ["buy 5", "sell 5"]
    reading = read_as("schwab", _file(*rows))
    assert reading.notes[0].endswith("newest stand first: KO on 2026-06-01")


def test_a_page_that_was_sorted_otherwise_keeps_its_order_in_a_day() -> None:
    rows = [
        _row("Buy", "5", "-$50.00"),
        _row("Sell", "5", "$50.00"),
        _row("Buy", "7", "-$70.00", "06/02/2026"),
    ]
    assert _sides(_file(*rows)) == ["buy 5", "sell 5", "buy 7"]
    assert _sides(_file(*reversed(rows))) == ["buy 5", "sell 5", "buy 7"]


def test_a_row_that_was_posted_late_has_the_date_it_is_as_of() -> None:
    row = _row("Buy", "5", "-$50.00", "01/02/2026 as of 12/31/2025")
    assert str(read_as("schwab", _file(row)).rows[0].event.at) == "2025-12-31"
    for date in ("2026-01-02", "13/01/2026", "1/2/2026", "99/99/2026 as of 12/31/2025"):
        assert read_as("schwab", _file(_row("Buy", "5", "-$50.00", date))).refused


def test_a_blank_fee_is_none_where_the_amount_says_so_and_else_unknown() -> None:
    rows = [
        _row("Sell", "5", "$49.77", fee="$0.23"),
        _row("Sell", "5", "$49.77"),
        _row("Sell", "5", "$50.00"),
    ]
    fills = fills_of(read_as("schwab", _file(*rows)))
    amounts = [fill.fee.amount if fill.fee else None for fill in fills]
    assert amounts == [0, None, Decimal("0.23")]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (_row("Sell to Open", "1", "$9.34", symbol="KO 07/17/2026 72.50 C"), "option"),
        (_row("Buy", "1", "-$10.66", symbol="KO 07/17/2026 72.50 C"), "option"),
        (_row("Buy", "1,000", "-$98", symbol="912797QK3"), "bond or certificate of deposit"),
        (_row("Stock Plan Activity", "40", ""), "change of holdings without a trade"),
        (_row("Foreign Tax Paid", "", "-$1.00"), "fee or tax"),
    ],
)
def test_what_is_no_fill_is_ignored_by_kind(row: str, kind: str) -> None:
    reading = read_as("schwab", _file(row))
    assert (reading.rows, dict(reading.ignored)) == ([], {kind: 1})


def test_what_changes_holdings_is_told_by_line() -> None:
    reading = read_as("schwab", _file(_row("Stock Split", "40", "", symbol="NVDA")))
    assert reading.notes == ("what is held changes without a fill: Stock Split of NVDA (line 2)",)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_row("Cancel Buy", "5", "$50.00"), "the action 'Cancel Buy' is not known"),
        (_row("Buy", "5", "$50.00"), "the amount 50.00 is not what a buy brings"),
        (_row("Sell", "5", "-$50.00"), "the amount -50.00 is not what a sell brings"),
        (_row("Buy", "50", "-$50.00"), "50 at 10.00 is not the amount 50.00: a cell was"),
        (_row("Buy", "50", "-$51.00", fee="$1"), "50 at 10.00 is not the amount less the fee 50"),
        (_row("Buy", "0", "$0.00"), "Quantity 0 is not above zero"),
        (_row("Buy", "", "-$50.00"), "Quantity '' is not a number"),
        (_row("Buy", "5", "-$50.00", symbol=""), "'' is not a symbol"),
    ],
)
def test_an_impossible_row_is_refused(row: str, reason: str) -> None:
    reading = read_as("schwab", _file(row))
    assert not reading.rows
    assert reading.refused[0].reason.startswith(reason)


def test_a_total_that_the_rows_do_not_reach_is_told() -> None:
    row, total = _row("Buy", "5", "-$50.00"), '"Transactions Total","","","","","","","-$60.00",'
    reading = read_as("schwab", _file(row, total))
    assert reading.notes[0].startswith("the rows add up to -50.00 and the file's total says -60.00")
    assert not read_as("schwab", _file(row, total.replace("60", "50"))).notes


@pytest.mark.parametrize(
    ("header", "what"),
    [
        (
            "Symbol,Qty (Quantity),Price,Mkt Val (Market Value),Cost Basis,Security Type",
            "positions",
        ),
        ("Symbol,Closed Date,Opened Date,Proceeds Per Share,Gain/Loss ($),Term", "realized gain"),
        ("Date,Action,Symbol,FeesAndCommissions,DisbursementElection,AwardId,AwardDate", "awards"),
    ],
)
def test_the_account_s_other_exports_are_named(header: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        read_as("schwab", f"{header}\n".encode())
    assert "Transaction History" in str(caught.value.hint)


def test_a_sale_and_a_cover_are_said_to_close_since_shorts_have_words_of_their_own() -> None:
    words = ("Buy to Cover", "Sell", "Sell Short", "Buy", "Reinvest Shares")
    said = [_closes(TableRow(1, "", {Column.ACTION: word})) for word in words]
    assert said == [True, True, False, False, False]


def test_the_real_file_gives_two_buys_and_a_sale(shared: Path) -> None:
    path = shared / "exports/schwab/transactions_2023_title_row_total_row.csv"
    reading = read_as("schwab", path.read_bytes())
    rows = [
        (
            str(row.event.at),
            fill.side,
            fill.quantity,
            fill.price,
            fill.fee.amount if fill.fee else None,
        )
        for row, fill in zip(reading.rows, fills_of(reading), strict=True)
    ]
    assert rows == [
        ("2023-04-10", "buy", Decimal("0.0249"), Decimal("73.8993"), 0),
        ("2023-04-18", "sell", Decimal("10.065"), Decimal("73.4049"), Decimal("0.01")),
        ("2023-04-27", "buy", 45, Decimal("73.7789"), 0),
    ]
    assert dict(reading.ignored) == {
        "transfer": 4,
        "dividend or distribution": 3,
        "interest": 1,
        "total": 1,
    }
    assert (reading.refused, reading.notes, reading.used_zone) == ([], (), False)
    assert {row.account for row in reading.rows} == {"General Investing ...XXX"}
