"""thinkorswim: a real statement and its own profit, spreads, futures, and what was charged."""

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
from journal.importers.thinkorswim.statement import IMPORTER
from journal.importers.zones import zone_of

_TITLE = "Account Statement for 7001 (ira) since 11/2/26 through 11/5/26\n\n"
_CASH = (
    "Cash Balance\nDATE,TIME,TYPE,REF #,DESCRIPTION,Misc Fees,Commissions & Fees,AMOUNT,BALANCE\n"
)
_HISTORY = (
    "\nAccount Trade History\n"
    ",Exec Time,Spread,Side,Qty,Pos Effect,Symbol,Exp,Strike,Type,Price,Net Price,Order Type\n"
)
_SUMMARY = "\nAccount Summary\nNet Liquidating Value,$1.00\n"
_BOUGHT = ",11/2/26 10:00:00,STOCK,BUY,+100,TO OPEN,LUMD,,,STOCK,18.45,18.45,LMT\n"


def _read(rows: str, cash: str = "") -> Reading:
    file = SourceFile("s.csv", (_TITLE + _CASH + cash + _HISTORY + rows + _SUMMARY).encode())
    assert choose(file, IMPORTERS) is IMPORTER
    return IMPORTER.read(file, ReadOptions(zone_of("UTC")))


def _fills(reading: Reading) -> list[Fill]:
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def _fees(reading: Reading) -> list[str | None]:
    return [str(fill.fee.amount) if fill.fee else None for fill in _fills(reading)]


def test_the_real_statement_gives_the_profit_it_prints(shared: Path, tmp_path: Path) -> None:
    path = shared / "exports/thinkorswim/account_statement_2022-06-21_papermoney.csv"
    db = tmp_path / "journal.db"
    ran = run("import", path, "--timezone", "America/New_York", "--db", db)
    assert ran.code == 0, ran.err
    assert "83 new, 0 known" in ran.out
    trades = asked(db, "trades")
    # An average price is rounded; the profit the statement prints is not.
    assert sum(round(Decimal(trade["gross_pnl"]), 6) for trade in trades) == Decimal(99)
    assert {trade["instrument"] for trade in trades} == {"NVDA"}
    assert {trade["state"] for trade in trades} == {"closed"}


def test_the_real_statement_is_turned_around_and_its_fees_are_unknown(shared: Path) -> None:
    path = shared / "exports/thinkorswim/account_statement_2022-06-21_papermoney.csv"
    reading = IMPORTER.read(SourceFile.at(path), ReadOptions(zone_of("America/New_York")))
    assert reading.refused == []
    assert str(reading.rows[0].event.at) == "2022-06-21T13:34:56Z"
    assert reading.rows[0].number == 415
    assert reading.rows[0].account is None
    assert _fees(reading) == [None] * 83
    assert reading.notes == ("the cash sections do not tell surely what 83 fills cost",)


