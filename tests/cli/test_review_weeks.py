"""Weeks that are unlike others, in every form a review has."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import imported, run

HEAD = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.1%
  timezone Europe/Berlin
2026-01-01T00:00Z account us
  currency USD
  equity   10000
"""
PLAN = """\
{at}T08:00Z plan {symbol} long  #{tag}
  thesis       "Range low"
  enter        1 @ 100
  enter        1 @ 95
  invalidation 90
  stop         90
  exit         rest @ 110
{at}T09:00Z fill {symbol} buy 1 @ 100 fee 0.1 USDT
"""
SOLD = "{at}T12:00Z fill {symbol} sell 1 @ 110 fee 0.11 USDT\n"
FORMS = ("text", "md", "html", "json")


@pytest.fixture(autouse=True)
def _a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", "2027-02-01T00:00Z")


def planned(at: str, symbol: str = "BTC-USDT", tag: str = "range") -> str:
    return PLAN.format(at=at, symbol=symbol, tag=tag)


def sold(at: str, symbol: str = "BTC-USDT") -> str:
    return SOLD.format(at=at, symbol=symbol)


def reviewed(db: Path, *words: str) -> dict[str, Any]:
    """Return a review's JSON after it was written in every other form."""
    said = {form: run("review", *words, "--format", form, "--db", db) for form in FORMS}
    for form, ran in said.items():
        assert ran.code == 0, (form, ran.err)
    lines = said["text"].out.splitlines()
    assert max(map(len, lines)) <= 80
    assert not any(line != line.rstrip() for line in lines)
    assert said["md"].out.startswith("# Review of ")
    assert said["html"].out.rstrip().endswith("</html>")
    assert "nan" not in said["text"].out.lower().split()
    assert "None" not in said["text"].out
    found: dict[str, Any] = json.loads(said["json"].out)
    cells = [
        cell
        for section in found["sections"]
        for table in section["tables"]
        for row in table["rows"]
        for cell in row
    ]
    assert not [cell for cell in cells if cell.lower().startswith(("nan", "none", "inf"))]
    return found


def anchors(found: dict[str, Any]) -> set[str]:
    return {section["anchor"] for section in found["sections"]}


def test_no_trade(tmp_path: Path) -> None:
    found = reviewed(imported(tmp_path, HEAD), "--week", "2026-W10")
    assert (found["trades"], found["violations"], found["blocks"]) == ([], [], [])
    assert {"week", "breaches"} <= anchors(found)
    assert not {"outcomes", "ladders", "trades", "days"} & anchors(found)


def test_one_trade(tmp_path: Path) -> None:
    text = HEAD + planned("2026-03-02") + sold("2026-03-03")
    found = reviewed(imported(tmp_path, text), "--week", "2026-W10")
    assert [each["net_pnl"] for each in found["trades"]] == ["9.79"]


@pytest.mark.parametrize(("week", "shown"), [("2026-W35", ["2026-W10"]), ("2026-W36", [])])
def test_charts_over_time_look_back_on_26_weeks(
    week: str, shown: list[str], tmp_path: Path
) -> None:
    """At midnight in Berlin: the second buy is of W09 still, the sale a minute later of W10."""
    text = HEAD + planned("2026-02-20")
    text += "2026-03-01T22:59Z fill BTC-USDT buy 1 @ 95 fee 0.1 USDT\n"
    text += "2026-03-01T23:00Z fill BTC-USDT sell 2 @ 110 fee 0.22 USDT\n"
    found = reviewed(imported(tmp_path, text), "--week", week)
    costs = [
        row[0]
        for section in found["sections"]
        if section["anchor"] == "costs"
        for table in section["tables"]
        for row in table["rows"]
    ]
    assert costs == shown


def test_only_open_trades(tmp_path: Path) -> None:
    text = HEAD + planned("2026-03-02") + planned("2026-03-03", "ETH-USDT")
    found = reviewed(imported(tmp_path, text), "--week", "2026-W10")
    assert {each["state"] for each in found["trades"]} == {"open"}
    assert [block["closed"] for block in found["blocks"]] == [0]
    assert "outcomes" not in anchors(found)


