"""Webull's order records: partly filled orders, zones in cells, options among shares."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from venue_files import fills as fills_of
from venue_files import read_as

from journal.domain.errors import InputError

_HEAD = (
    "Name,Symbol,Side,Status,Filled,Total Qty,Price,Avg Price,Time-in-Force,Placed Time,Filled Time"
)
_ORDER = {
    "Name": "Acme Inc",
    "Symbol": "ACME",
    "Side": "Buy",
    "Status": "Filled",
    "Filled": "10",
    "Total Qty": "10",
    "Price": "@33.10",
    "Avg Price": "33.05",
    "Time-in-Force": "DAY",
    "Placed Time": "01/05/2026 09:30:00 EST",
    "Filled Time": "01/05/2026 09:30:04 EST",
}


def _file(*orders: dict[str, str]) -> bytes:
    lines = [",".join({**_ORDER, **order}.values()) for order in orders]
    return "".join(f"{line}\n" for line in (_HEAD, *lines)).encode()


@pytest.mark.parametrize("status", ["Cancelled", "Canceled", "Expired", "Partially Filled"])
def test_what_was_filled_of_an_order_that_ended_early_is_a_fill(status: str) -> None:
    (fill,) = fills_of(read_as("webull", _file({"Status": status, "Filled": "2.5"})))
    assert (fill.quantity, fill.price, fill.fee) == (Decimal("2.5"), Decimal("33.05"), None)


@pytest.mark.parametrize(
    ("order", "kind"),
    [
        (
            {"Status": "Cancelled", "Filled": "0", "Avg Price": "", "Filled Time": ""},
            "cancelled order",
        ),
        ({"Status": "Rejected", "Filled": "", "Avg Price": ""}, "rejected order"),
        ({"Symbol": "SPXW260327C06540000"}, "option"),
        ({"Symbol": "", "Name": "SPXW Vertical"}, "strategy of several options"),
    ],
)
def test_what_is_no_fill_is_ignored_by_kind(order: dict[str, str], kind: str) -> None:
    reading = read_as("webull", _file(order))
    assert (reading.rows, dict(reading.ignored)) == ([], {kind: 1})


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("01/05/2026 09:30:04 EST", "2026-01-05T14:30:04Z"),
        ("07/05/2026 09:30:04 EDT", "2026-07-05T13:30:04Z"),
        ('"2026/07/05 09:30:04,GMT-04"', "2026-07-05T13:30:04Z"),
        ('"2026/01/05 09:30:04,GMT+08"', "2026-01-05T01:30:04Z"),
        ("12/11/2026 09:30:04 EST", "2026-12-11T14:30:04Z"),
    ],
)
def test_the_zone_stands_in_the_cell(text: str, at: str) -> None:
    reading = read_as("webull", _file({"Filled Time": text}))
    assert str(reading.rows[0].event.at) == at
    assert not reading.used_zone


def test_a_time_without_its_zone_is_asked_for() -> None:
    data = _file({"Filled Time": "01/05/2026 09:30:04"})
    with pytest.raises(InputError, match="the times in this file have no time zone"):
        read_as("webull", data)
    reading = read_as("webull", data, "America/New_York")
    assert reading.used_zone
    assert str(reading.rows[0].event.at) == "2026-01-05T14:30:04Z"


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ({"Side": "Hold"}, "Side 'Hold' is none of buy, sell, short"),
        ({"Status": "Dreaming"}, "the status 'Dreaming' is not known"),
        ({"Filled": "9"}, "an order of 10 with 9 filled is not 'Filled'"),
        ({"Status": "Cancelled"}, "an order of 10 with 10 filled is not 'Cancelled'"),
        ({"Filled": "100", "Status": "Cancelled"}, "an order of 10 with 100 filled is not"),
        ({"Avg Price": "3305"}, "an average price of 3305 for an order at 33.10"),
        ({"Avg Price": ""}, "Avg Price '' is not a number"),
        ({"Filled Time": ""}, "Filled Time '' is not a time of Webull's"),
        ({"Filled Time": "01/05/2026 09:30:04 XYZ"}, "'XYZ' is not a time zone that this venue"),
        ({"Symbol": "", "Name": ""}, "'' is not a symbol"),
    ],
)
def test_an_impossible_order_is_refused(order: dict[str, str], reason: str) -> None:
    reading = read_as("webull", _file(order))
    assert not reading.rows
    assert reading.refused[0].reason.startswith(reason)


def test_a_short_sale_is_a_sale_and_a_cover_a_buy() -> None:
    sides = [{"Side": side} for side in ("Buy", "Sell", "Short", "BUY")]
    fills = fills_of(read_as("webull", _file(*sides)))
    assert [fill.side for fill in fills] == ["buy", "sell", "sell", "buy"]


def test_a_class_of_shares_is_written_with_a_point() -> None:
    (fill,) = fills_of(read_as("webull", _file({"Symbol": "BRK B"})))
    assert fill.symbol == "BRK.B"


def test_a_sale_ends_what_was_held_since_shorts_have_a_word_of_their_own() -> None:
    orders = [{"Side": side} for side in ("Sell", "SELL", "Short", "Buy")]
    future = {"Symbol": "MESU6", "Side": "Sell"}
    fills = fills_of(read_as("webull", _file(*orders, future)))
    assert [fill.closes for fill in fills] == [True, True, False, False, False]


def test_a_sale_of_more_than_was_ever_bought_is_asked_for_and_opens_no_short(
    tmp_path: Path,
) -> None:
    path, db = tmp_path / "orders.csv", tmp_path / "j.db"
    sale = {"Side": "Sell", "Filled": "13", "Total Qty": "13"}
    path.write_bytes(_file({}, sale | {"Filled Time": "01/05/2026 10:00:00 EST"}))
    ran = run("import", path, "--db", db)
    assert "journal opening ACME 3 @ PRICE --at TIME" in ran.out
    (trade,) = asked(db, "trades")
    assert (trade["direction"], asked(db, "positions")) == ("long", [])


def test_a_limit_is_no_fill_price_and_a_market_order_has_none() -> None:
    orders = [{"Price": "Market"}, {"Price": "@34.00"}, {"Avg Price": "@33.05"}]
    assert [fill.price for fill in fills_of(read_as("webull", _file(*orders)))] == [
        Decimal("33.05")
    ] * 3


def test_a_future_of_an_unknown_size_is_asked_for() -> None:
    reading = read_as("webull", _file({"Symbol": "XYZH7"}))
    assert (reading.multiplier_needed, reading.declarations) == (("XYZH7",), ())


@pytest.mark.parametrize(
    "header",
    [
        (
            "Symbol & Name,Trade Date,Settlement Date,Buy/Sell,Quantity,Traded Price,Gross Amount,"
            "Comm/Fee/Tax,VAT,Net Amount"
        ),
        "Symbol,B/S,Side Type,Qty,Filled Qty,Filled Avg Price,Filled Time,Status",
    ],
)
def test_other_exports_of_the_venue_are_named(header: str) -> None:
    with pytest.raises(InputError, match="Webull") as caught:
        read_as("webull", f"{header}\n".encode())
    assert "Export Orders" in str(caught.value.hint)


def test_the_real_file_is_one_trade_of_unknown_fees(shared: Path, tmp_path: Path) -> None:
    path, db = shared / "exports/webull/orders_records_gmt_offset_2026.csv", tmp_path / "j.db"
    for _ in range(2):
        ran = run("import", path, "--db", db)
        assert ran.code == 0, ran.err
    (trade,) = asked(db, "trades")
    assert trade["opened_at"] == "2026-07-20T12:03:06Z"
    assert trade["closed_at"] == "2026-07-20T12:03:36Z"
    assert (trade["quantity"], trade["average_entry"], trade["average_exit"]) == (
        "40",
        "1.2299",
        "1.23",
    )
    assert float(trade["gross_pnl"]) == pytest.approx(0.004)
    assert trade["fees"] is None