@pytest.mark.parametrize(
    ("first", "what"),
    [
        ("Today's Trade Activity for 7001 on 11/5/26 16:00:00", "of one day only"),
        ("Position Statement for 7001 on 11/5/26 16:00:00", "lists no fills"),
    ],
)
def test_other_statements_are_refused_with_the_one_to_fetch(first: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        choose(SourceFile("x.csv", f"\ufeff{first}\n\nFilled Orders\n".encode()), IMPORTERS)
    assert "Monitor, Account Statement" in str(caught.value.hint)


def test_a_spread_s_second_leg_has_the_time_of_its_first_and_options_are_left_out() -> None:
    reading = _read(
        ",11/3/26 09:50:20,COVERED,SELL,-1,TO OPEN,VEXO,18 DEC 26,55,CALL,1.25,50.85,LMT\n"
        ",,,BUY,+100,TO OPEN,VEXO,,,STOCK,52.10,DEBIT,\n"
    )
    assert reading.ignored == Counter({"option": 1})
    assert [str(row.event.at) for row in reading.rows] == ["2026-11-03T09:50:20Z"]
    assert [fill.price for fill in _fills(reading)] == [Decimal("52.10")]


def test_a_leg_without_the_row_above_it_is_refused() -> None:
    (refused,) = _read(",,,BUY,+100,TO OPEN,VEXO,,,STOCK,52.10,DEBIT,\n").refused
    assert refused.reason == "the first row of the section has no time"


@pytest.mark.parametrize(
    ("text", "expiry", "symbol", "size"),
    [
        ("/ESZ26", "DEC 26", "ESZ26", "50"),
        ("/MNQH27:XCME", "MAR 27", "MNQH27", "2"),
        ("/ES", "DEC 26", "ES-2026-12", "50"),
        ("/ZC", "14 DEC 26", "ZC-2026-12", None),
    ],
)
def test_futures_have_their_size_from_the_exchange(
    text: str, expiry: str, symbol: str, size: str | None
) -> None:
    row = f",11/2/26 10:00:00,FUTURE,BUY,+1,TO OPEN,{text},{expiry},,FUTURE,700.25,700.25,LMT\n"
    reading = _read(row)
    assert [fill.symbol for fill in _fills(reading)] == [symbol]
    assert reading.multiplier_needed == (() if size else (symbol,))
    terms = [getattr(each.body, "terms", None) for each in reading.declarations]
    assert [terms and str(terms.multiplier) for terms in terms] == ([size] if size else [])


def test_what_was_charged_belongs_to_the_execution_that_says_the_same() -> None:
    cash = (
        "11/2/26,00:00:00,BAL,,Cash balance,,,,5000.00\n"
        '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.45,-0.02,-1.00,"-1,845.00","3,153.98"\n'
        '11/2/26,10:05:01,TRD,="92",SOLD -100 LUMD @18.50,,,1850.00,5003.98\n'
    )
    sold = ",11/2/26 10:05:00,STOCK,SELL,-100,TO CLOSE,LUMD,,,STOCK,18.50,18.50,LMT\n"
    reading = _read(sold + _BOUGHT, cash)
    assert _fees(reading) == ["1.02", "0"]
    assert [fill.order_id for fill in _fills(reading)] == ["91", "92"]
    assert reading.notes == ()


@pytest.mark.parametrize(
    "cash",
    [
        # Blank, and no balance before it: nothing proves that it cost nothing.
        '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.45,,,-1845.00,3155.00\n',
        # The balance fell by more than is printed.
        (
            "11/2/26,00:00:00,BAL,,Cash balance,,,,5000.00\n"
            '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.45,,-1.00,-1845.00,3153.00\n'
        ),
        # Two such executions in the cash, one in the history.
        (
            '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.45,,-1.00,-1845.00,3154.00\n'
            '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.45,,-1.00,-1845.00,1308.00\n'
        ),
        # Another price.
        '11/2/26,10:00:00,TRD,="91",BOT +100 LUMD @18.46,,-1.00,-1846.00,3153.00\n',
    ],
)
def test_a_charge_that_is_not_sure_stays_unknown(cash: str) -> None:
    reading = _read(_BOUGHT, cash)
    assert _fees(reading) == [None]
    assert reading.notes == ("the cash sections do not tell surely what 1 fills cost",)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("+100", "-100", "Side 'BUY' and Qty '-100' do not agree"),
        ("BUY", "HOLD", "Side 'HOLD' is neither buy nor sell"),
        ("TO OPEN", "MAYBE", "Pos Effect 'MAYBE' is not known"),
        ("18.45,18.45", "18.45,18.54", "Price '18.45' and Net Price '18.54' do not agree"),
        ("11/2/26", "11/9/26", "Exec Time '11/9/26 10:00:00' is not within the days"),
        ("11/2/26", "2/11/26", "Exec Time '2/11/26 10:00:00' is not within the days"),
        (",,,STOCK,", ",,,FOREX,", "Symbol 'LUMD' of Type 'FOREX' is not known"),
    ],
)
def test_a_bad_cell_refuses_its_row(old: str, new: str, reason: str) -> None:
    (refused,) = _read(_BOUGHT.replace(old, new)).refused
    assert refused.reason.startswith(reason)


def test_a_statement_that_was_cut_is_refused() -> None:
    text = _TITLE + _CASH + _HISTORY + _BOUGHT
    with pytest.raises(InputError, match="no section 'Account Summary': it was cut"):
        IMPORTER.read(SourceFile("s.csv", text.encode()), ReadOptions(zone_of("UTC")))


def test_a_charge_at_no_time_names_its_line() -> None:
    cash = '/2/26,10:00:00,TRD,="1",BOT +100 LUMD @18.45,,,,\n'
    with pytest.raises(InputError, match="the time of the cash '/2/26 10:00:00' is not") as caught:
        _read(_BOUGHT, cash)
    assert caught.value.where == "s.csv line 5"