def test_only_unplanned_trades(tmp_path: Path) -> None:
    text = HEAD + "".join(
        f"2026-03-0{day}T09:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT\n{sold(f'2026-03-0{day}')}"
        for day in range(2, 7)
    )
    found = reviewed(imported(tmp_path, text), "--week", "2026-W10")
    assert found["verdicts"]["PLAN101"]["broken"] == 5
    assert [block["r_trades"] for block in found["blocks"]] == [0]
    assert "results" not in anchors(found)  # nothing has an R


def test_a_trade_that_closed_later_is_not_counted_as_closed(tmp_path: Path) -> None:
    text = HEAD + planned("2026-03-02") + sold("2026-03-10")
    db = imported(tmp_path, text)
    first, second = reviewed(db, "--week", "2026-W10"), reviewed(db, "--week", "2026-W11")
    assert [block["closed"] for block in first["blocks"]] == [0]
    assert [(block["closed"], block["net_pnl"]) for block in second["blocks"]] == [(1, "9.79")]
    assert [each["trade"] for each in second["trades"]] == ["T1"]


def test_the_week_around_new_year_is_one_week(tmp_path: Path) -> None:
    """2026-W53 runs from Monday, 28 December, to Sunday, 3 January 2027."""
    text = (
        HEAD
        + planned("2026-12-28") + sold("2026-12-31")
        + planned("2027-01-01") + sold("2027-01-03")
        + planned("2027-01-04") + sold("2027-01-05")
    )  # fmt: skip
    db = imported(tmp_path, text)
    found = reviewed(db, "--week", "2026-W53")
    assert (found["since"], found["until"]) == ("2026-12-27T23:00:00Z", "2027-01-03T23:00:00Z")
    assert [each["trade"] for each in found["trades"]] == ["T1", "T3"]
    (block,) = found["blocks"]
    assert [day["day"] for day in block["days"]] == ["2026-12-31", "2027-01-03"]
    later = reviewed(db, "--week", "2027-W01")
    assert [each["trade"] for each in later["trades"]] == ["T5"]
    (weeks,) = (section for section in later["sections"] if section["anchor"] == "adherence")
    assert [row[0] for row in weeks["tables"][0]["rows"]] == ["2026-W53", "2027-W01"]


@pytest.mark.parametrize(
    ("week", "last_night", "first_morning", "hours"),
    [
        # Sunday, 29 March has 23 hours in Berlin: its midnights are 23:00Z and 22:00Z
        ("2026-W13", "2026-03-28T22:59", "2026-03-28T23:00", 7 * 24 - 1),
        # Sunday, 25 October has 25 hours: 22:00Z and 23:00Z
        ("2026-W43", "2026-10-24T21:59", "2026-10-24T22:00", 7 * 24 + 1),
    ],
)
def test_days_when_clocks_change(
    tmp_path: Path, week: str, last_night: str, first_morning: str, hours: int
) -> None:
    sunday = "2026-03-29" if week == "2026-W13" else "2026-10-25"
    over = f"{sunday}T{'21:59' if week == '2026-W13' else '22:59'}"
    opened = f"{last_night[:8]}{int(last_night[8:10]) - 2}"
    text = (
        f"{HEAD}{opened}T09:00Z fill BTC-USDT buy 4 @ 100 fee 0 USDT\n"
        f"{last_night}Z fill BTC-USDT sell 1 @ 101 fee 0 USDT\n"
        f"{first_morning}Z fill BTC-USDT sell 1 @ 102 fee 0 USDT\n"
        f"{over}Z fill BTC-USDT sell 1 @ 104 fee 0 USDT\n"
    )
    found = reviewed(imported(tmp_path, text), "--week", week)
    (block,) = found["blocks"]
    saturday = f"{sunday[:8]}{int(sunday[8:]) - 1}"
    assert {day["day"]: day["net_pnl"] for day in block["days"]} == {saturday: "1", sunday: "6"}
    since, until = (found[name].rstrip("Z") for name in ("since", "until"))
    days = (int(until[8:10]) - int(since[8:10])) * 24 + int(until[11:13]) - int(since[11:13])
    assert days == hours


