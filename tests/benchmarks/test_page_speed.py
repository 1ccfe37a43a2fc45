"""What the review's page takes for journals of three sizes, beside quantstats' HTML report.

Run with `pytest -m benchmark`; nothing here asserts a time, the numbers are for people.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pandas as pd
import pytest

import journal
from benchmarks import generate
from benchmarks.measuring import JOURNAL, Run, run

pytestmark = pytest.mark.benchmark

Say = Callable[[str], None]
EQUITY = 100_000_000

_PEER = """\
import sys, warnings
warnings.simplefilter("ignore")
import pandas, quantstats
returns = pandas.read_csv(sys.argv[1], index_col=0, parse_dates=True).iloc[:, 0]
quantstats.reports.html(returns, output=sys.argv[2], title="peer")
"""


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Print past pytest's capture."""

    def past_capture(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}")

    return past_capture


def _page(size: int, folder: Path, say: Say) -> None:
    path, page = folder / "journal.db", folder / "review.html"
    generate.write(path, size)
    own = run(*JOURNAL, "review", "-o", str(page), "--db", str(path))
    megabytes = page.stat().st_size / 1_000_000
    peer = _peer(path, folder)
    beside = f"{own.seconds / peer.seconds:.2f} x quantstats' report" if peer else "no peer here"
    say(
        f"journal review -o review.html, {size} fills: {own.seconds:.1f} s, "
        f"{own.megabytes:.0f} MB of memory, a page of {megabytes:.1f} MB; {beside}"
    )


def _peer(path: Path, folder: Path) -> Run | None:
    """Let quantstats draw the same days' returns on the account's equity."""
    if find_spec("quantstats") is None:
        return None
    trades = journal.open(path).trades()
    closed = trades.dropna(subset=["closed_at", "net_pnl"])
    daily = closed.groupby(closed["closed_at"].dt.tz_localize(None).dt.normalize())["net_pnl"].sum()
    returns = pd.Series(daily / EQUITY, name="returns")
    returns.to_csv(folder / "returns.csv")
    return run(sys.executable, "-c", _PEER, str(folder / "returns.csv"), str(folder / "peer.html"))


@pytest.mark.parametrize("size", [100, 10_000])
def test_a_page(size: int, tmp_path: Path, say: Say) -> None:
    _page(size, tmp_path, say)


@pytest.mark.slow
def test_a_page_of_a_million_fills(tmp_path: Path, say: Say) -> None:
    _page(1_000_000, tmp_path, say)
