"""MetaTrader 5: a real report and its profits, hedging and netting, what contradicts a deal."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run
from workbook import workbook

from journal.domain.errors import InputError
from journal.domain.event import Funding
from journal.domain.fill import Fee, Fill
from journal.importers.archives import unpacked
from journal.importers.importer import choose
from journal.importers.mt5.history import IMPORTER
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_ACCOUNT = 'Account:,,,"31 (EUR, A-Server 2, real, {})"\n'
_HEADER = (
    "Time,Deal,Symbol,Type,Direction,Volume,Price,Order,Commission,Fee,Swap,Profit,Balance,"
    "Comment\n"
)
_BUY = "2026.11.03 10:00:00,{n},EURUSD,buy,{d},0.10,1.1,5{n},- 0.30,- 0.02,0.00,0.00,{b},\n"


def _read(text: str, mode: str = "Hedge") -> Reading:
    file = SourceFile("report.csv", (_ACCOUNT.format(mode) + text).encode())
    assert choose(file, IMPORTERS) is IMPORTER
    return IMPORTER.read(file, ReadOptions(zone_of("UTC")))


def _fills(reading: Reading) -> list[Fill]:
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


def _buy(number: int, balance: str, direction: str = "in") -> str:
    return _BUY.format(n=number, d=direction, b=balance)


def test_the_real_report_gives_the_profits_it_prints(shared: Path, tmp_path: Path) -> None:
    """The report is shortened: its two deals close positions that Positions tells the entry of."""
    db, openings = tmp_path / "journal.db", tmp_path / "openings.journal"
    openings.write_text(
        "2026-01-01T08:00:00Z instrument XAUUSDm\n  kind linear\n  base XAU\n  quote USD\n"
        "  multiplier 100\n\n"
        "2026-01-01T08:00:00Z instrument AUDUSDm\n  kind linear\n  base AUD\n  quote USD\n"
        "  multiplier 100000\n\n"
        "2026-01-01T08:00:00Z opening XAUUSDm -0.04 @ 4106.170 position short\n"
        "2026-01-01T08:00:00Z opening AUDUSDm -0.5 @ 0.69156 position short\n"
    )
    assert run("import", openings, "--db", db).code == 0
    path = shared / "exports/mt5/history_report_sections_space_thousands.csv"
    ran = run("import", path, "--timezone", "UTC", "--db", db)
    assert ran.code == 0, ran.err
    trades = asked(db, "trades")
    assert [round(Decimal(trade["gross_pnl"]), 2) for trade in trades] == [
        Decimal("20.31"),
        Decimal("-2.50"),
    ]
    assert {trade["state"] for trade in trades} == {"closed"}


def test_the_real_report_asks_for_sizes_and_says_what_its_profits_fit(shared: Path) -> None:
    path = shared / "exports/mt5/history_report_sections_space_thousands.csv"
    reading = IMPORTER.read(SourceFile.at(path), ReadOptions(zone_of("UTC+2")))
    assert reading.multiplier_needed == ("XAUUSDm", "AUDUSDm")
    assert reading.notes == (
        "the profits printed for XAUUSDm fit a lot of 100",
        "the profits printed for AUDUSDm fit a lot of 100000",
    )
    assert [str(row.event.at) for row in reading.rows] == [
        "2026-01-01T08:15:00Z",
        "2026-01-01T09:15:00Z",
    ]
    assert {row.account for row in reading.rows} == {"123"}


def test_positions_alone_are_refused_with_what_to_show(shared: Path) -> None:
    path = shared / "exports/mt5/history_report_sections_space_thousands.csv"
    text = path.read_text().partition("Deals,")[0]
    with pytest.raises(InputError, match="no deals: its positions are results") as caught:
        IMPORTER.read(SourceFile("r.csv", text.encode()), ReadOptions(zone_of("UTC")))
    assert "Positions, Orders and Deals" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (
            "Time,Position,Symbol,Type,Volume,Price,S / L,T / P,Time,Price,Swap,Profit\n",
            "positions",
        ),
        ("<html><title>Strategy Tester Report</title><table>", "simulated deals"),
    ],
)
def test_other_exports_are_refused_with_the_report_to_save(text: str, what: str) -> None:
    with pytest.raises(InputError, match=what) as caught:
        choose(SourceFile("x", text.encode()), IMPORTERS)
    assert "right-click, Report" in str(caught.value.hint)


def test_without_a_zone_the_server_s_is_asked_for() -> None:
    data = (_ACCOUNT.format("Hedge") + _HEADER + _buy(1, "99.68")).encode()
    with pytest.raises(InputError, match="no time zone"):
        IMPORTER.read(SourceFile("r.csv", data), ReadOptions())


def test_the_deals_alone_are_enough_but_for_the_currency() -> None:
    row = _buy(1, "99.68").replace("0.00,0.00,99.68", "- 0.10,0.00,99.58")
    file = SourceFile("r.csv", (_HEADER + row).encode())
    assert choose(file, IMPORTERS) is IMPORTER
    reading = IMPORTER.read(file, ReadOptions(zone_of("UTC")))
    assert [fill.fee for fill in _fills(reading)] == [None]
    assert reading.ignored == Counter({"swap in an unknown currency": 1})
    assert "commissions and swaps stay unknown" in reading.notes[0]


@pytest.mark.parametrize("mode", ["Hedge", "Netting"])
def test_only_hedging_accounts_keep_long_and_short_apart(mode: str) -> None:
    reading = _read(_HEADER + _buy(1, "99.68") + _buy(2, "99.36", "out"), mode)
    sides = [fill.position_side and str(fill.position_side) for fill in _fills(reading)]
    assert sides == (["long", "short"] if mode == "Hedge" else [None, None])


def test_a_deal_that_turns_a_position_over_is_for_netting_accounts_only() -> None:
    text = _HEADER + _buy(1, "99.68", "in/out")
    assert len(_read(text, "Netting").rows) == 1
    assert len(_read(text.replace(", real, {}", ""), "Exchange").rows) == 1
    (refused,) = _read(text, "Hedge").refused
    assert refused.reason.startswith("Direction in/out turns a position over")


def test_commission_and_fee_are_one_cost_and_older_reports_have_no_fee() -> None:
    (fill,) = _fills(_read(_HEADER + _buy(1, "99.68")))
    assert fill.fee == Fee(Decimal("0.32"), "EUR")
    older = (_HEADER + _buy(1, "99.70")).replace("Fee,", "").replace("- 0.02,", "")
    (fill,) = _fills(_read(older))
    assert fill.fee == Fee(Decimal("0.30"), "EUR")
    (fill,) = _fills(_read(_HEADER + _buy(1, "100.28").replace("- 0.30", "0.30")))
    assert fill.fee == Fee(Decimal("-0.28"), "EUR")


def test_a_swap_stands_before_the_deal_it_was_charged_with() -> None:
    row = _buy(1, "98.18", "out").replace("0.00,0.00,98.18", "- 1.50,0.00,98.18")
    reading = _read(_HEADER + row)
    swap, _ = (row.event.body for row in reading.rows)
    assert isinstance(swap, Funding)
    assert (swap.amount, swap.currency, str(swap.direction)) == (Decimal("-1.50"), "EUR", "short")
    assert swap.venue_id == "1"


@pytest.mark.parametrize(
    ("kind", "ignored"),
    [
        ("balance", "deposit or withdrawal"),
        ("credit", "credit"),
        ("buy canceled", "cancelled deal"),
        ("dividend", "dividend"),
        ("tax", "tax"),
    ],
)
def test_rows_without_a_fill_are_ignored_by_kind(kind: str, ignored: str) -> None:
    row = f"2026.11.03 09:00:00,1,,{kind},,,,,0.00,0.00,0.00,100.00,100.00,\n"
    reading = _read(_HEADER + row + _buy(2, "99.68"))
    assert reading.ignored == Counter({ignored: 1})
    assert len(reading.rows) == 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("buy,in", "gift,in", "a deal of Type 'gift' and Direction 'in' is not known"),
        ("buy,in", "buy,sideways", "a deal of Type 'buy' and Direction 'sideways' is not known"),
        (",0.10,", ",0.00,", "Volume 0.00 is not above zero"),
        (",1.1,", ",x,", "Price 'x' is not a number"),
        ("99.36", "98.36", "Balance 98.36 is not 99.68 before it changed by -0.32"),
        ("- 0.02,0.00,0.00,99.36", "- 0.20,0.00,0.00,99.36", "Balance 99.36 is not 99.68 before"),
        ("03 10:00:00,2", "33 10:00:00,2", "Time '2026.11.33 10:00:00' does not exist"),
        ("EURUSD", "EUR USD", "'EUR USD' is not a symbol"),
    ],
)
def test_a_bad_cell_refuses_its_row(old: str, new: str, reason: str) -> None:
    row = _buy(2, "99.36")
    assert old in row
    (refused,) = _read(_HEADER + _buy(1, "99.68") + row.replace(old, new)).refused
    assert refused.reason.startswith(reason)
    assert refused.number == 4


def test_orders_positions_and_totals_check_the_deals() -> None:
    above = (
        "Positions\n"
        "2026.11.03 10:00:00,7,EURUSD,buy,0.10,1.1,,,2026.11.03 11:00:00,1.2,0.00,0.00,910.00\n"
        "Orders\n2026.11.03 10:00:00,51,EURUSD,buy,0.10 / 0.10,market,,,,filled,,\nDeals\n"
    )
    assert _read(above + _HEADER + _buy(1, "99.68")).refused == []
    for old, new, reason in (
        (",0.10,1.1", ",10,1.1", "Volume 10 is more than the 0.10 that its order asked for"),
        (",1.1,", ",11,", "Price 11 is far from those of the positions, 1.1 to 1.2"),
    ):
        (refused,) = _read(above + _HEADER + _buy(1, "99.68").replace(old, new)).refused
        assert refused.reason == reason
    totals = ",,,,,,,,- 0.60,- 0.02,0.00,0.00,99.68,\n"
    assert _read(_HEADER + _buy(1, "99.68") + totals).notes == (
        (
            "Commission of the deals adds up to -0.30, but the row below them says -0.60: rows are "
            "missing or were changed"
        ),
    )


_RUSSIAN = (
    "Время", "Сделка", "Символ", "Тип", "Направление", "Объем", "Цена", "Ордер", "Комиссия",
    "Плата", "Своп", "Прибыль", "Баланс", "Комментарий",
)  # fmt: skip
_SPANISH = (
    "Hora", "Transacción", "Símbolo", "Tipo", "Dirección", "Volumen", "Precio", "Orden",
    "Comisión", "Cargo", "Swap", "Beneficio", "Balance", "Comentario",
)  # fmt: skip


@pytest.mark.parametrize("titles", [_RUSSIAN, _SPANISH])
def test_the_titles_may_be_in_any_language(titles: tuple[str, ...]) -> None:
    english = _read(_HEADER + _buy(1, "99.68"))
    assert _fills(_read(",".join(titles) + "\n" + _buy(1, "99.68"))) == _fills(english)


def test_a_workbook_says_the_same_with_its_numbers_as_numbers() -> None:
    rows = [line.split(",") for line in (_HEADER + _buy(1, "99.68")).splitlines()]
    header, row = ([*cells] for cells in rows)
    typed = [_as_number(cell) for cell in row]
    account = ["Account:", "", "", "31 (EUR, A-Server 2, real, Hedge)"]
    data = workbook({"Sheet1": [["Trade History Report"], account, ["Deals"], header, typed]})
    (file,) = unpacked(SourceFile("ReportHistory-31.xlsx", data))
    assert choose(file, IMPORTERS) is IMPORTER
    reading = IMPORTER.read(file, ReadOptions(zone_of("UTC")))
    assert _fills(reading) == _fills(_read(_HEADER + _buy(1, "99.68")))


def _as_number(cell: str) -> str | float:
    plain = cell.replace(" ", "")
    return float(plain) if plain.replace(".", "", 1).lstrip("-").isdecimal() else cell


def test_a_web_report_without_its_end_is_refused() -> None:
    data = b"<html><title>Trade History Report</title><table><tr><td>Time</td></tr>"
    with pytest.raises(InputError, match="does not end with </html>"):
        IMPORTER.read(SourceFile("r.html", data), ReadOptions(zone_of("UTC")))