def test_money_is_never_added_across_currencies(tmp_path: Path) -> None:
    text = (
        HEAD + planned("2026-03-02") + sold("2026-03-03")
        + "2026-03-04T15:00Z fill AAPL buy 10 @ 20 fee 1 USD account us\n"
        "2026-03-04T16:00Z fill AAPL sell 10 @ 22 fee 1 USD account us\n"
        "2026-03-05T15:00Z fill ETH-BTC buy 1 @ 0.05 fee 0 BTC\n"
        "2026-03-05T16:00Z fill ETH-BTC sell 1 @ 0.06 fee 0 BTC\n"
    )  # fmt: skip
    db = imported(tmp_path, text)
    found = reviewed(db, "--week", "2026-W10")
    nets = {block["currency"]: block["net_pnl"] for block in found["blocks"]}
    assert nets == {"BTC": "0.01", "USD": "18", "USDT": "9.79"}
    said = "\n".join(
        run("review", "--week", "2026-W10", "--format", form, "--db", db).out
        for form in ("text", "md", "json")
    )
    assert "+0.01 BTC" in said
    for summed in ("27.79", "27.80", "18.01", "9.80", "27.8"):
        assert summed not in said
    one = reviewed(db, "--week", "2026-W10", "--account", "us")
    assert [block["currency"] for block in one["blocks"]] == ["USD"]


def test_setups_months_quarters_and_days(tmp_path: Path) -> None:
    text = (
        HEAD
        + planned("2026-02-27") + sold("2026-02-28")
        + planned("2026-03-02", "ETH-USDT", "fade") + sold("2026-03-03", "ETH-USDT")
        + planned("2026-04-01", "SOL-USDT") + sold("2026-04-02", "SOL-USDT")
    )  # fmt: skip
    db = imported(tmp_path, text)

    def trades(*words: str) -> list[str]:
        return [each["trade"] for each in reviewed(db, *words)["trades"]]

    assert trades("--setup", "fade", "--quarter", "2026-Q1") == ["T3"]
    assert trades("--setup", "#range", "--quarter", "2026-Q1") == ["T1"]
    assert trades("--month", "2026-03") == ["T3"]
    assert trades("--quarter", "2026-Q1") == ["T1", "T3"]
    assert trades("--quarter", "2026-Q2") == ["T5"]
    assert trades("--from", "2026-02-28", "--to", "2026-03-02") == ["T1", "T3"]
    of_fade = reviewed(db, "--setup", "fade", "--quarter", "2026-Q1")
    assert [block["net_pnl"] for block in of_fade["blocks"]] == ["9.79"]


@pytest.mark.slow
def test_three_thousand_trades(tmp_path: Path) -> None:
    """A page is for reading: of very many trades 30 are drawn, 100 listed, 200 breaches shown."""
    trades = []
    for number in range(3000):
        day, minute = 2 + number // 600, number % 600
        at = f"2026-03-{day:02d}T{8 + minute // 60:02d}:{minute % 60:02d}"
        trades.append(
            f"{at}:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT\n"
            f"{at}:30Z fill BTC-USDT sell 1 @ {99 + number % 3} fee 0.1 USDT\n"
        )
    db = imported(tmp_path, HEAD + "".join(trades))
    page = tmp_path / "page.html"
    assert run("review", "--week", "2026-W10", "-o", page, "--db", db).code == 0
    text = page.read_text()
    assert len(text.encode()) < 6_000_000
    assert text.count('data-chart="ladder-') == 30
    found = reviewed(db, "--week", "2026-W10")
    (listed,) = (each for each in found["sections"] if each["anchor"] == "trades")
    assert (len(found["trades"]), len(listed["tables"][0]["rows"])) == (3000, 100)
    assert "2970 more trades" in text
