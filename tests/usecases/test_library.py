"""A journal in a notebook: `journal.open`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest
from command_line import asked, imported

import journal
from journal.domain.errors import InputError, StorageError
from journal.usecases.library import Notebook

TEXT = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.1%
2026-01-05T08:00Z plan BTC-USDT long as lows  #range
  thesis       "Range low"
  enter        2 @ 100
  enter        2 @ 95
  invalidation 90
  stop         90
  exit         rest @ 110
2026-01-05T09:00Z fill BTC-USDT buy 2 @ 100 fee 0.2 USDT
2026-01-06T09:00Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT
2026-01-07T09:00Z fill ETH-USDT buy 1 @ 50
2026-01-07T10:00Z fill ETH-USDT sell 1 @ 45 fee 0.045 USDT
2026-01-08T09:00Z fill SOL-USDT buy 3 @ 10 fee 0.03 USDT
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return imported(tmp_path, TEXT)


@pytest.fixture(autouse=True)
def _at_a_fixed_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2026-01-09T12:00Z")


@pytest.fixture
def book(db: Path) -> Notebook:
    return journal.open(db)


def test_trades_as_numbers_and_times(book: Notebook, db: Path) -> None:
    trades = book.trades()
    assert trades["trade"].tolist() == ["T1", "T3", "T5"]
    assert trades["net_pnl"].tolist()[0] == pytest.approx(19.58)  # 20 - 0.2 - 0.22
    assert trades["net_pnl"].isna().tolist() == [False, True, False]  # ETH's fee is not known
    assert trades["net_pnl"].dtype == float
    assert str(trades["opened_at"].dtype).endswith("UTC]")
    assert trades["closed_at"].isna().tolist() == [False, False, True]
    listed = asked(db, "trades")
    assert trades["r_multiple"][0] == pytest.approx(float(listed[0]["r_multiple"]))
    assert list(trades["tags"]) == [("range",), (), ()]


def test_fills_are_exact_facts(book: Notebook) -> None:
    fills = book.fills()
    assert fills["id"].tolist() == ["F1", "F2", "F3", "F4", "F5"]
    assert fills["price"].tolist() == ["100", "110", "50", "45", "10"]
    assert fills["fee"].tolist()[:2] == ["0.2", "0.22"]
    assert fills["fee"].isna().tolist() == [False, False, True, False, False]
    assert fills["at"].is_monotonic_increasing


def test_verdicts_and_adherence_agree(book: Notebook, db: Path) -> None:
    verdicts = book.verdicts()
    assert set(verdicts["verdict"]) <= {"kept", "broken", "unknown", "not_applicable"}
    plans = verdicts[verdicts["code"] == "PLAN101"].set_index("owner")["verdict"]
    assert plans.to_dict() == {"T1": "kept", "T3": "broken", "T5": "broken"}
    table = book.adherence()
    assert table.loc["PLAN101", ["kept", "broken"]].tolist() == [1, 2]
    assert table.loc["PLAN101", "adherence"] == pytest.approx(1 / 3)
    counted = verdicts.groupby(["code", "verdict"]).size()
    for code, row in table.iterrows():
        for name in ("kept", "broken", "unknown"):
            assert row[name] == counted.get((code, name), 0), (code, name)
    reviewed = asked(db, "check")["adherence"]
    assert (table["kept"].sum(), table["broken"].sum()) == (reviewed["kept"], reviewed["broken"])


def test_violations_with_their_costs(book: Notebook, db: Path) -> None:
    found = book.violations()
    assert found["id"].tolist() == [each["id"] for each in asked(db, "check")["violations"]]
    assert found["cost"].dtype == float


def test_figures_are_painted_in_a_scheme(book: Notebook) -> None:
    names = book.figures(week="2026-W02")
    assert {"ladder-T1", "quadrants", "adherence", "cumulative"} <= set(names)
    light = book.figure("ladder-T1", week="2026-W02")
    dark = book.figure("ladder-T1", week="2026-W02", scheme="dark")
    assert isinstance(light, go.Figure)
    assert "var(--" not in light.to_json() + dark.to_json()
    bought = [trace for trace in light.data if trace.name == "buy"]
    assert [list(trace.y) for trace in bought] == [[100.0]]
    assert light.layout.font.color == "#1b1f24"
    assert dark.layout.font.color == "#e7eaee"


def test_a_figure_that_is_none(book: Notebook) -> None:
    with pytest.raises(InputError, match="no figure 'pie'") as refused:
        book.figure("pie", week="2026-W02")
    assert "adherence" in str(refused.value.hint)


def test_the_review_is_a_page(book: Notebook) -> None:
    page = book.review(week="2026-W02")
    assert page.lstrip().startswith("<!DOCTYPE html>")
    assert "<h1>Review of 2026-W02</h1>" in page


def test_an_empty_journal_has_empty_frames(journal_db: Path) -> None:
    book = journal.open(journal_db)
    frames = (book.trades(), book.fills(), book.violations(), book.verdicts())
    assert all(isinstance(frame, pd.DataFrame) and frame.empty for frame in frames)
    assert "net_pnl" in book.trades().columns
    assert "price" in book.fills().columns


def test_opening_reads_only(db: Path) -> None:
    before = db.read_bytes()
    journal.open(str(db)).trades()
    assert db.read_bytes() == before


def test_an_open_trade_is_drawn_to_the_present(book: Notebook) -> None:
    drawn = book.figure("ladder-T5", week="2026-W02")
    (average,) = (trace for trace in drawn.data if trace.name == "average")
    assert str(average.x[-1]).startswith("2026-01-09T12:00")


def test_no_journal_there(tmp_path: Path) -> None:
    with pytest.raises((StorageError, InputError)):
        journal.open(tmp_path / "none.db")
    assert not (tmp_path / "none.db").exists()
