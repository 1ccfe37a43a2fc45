"""Files that print dates without times: no midnight is made of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import asked, run

_HEAD = '"Date","Action","Symbol","Description","Quantity","Price","Fees & Comm","Amount"'
_BOUGHT = '"05/04/2026","Buy","DIS","WALT DISNEY CO","150","$111.32","","-$16698.00"'
_SOLD = '"05/05/2026","Sell","DIS","WALT DISNEY CO","{}","$113.00","","${}.00"'


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return a journal of an account in Berlin, where days begin before midnight UTC."""
    path = tmp_path / "j.db"
    assert run("init", "--db", path).code == 0
    assert run("account", "add", "main", "--timezone", "Europe/Berlin", "--db", path).code == 0
    return path


def _imported(db: Path, *rows: str) -> str:
    source = db.with_name("schwab.csv")
    source.write_text("\n".join([_HEAD, *rows]) + "\n")
    ran = run("import", source, "--db", db)
    assert ran.code == 0, ran.err
    return ran.out


def test_the_days_of_a_file_are_told_without_times(db: Path) -> None:
    out = _imported(db, _BOUGHT, _SOLD.format(150, 16950))
    assert "\n  from 2026-05-04 to 2026-05-05, dates without times of day\n" in out


def test_a_fill_is_listed_on_the_date_that_was_printed(db: Path) -> None:
    _imported(db, _BOUGHT, _SOLD.format(150, 16950))
    listed = run("fills", "--db", db).out.splitlines()[1:]
    assert [line.split()[1:3] for line in listed] == [["26-05-04", "DIS"], ["26-05-05", "DIS"]]
    shown = run("show", "T1", "--db", db).out
    assert "F1    05-04  buy" in shown
    first = asked(db, "fills")[0]
    assert (first["at"], first["filled_on"]) == ("2026-05-03T22:00:00Z", "2026-05-04")


def test_what_was_held_is_asked_for_by_date(db: Path) -> None:
    out = _imported(db, _SOLD.format(200, 22600))
    assert "  T1: held before 2026-05-05\n" in out


def test_a_date_of_an_opening_is_told_as_well(db: Path) -> None:
    ran = run("opening", "DIS", "50", "@", "100", "--at", "2026-05-01", "--db", db)
    assert ran.code == 0, ran.err
    out = _imported(db, _SOLD.format(200, 22600))
    assert "held before 2026-05-01\n    journal opening DIS 150 @ PRICE" in out


def test_some_dates_among_times_are_counted(tmp_path: Path) -> None:
    source = tmp_path / "given.journal"
    source.write_text("2026-05-04 fill DIS buy 1 @ 100\n2026-05-05T10:00Z fill DIS sell 1 @ 101\n")
    out = run("import", source, "--dry-run", "--db", tmp_path / "j.db").out
    assert "from 2026-05-04 00:00Z to 2026-05-05 10:00Z, 1 of 2 dates without times" in out
