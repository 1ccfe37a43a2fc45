"""Flex queries as CSV: chosen columns, sections, control lines."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import flex
import pytest

from journal.domain.errors import InputError
from journal.domain.event import InstrumentEntry
from journal.domain.fill import Fee
from journal.importers.ibkr.flex_columns import NAMES, Column

_HEAD = "Symbol,CurrencyPrimary,DateTime,Buy/Sell,Quantity,TradePrice"
_ROW = "ACME,USD,20260105;093000,BUY,10,12.5"


def _csv(*lines: str) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def test_the_least_columns_in_any_order_are_enough() -> None:
    least = flex.read(_csv(_HEAD, _ROW))
    turned = flex.read(_csv(*(",".join(reversed(line.split(","))) for line in (_HEAD, _ROW))))
    assert flex.fills(least) == flex.fills(turned)
    assert flex.fills(least)[0].fee is None
    assert "counts double if it lists orders" in least.notes[0]


def test_a_quantity_is_signed_or_not_but_never_against_its_side() -> None:
    rows = [f"ACME,USD,20260105,{row},12.5" for row in ("SELL,-10", "SELL,10", "BUY,-10")]
    reading = flex.read(_csv(_HEAD, *rows))
    assert [(fill.side, fill.quantity) for fill in flex.fills(reading)] == [("sell", 10)] * 2
    assert [row.reason for row in reading.refused] == ["quantity -10 of a BUY is below zero"]


def test_without_an_asset_class_the_row_shows_what_it_is() -> None:
    head = f"{_HEAD},Put/Call"
    symbols = ["EUR.USD", "ACME  260619C00190000", "ESZ6", "DAXZ6"]
    rows = [f"{symbol},USD,20260105,BUY,1,12.5," for symbol in symbols]
    reading = flex.read(_csv(head, *rows, "XYZ,USD,20260105,BUY,1,12.5,P"))
    assert dict(reading.ignored) == {"currency conversion": 1, "option": 2}
    assert [fill.symbol for fill in flex.fills(reading)] == ["ESZ6", "DAXZ6"]
    assert reading.multiplier_needed == ("DAXZ6",)


def test_trade_confirmations_have_titles_of_their_own() -> None:
    head = "Currency,Symbol,Date/Time,Buy/Sell,Quantity,Price,Amount,Commission,ExecID,Code"
    reading = flex.read(_csv(head, "USD,ACME,20260105;093000,SELL,-4,12.5,-50,-0.3,a.1,P"))
    (fill,) = flex.fills(reading)
    assert (fill.price, fill.fee, fill.venue_id) == (
        Decimal("12.5"),
        Fee(Decimal("0.3"), "USD"),
        "a.1",
    )


def test_a_row_without_id_or_level_beside_others_with_ids_is_refused() -> None:
    reading = flex.read(_csv(f"{_HEAD},TradeID", f"{_ROW},71", f"{_ROW},"))
    assert len(reading.rows) == 1
    assert reading.refused[0].reason.startswith("the row has no id, and no LevelOfDetail")


def test_every_section_has_its_titles_and_only_trades_are_read() -> None:
    cash = ("ClientAccountID,CurrencyPrimary,Amount,Type", "U1,USD,5,Dividends")
    reading = flex.read(
        _csv(*cash, f"ClientAccountID,{_HEAD}", f"U1,{_ROW}", *cash,
             f"ClientAccountID,{_HEAD}", f"U2,{_ROW}")
    )  # fmt: skip
    assert [row.account for row in reading.rows] == ["U1", "U2"]
    assert dict(reading.ignored) == {"row of another section": 2}


def test_rows_may_carry_the_code_of_their_section() -> None:
    reading = flex.read(
        _csv("BOF,U1", "BOS,TRNT,Trades", f"HEADER,TRNT,{_HEAD}", f"DATA,TRNT,{_ROW}", "EOS,TRNT,1",
             "EOF")
    )  # fmt: skip
    assert [(row.number, row.raw) for row in reading.rows] == [(4, f"DATA,TRNT,{_ROW}")]


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("BOF,U1", _HEAD, _ROW), "the file ends without its line EOF"),
        (("BOS,TRNT,Trades", _HEAD, _ROW), "the file ends without its line EOS"),
        (("BOS,TRNT,Trades", _HEAD, _ROW, "EOS,TRNT,2"), "the section has 1 rows and its end says"),
        (("MSG,hello", "U1,USD", _HEAD, _ROW), "the row stands above all titles"),
        ((f"{_HEAD},Mood", f"{_ROW},x"), "unknown 'Mood'"),
        ((f"{_HEAD},Symbol", f"{_ROW},x"), "twice 'Symbol'"),
        ((_HEAD.replace("Buy/Sell,", ""), _ROW), "missing Buy/Sell"),
        ((_HEAD, _ROW, "ACME,USD"), "the row has 2 cells instead of 6"),
        (
            (_HEAD, "ACME,USD,20260105,SELL,12.5,-10"),
            "something was sold at a price below zero: the two titles were swapped",
        ),
    ],
)
def test_a_file_that_was_cut_or_changed_is_refused(lines: tuple[str, ...], problem: str) -> None:
    with pytest.raises(InputError, match=problem) as caught:
        flex.read(_csv(*lines))
    assert caught.value.where
    assert caught.value.hint


def test_a_query_without_trades_is_named() -> None:
    with pytest.raises(InputError, match="this Flex query has no section of trades") as caught:
        flex.read(_csv("ClientAccountID,CurrencyPrimary,Amount,Type", "U1,USD,5,Dividends"))
    assert "Flex Queries" in str(caught.value.hint)


def test_each_attribute_that_is_read_has_its_column() -> None:
    assert {name for column, name in NAMES.items() if not column.name.startswith("CONFIRMED")} == (
        set(NAMES.values())
    )
    assert len(set(Column)) == len(Column.__members__)


def test_the_real_sample_gives_shares_by_isin_and_three_conversions(shared: Path) -> None:
    reading = flex.read(
        (shared / "exports/ibkr/flex_trades_csv_with_fx_rows.csv").read_bytes(), None
    )
    fills = flex.fills(reading)
    assert dict(reading.ignored) == {"currency conversion": 3}
    assert not reading.refused
    assert not reading.used_zone
    assert sum(fill.quantity for fill in fills if fill.symbol == "US9220427424") == 323
    quotes = {
        event.body.symbol: event.body.terms.quote
        for event in reading.declarations
        if isinstance(event.body, InstrumentEntry)
    }
    assert quotes == {"CH0111762537": "CHF", "US9220427424": "USD"}
    assert [fill.fee for fill in fills][:2] == [Fee(Decimal(5), "CHF"), Fee(Decimal(1), "USD")]
    assert str(reading.rows[0].event.at) == "2023-05-22"
