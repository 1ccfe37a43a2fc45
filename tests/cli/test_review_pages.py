"""The page as a file: the same bytes anywhere, numbers as a locale writes them, paper."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import imported, run

from journal.usecases.demo import DEMO_NOW, REVIEWED_WEEK, make_demo

NOW = DEMO_NOW.isoformat().replace("+00:00", "Z")
REVIEW = ("review", "--week", REVIEWED_WEEK, "--format", "html")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo")).path


@pytest.fixture(autouse=True)
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_NOW", NOW)


def elsewhere(demo: Path, *words: str, **environment: str) -> bytes:
    """Return what a process of its own prints, under another environment."""
    done = subprocess.run(
        (sys.executable, "-m", "journal", *words, "--db", demo),
        env={**os.environ, "JOURNAL_NOW": NOW, **environment},
        capture_output=True,
        check=True,
    )
    return done.stdout


def test_the_same_bytes_whatever_machine_it_is(demo: Path) -> None:
    """Neither the seed of hashes, nor the machine's zone, nor its locale is in a page."""
    here = run(*REVIEW, "--db", demo).out.encode()
    assert run(*REVIEW, "--db", demo).out.encode() == here
    assert elsewhere(demo, *REVIEW, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C") == here
    german = {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}
    assert elsewhere(demo, *REVIEW, PYTHONHASHSEED="2", TZ="America/New_York", **german) == here


def test_a_trades_page_is_the_same_too(demo: Path, tmp_path: Path) -> None:
    pages = []
    for number, zone in enumerate(("Asia/Tokyo", "America/New_York")):
        page = tmp_path / f"{number}.html"
        elsewhere(
            demo, "show", "T124", "-o", str(page), TZ=zone, PYTHONHASHSEED=str(number), LC_ALL="C"
        )
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]
    # the account's own clock, whatever the machine's: filled at 09:41 in New York
    assert "times in America/New_York" in pages[0].decode()


def tables(demo: Path, *words: str) -> list[str]:
    """Return every cell of the tables of a review."""
    ran = run("review", "--week", REVIEWED_WEEK, "--json", *words, "--db", demo)
    return [
        cell
        for section in json.loads(ran.out)["sections"]
        for table in section["tables"]
        for row in table["rows"]
        for cell in row
    ]


@pytest.mark.parametrize(
    ("locale", "decimal", "group"),
    [
        ("de_DE", ",", "."),
        ("de_CH.UTF-8", ".", "\u2019"),
        ("fr-FR", ",", "\u202f"),
        ("en_GB", ".", ","),
    ],
)
def test_a_locale_changes_marks_and_no_digit(
    demo: Path, locale: str, decimal: str, group: str
) -> None:
    plain, local = tables(demo), tables(demo, "--locale", locale)
    exchanged = str.maketrans({".": decimal, ",": group})
    number = re.compile(r"[+-]?\d[\d.,]*\d")
    symbol_or_date = re.compile(r"\d{4}-|^\d\d-\d\d |^[A-Z]+\d|^T\d")
    for before, after in zip(plain, local, strict=True):
        if symbol_or_date.search(before):
            assert after == before
        else:
            expected = number.sub(lambda found: found[0].translate(exchanged), before)
            assert after == expected, (before, after)
    assert any(decimal in cell and re.search(r"\d", cell) for cell in local)


def test_a_page_in_german_has_no_english_number(demo: Path) -> None:
    """Cards, headings, sentences, costs, axes, and the rules' own sentences with their prices."""
    page = run(*REVIEW, "--locale", "de_DE", "--db", demo).out
    assert '{"separators": ",."}' in page
    body = page[page.index("<main>") : page.index("</main>")]
    shown = re.findall(r'<(?:h3|dd|p|td)(?: [^>]*)?>([^<]*)<|aria-label="([^"]*)"', body)
    texts = [html.unescape(one or other) for one, other in shown]
    assert any("+731,70 USD" in text for text in texts)
    assert any("25433,93" in text for text in texts)
    assert any("worse than the average 6871,25, without a tranche" in text for text in texts)
    english = re.compile(r"(?<![\w.])[+-]?\d+\.\d{1,2}(?![\d.])")
    # T133.2 and PLAN101-F133.2 are names
    assert [text for text in texts if english.search(text)] == []


def test_a_locale_nobody_speaks(demo: Path) -> None:
    ran = run(*REVIEW, "--locale", "klingon", "--db", demo)
    assert ran.code == 2
    assert "--locale de_DE" in ran.err


def test_the_ending_of_the_file_says_how_it_is_written(demo: Path, tmp_path: Path) -> None:
    for ending, begins in ((".html", "<!DOCTYPE html>"), (".md", "# Review"), (".txt", "Review")):
        target = tmp_path / f"week{ending}"
        ran = run("review", "--week", REVIEWED_WEEK, "-o", target, "--db", demo)
        assert ran.code == 0
        assert target.read_text("utf-8").lstrip().startswith(begins)
    for number, words in enumerate(((), ("--json",))):
        target = tmp_path / f"week{number}.json"
        ran = run("review", "--week", REVIEWED_WEEK, *words, "-o", target, "--db", demo)
        assert (ran.code, ran.out) == (0, "")
        assert json.loads(target.read_text("utf-8"))["label"] == REVIEWED_WEEK


def test_a_trade_as_a_page(tmp_path: Path) -> None:
    text = (
        "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
        '2026-01-05T14:40Z note BTC-USDT "looked cheap"  #fomo\n'
        "2026-01-06T09:00Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT\n"
    )
    page = tmp_path / "trade.html"
    db = imported(tmp_path, text)
    assert run("show", "T1", "-o", page, "--locale", "de_DE", "--db", db).code == 0
    said = page.read_text()
    assert "<title>T1 BTC-USDT long</title>" in said
    assert "+29,37 USDT" in said
    assert "looked cheap #fomo" in said
    assert 'href="#PLAN101-F1"' not in said  # no list of all breaches stands on this page


def test_a_page_printed_to_paper(demo: Path, tmp_path: Path) -> None:
    for program in ("chromium", "pdftotext"):
        if shutil.which(program) is None:
            assert os.environ.get("CI") != "true", f"{program} is not installed"
            pytest.skip(f"{program} is not installed")
    printed = tmp_path / "week.pdf"
    ran = run("review", "--week", REVIEWED_WEEK, "--pdf", printed, "--db", demo)
    assert ran.code == 0, ran.err
    assert printed.read_bytes().startswith(b"%PDF-")
    done = subprocess.run(
        ("pdftotext", printed, "-"),  # noqa: S607 - wherever it is
        capture_output=True,
        check=True,
        text=True,
    )
    said = done.stdout
    assert f"Review of {REVIEWED_WEEK}" in said
    assert "+731.70 USD" in said
    assert "invalidation 25465" in said  # the pictures are on the paper, too


def test_a_page_that_cannot_be_printed(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = run("review", "--week", REVIEWED_WEEK, "--pdf", tmp_path / "week.pdf", "--db", demo)
    assert (ran.code, ran.out) == (2, "")
    assert "no Chromium is found" in ran.err
    assert len(ran.err.splitlines()) <= 2
