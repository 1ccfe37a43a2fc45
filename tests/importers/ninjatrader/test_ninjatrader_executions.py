"""NinjaTrader: real grids, what the platform made of them, cultures, and the position's check."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command_line import asked, run

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Fill
from journal.importers.importer import choose
from journal.importers.ninjatrader.executions import IMPORTER
from journal.importers.reading import Reading, ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.importers.zones import zone_of

_HEADER = (
    "Instrument,Action,Quantity,Price,Time,ID,E/X,Position,Order ID,Name,Commission,Rate,"
    "Account,Connection,\r\n"
)


def _read(text: str, header: str = _HEADER) -> Reading:
    file = SourceFile("grid.csv", (header + text).encode())
    assert choose(file, IMPORTERS) is IMPORTER
    return IMPORTER.read(file, ReadOptions(zone_of("UTC")))


def _row(
    action: str,
    quantity: int,
    effect: str,
    position: str,
    number: int,
    time: str = "11/16/2026 9:30:00 AM",
    instrument: str = "ES 12-26",
) -> str:
    return (
        f"{instrument},{action},{quantity},6700.00,{time},id{number},{effect},{position},"
        f"o{number},Entry,$1.00,1,Sim9,Demo,\r\n"
    )


def _fills(reading: Reading) -> list[Fill]:
    return [row.event.body for row in reading.rows if isinstance(row.event.body, Fill)]


@pytest.fixture
def real(shared: Path, tmp_path: Path) -> Path:
    """Return a journal into which both accounts of the real grid were imported."""
    db = tmp_path / "journal.db"
    path = shared / "exports/ninjatrader/executions_grid_usd_am_pm.csv"
    assert run("init", "--db", db).code == 0
    for account in ("SimTest1", "SimTest2"):
        assert run("account", "add", account, "--currency", "USD", "--db", db).code == 0
    ran = run("import", path, "--timezone", "America/New_York", "--db", db)
    assert ran.code == 0, ran.err
    return db


def test_the_real_grid_gives_the_profits_of_the_platform_s_own_trades(real: Path) -> None:
    trades = asked(real, "trades")
    nets = [(trade["instrument"], round(Decimal(trade["net_pnl"]), 8)) for trade in trades]
    # The platform's first three lots are one trade here: 292.04 + 246.02 + 792.04.
    assert nets == [
        ("ES-2026-12", Decimal("1330.10")),
        ("MES-2026-12", Decimal("-22.48")),
        ("ES-2026-12", Decimal("96.02")),
    ]
    assert [trade["account"] for trade in trades] == ["SimTest1", "SimTest2", "SimTest1"]
    assert {trade["state"] for trade in trades} == {"closed"}


def test_the_trades_grid_is_refused_with_the_grid_to_fetch(shared: Path) -> None:
    path = shared / "exports/ninjatrader/trades_grid_usd_parentheses_mae_mfe.csv"
    with pytest.raises(InputError, match="Trades grid, which lists first-in-first-out lots") as bad:
        choose(SourceFile.at(path), IMPORTERS)
    assert "Display: Executions" in str(bad.value.hint)


def test_without_a_zone_it_is_asked_for() -> None:
    file = SourceFile("grid.csv", (_HEADER + _row("Buy", 1, "Entry", "1 L", 1)).encode())
    with pytest.raises(InputError, match="no time zone"):
        IMPORTER.read(file, ReadOptions())


@pytest.mark.parametrize(
    ("instrument", "symbol", "size"),
    [
        ("ES 12-26", "ES-2026-12", "50"),
        ("MNQ SEP25", "MNQ-2025-09", "2"),
        ("MNQZ6", "MNQZ6", "2"),
        ("FDAX 03-27", "FDAX-2027-03", None),
        ("EURUSD", "EURUSD", None),
    ],
)
def test_a_contract_by_any_of_its_names(instrument: str, symbol: str, size: str | None) -> None:
    reading = _read(_row("Buy", 1, "Entry", "1 L", 1, instrument=instrument))
    assert _fills(reading)[0].symbol == symbol
    assert reading.multiplier_needed == (() if size else (symbol,))
    terms = [getattr(each.body, "terms", None) for each in reading.declarations]
    assert [terms and str(terms.multiplier) for terms in terms] == ([size] if size else [])


def test_fills_of_one_second_follow_each_other_by_what_was_held() -> None:
    reading = _read(
        _row("Sell", 1, "Exit", "1 L", 3)
        + _row("Buy", 1, "Entry", "2 L", 2)
        + _row("Buy", 1, "Entry", "1 L", 1)
    )
    assert [fill.venue_id for fill in _fills(reading)] == ["id1", "id2", "id3"]


def test_a_second_in_the_middle_of_a_position_begins_where_no_fill_of_it_ended() -> None:
    reading = _read(
        _row("Sell", 1, "Exit", "1 L", 2)
        + _row("Sell", 1, "Exit", "2 L", 1)
        + _row("Sell", 1, "Exit", "-", 3, "11/16/2026 9:31:00 AM")
    )
    assert reading.refused == []
    assert [fill.venue_id for fill in _fills(reading)] == ["id1", "id2", "id3"]


def test_a_flip_may_be_called_either_and_a_history_may_begin_with_an_exit() -> None:
    reading = _read(
        _row("Sell", 3, "Exit", "2 L", 1)
        + _row("Sell", 5, "Exit", "3 S", 2, "11/16/2026 9:31:00 AM")
        + _row("Buy", 5, "Entry", "2 L", 3, "11/16/2026 9:32:00 AM")
    )
    assert reading.refused == []
    assert len(reading.rows) == 3


def test_a_row_that_does_not_follow_is_refused_and_a_reset_account_is_noted() -> None:
    reading = _read(
        _row("Buy", 2, "Entry", "2 L", 1)
        + _row("Buy", 3, "Entry", "4 L", 2, "11/16/2026 9:31:00 AM")
        + _row("Sell", 1, "Entry", "1 S", 3, "11/16/2026 9:32:00 AM")
    )
    assert [row.number for row in reading.refused] == [3]
    assert reading.refused[0].reason.startswith(
        "Position says that 1 ES-2026-12 were held before, but the row before it left 2"
    )
    assert [fill.venue_id for fill in _fills(reading)] == ["id1", "id3"]
    assert "starts ES-2026-12 from flat where the row before it left 2" in reading.notes[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (_row("Buy", 1, "Exit", "1 L", 1), "E/X 'Exit' and Position '1 L' after Buy 1 do not"),
        (_row("Buy", 1, "Open", "1 L", 1), "E/X 'Open' is neither Entry nor Exit"),
        (_row("Hold", 1, "Entry", "1 L", 1), "Action 'Hold' is none of buy, sell"),
        (_row("Buy", 1, "Entry", "1", 1), "Position '1' is not like '2 L', '2 S' or '-'"),
        (_row("Buy", 1, "Entry", "1 L", 1, instrument="ES 13-26"), "Instrument 'ES 13-26' names"),
        (_row("Buy", 1, "Entry", "1 L", 1).replace("$1.00", "$100"), "Commission '$100' has no"),
        (_row("Buy", 1, "Entry", "1 L", 1).replace("Buy,1", "Buy,1.5"), "Quantity '1.5' is no"),
    ],
)
def test_a_bad_cell_refuses_its_row(row: str, reason: str) -> None:
    (refused,) = _read(row).refused
    assert refused.reason.startswith(reason)


@pytest.mark.parametrize(
    ("times", "first"),
    [
        (["1/5/2026 9:30:00 PM"], "2026-01-05T21:30:00Z"),
        (["06/08/2026 1:01:00 PM", "06/15/2026 1:01:00 PM"], "2026-06-08T13:01:00Z"),
        (["9/15/2026 9:39"], "2026-09-15T09:39Z"),
        (["27/04/2026 6:05:02"], "2026-04-27T06:05:02Z"),
        (["01-04-2026 00:27:56"], "2026-04-01T00:27:56Z"),
        (["5.11.2026 9:03:41"], "2026-11-05T09:03:41Z"),
        (["2026-09-16 15:31:02"], "2026-09-16T15:31:02Z"),
    ],
)
def test_times_of_many_cultures(times: list[str], first: str) -> None:
    rows = (_row("Buy", 1, "Entry", f"{n} L", n, time) for n, time in enumerate(times, start=1))
    assert str(_read("".join(rows)).rows[0].event.at) == first


@pytest.mark.parametrize("time", ["05/06/2026 9:30:00 AM", "5/6/2026 9:30:00"])
def test_a_day_that_could_be_a_month_refuses_the_file(time: str) -> None:
    with pytest.raises(InputError, match="with the day first or with the month first"):
        _read(_row("Buy", 1, "Entry", "1 L", 1, time))


@pytest.mark.parametrize(
    ("price", "fee", "expected"),
    [
        ("6.712,25", "0,62 $", "0.62"),
        ("6712.25", "0.62 $", "0.62"),
        ("6712,25", "-0,05 $", "-0.05"),
    ],
)
def test_semicolons_come_with_a_decimal_comma_or_a_point(
    price: str, fee: str, expected: str
) -> None:
    header = _HEADER.replace(",", ";").replace("Account", "Account display name")
    row = f"ES DEC26;Buy;1;{price};05/06/2026 9:30:00;i;Entry;1 L;o;n;{fee};1;A;C;\r\n"
    (fill,) = _fills(_read(row, header))
    assert (fill.price, fill.fee) == (Decimal("6712.25"), Fee(Decimal(expected), "USD"))


def test_a_short_grid_with_its_columns_moved_is_read_with_what_it_lacks_noted() -> None:
    header = "Instrument,Action,Time,Price,E/X,Connection,Quantity,Account display name\n"
    reading = _read("MNQZ6,Sell,9/15/2026 9:39,29441.25,Exit,FEED,6,ACC-1\n", header)
    (fill,) = _fills(reading)
    assert (fill.quantity, fill.price, fill.fee, fill.venue_id) == (
        6,
        Decimal("29441.25"),
        None,
        None,
    )
    assert reading.rows[0].account == "ACC-1"
    assert [note.split(":")[0] for note in reading.notes] == [
        "the commission of 1 fills, or its currency, is not in the file",
        "the grid has no ID column",
    ]
