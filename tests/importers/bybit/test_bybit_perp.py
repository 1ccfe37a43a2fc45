"""Bybit's trade history of derivatives: what its rows mean, and its other exports."""

from __future__ import annotations

from decimal import Decimal

import pytest
from venue_files import fills, fundings, read_as, reasons

from journal.domain.fill import Side
from journal.domain.moment import Precision
from journal.domain.plan import Direction

_HEADER = (
    "Market,Filled Type,Filled Quantity,Filled Price,Order Price,Fee Rate,Trading Fee,feeCoin,"
    "ExecFeeV2,Direction,Order Type,Trasaction ID,Order No.,Transaction Time(UTC+0)\n"
)


def _file(*rows: str, header: str = _HEADER) -> str:
    return header + "".join(f"{row}\n" for row in rows)


def _row(**cells: str) -> str:
    usual = {
        "market": "BTCUSDT",
        "type": "Trade",
        "quantity": "0.01",
        "price": "60000",
        "wanted": "60000",
        "rate": "0.00055",
        "fee": "0.33",
        "coin": "USDT",
        "fee2": "0.33",
        "direction": "Long",
        "kind": "Market",
        "id": " t1",
        "order": " o1",
        "time": "09:45 2026-02-24",
    }
    return ",".join((usual | cells).values())


def test_a_minute_is_a_minute_and_the_day_stands_last() -> None:
    reading = read_as("bybit-perp", _file(_row(time="03:04 2026-05-06")))
    at = reading.rows[0].event.at
    assert (at.at.isoformat(), at.precision) == ("2026-05-06T03:04:00+00:00", Precision.MINUTE)
    assert not reading.used_zone


def test_newest_first_is_turned_around_within_a_minute() -> None:
    file = _file(_row(id="newest", time="10:00 2026-02-24"), _row(id="b"), _row(id="a"))
    assert [fill.venue_id for fill in fills(read_as("bybit-perp", file))] == ["a", "b", "newest"]


def test_a_file_of_one_minute_is_newest_first_too() -> None:
    file = _file(_row(id="b"), _row(id="a"))
    assert [fill.venue_id for fill in fills(read_as("bybit-perp", file))] == ["a", "b"]


def test_blanks_in_front_of_ids_are_no_part_of_them() -> None:
    (fill,) = fills(read_as("bybit-perp", _file(_row(id=" abc-1", order=" def-2"))))
    assert (fill.venue_id, fill.order_id, fill.side) == ("abc-1", "def-2", Side.BUY)


def test_funding_is_a_payment_on_the_side_of_the_position() -> None:
    paid = _row(type="Funding", rate="0.0001", fee="0.06", fee2="0.06", direction="Short")
    got = _row(type="Funding", rate="-0.0001", fee="-0.06", fee2="0", coin="", id=" t0")
    first, second = fundings(read_as("bybit-perp", _file(paid, got)))
    assert (first.amount, first.direction) == (Decimal("0.06"), Direction.LONG)
    assert (second.amount, second.direction) == (Decimal("-0.06"), Direction.SHORT)
    assert first.currency == second.currency == "USDT"


@pytest.mark.parametrize(
    ("kind", "liquidated"),
    [("Trade", False), ("AdlTrade", False), ("BustTrade", True), ("Liquidation", True)],
)
def test_liquidations_are_marked_and_deleveraging_is_not(kind: str, liquidated: bool) -> None:  # noqa: FBT001
    (fill,) = fills(read_as("bybit-perp", _file(_row(type=kind))))
    assert fill.is_liquidation is liquidated


def test_a_fee_in_a_third_coin_comes_from_its_own_column() -> None:
    (fill,) = fills(read_as("bybit-perp", _file(_row(coin="MNT", fee2="0.41"))))
    assert fill.fee is not None
    assert (fill.fee.amount, fill.fee.currency) == (Decimal("0.41"), "MNT")


def test_no_fee_is_unknown_and_a_zero_is_zero() -> None:
    none, zero = _row(fee="--", fee2="--", id="b"), _row(fee="0", fee2="0", id="a")
    first, second = fills(read_as("bybit-perp", _file(none, zero)))
    assert first.fee is not None
    assert first.fee.amount == 0
    assert second.fee is None


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"type": "Dividend"}, "Filled Type 'Dividend' is not known"),
        ({"direction": "Buy"}, "Direction 'Buy' is neither Long nor Short"),
        ({"quantity": "1"}, "do not make a fee of 0.33"),
        ({"quantity": "0.001"}, "do not make a fee of 0.33"),
        ({"price": "6000", "fee": "0"}, "Filled Price 6000 is far from Order Price 60000"),
        ({"market": "BTC"}, "'BTC' is not a contract of Bybit"),
        ({"time": "2026-02-24 09:45"}, "is not written like hh:mm YYYY-MM-DD"),
        ({"type": "Funding", "fee": "--"}, "a funding payment without an amount"),
    ],
)
def test_rows_that_cannot_be_are_refused(cells: dict[str, str], reason: str) -> None:
    reading = read_as("bybit-perp", _file(_row(), _row(**cells)))
    assert len(reading.rows) == 1
    (said,) = reasons(reading)
    assert reason in said


def test_an_option_is_ignored_by_name() -> None:
    reading = read_as("bybit-perp", _file(_row(market="ETH-27MAR26-2800-C-USDT")))
    assert dict(reading.ignored) == {"option": 1}
