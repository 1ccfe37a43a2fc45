"""What the daily verbs take, whole processes, beside public peers in the same run.

Run with `pytest -m benchmark`; nothing here asserts a time, the numbers are for people.
"""

from __future__ import annotations

import json
import shutil
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks import generate
from benchmarks.measuring import JOURNAL, Run, run, typical
from journal.book.build import build
from journal.book.clock import to_microseconds
from journal.book.judging import judge
from journal.rules import RULES
from journal.storage.database import open_journal
from journal.storage.reading import read_facts

pytestmark = pytest.mark.benchmark

SIZES = (1_000, 100_000)
TIMES = 5
AFTER = generate.START.replace(year=2027)

Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Print past pytest's capture."""

    def past_capture(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}")

    return past_capture


@pytest.fixture(scope="session")
def journals(tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Return a journal of each size."""
    folder = tmp_path_factory.mktemp("journals")
    paths = {size: folder / f"{size}.db" for size in SIZES}
    for size, path in paths.items():
        generate.write(path, size)
    return paths


def peer_insert(folder: Path) -> Run | None:
    """Insert one fill with sqlite-utils, the public tool nearest to logging one."""
    if find_spec("sqlite_utils") is None:
        return None
    row = json.dumps({"symbol": "ETH-USDT", "side": "buy", "quantity": "1", "price": "3000"})
    insert = ("insert", str(folder / "peer.db"), "fill", "-")
    return typical(TIMES, sys.executable, "-m", "sqlite_utils", *insert, stdin=row)


@pytest.mark.parametrize("size", SIZES)
def test_logging_a_fill(size: int, journals: dict[int, Path], tmp_path: Path, say: Say) -> None:
    database = shutil.copy(journals[size], tmp_path / "journal.db")
    command = (*JOURNAL, "fill", "ETH-USDT", "buy", "1", "@", "3000", "--db", str(database))
    first = run(*command)
    own = typical(TIMES, *command)
    bare = typical(TIMES, sys.executable, "-c", "pass")
    peer = peer_insert(tmp_path)
    beside = f"{own.seconds / peer.seconds:.2f} x sqlite-utils insert" if peer else "no peer here"
    say(
        f"journal fill, {size} fills: {own.seconds * 1000:.0f} ms, {own.megabytes:.0f} MB; "
        f"{beside}, {own.seconds / bare.seconds:.1f} x bare Python; "
        f"the first took {first.seconds * 1000:.0f} ms"
    )


@pytest.mark.parametrize("size", SIZES)
def test_checking(size: int, journals: dict[int, Path], say: Say) -> None:
    command = (*JOURNAL, "check", "--json", "--db", str(journals[size]))
    own = typical(3, *command, ends=(1,))
    say(f"journal check, {size} fills: {own.seconds:.2f} s, {own.megabytes:.0f} MB")


def test_importing(tmp_path: Path, say: Say) -> None:
    size = 10_000
    text = tmp_path / "bench.journal"
    text.write_text("".join(generate.blocks(size)))
    own = run(*JOURNAL, "import", str(text), "--db", str(tmp_path / "new.db"))
    say(f"journal import, {size} fills as text: {size / own.seconds:.0f} fills/s")


def judging_seconds(path: Path) -> dict[str, float]:
    """Time each step from the file to the verdicts."""
    began = time.perf_counter()
    with open_journal(path, readonly=True) as journal:
        facts = read_facts(journal.connection)
    read = time.perf_counter()
    book = build(facts, to_microseconds(AFTER))
    built = time.perf_counter()
    judge(book, RULES)
    return {"read": read - began, "build": built - read, "judge": time.perf_counter() - built}


@pytest.mark.slow
def test_a_million_fills(journals: dict[int, Path], tmp_path: Path, say: Say) -> None:
    path = tmp_path / "million.db"
    generate.write(path, 1_000_000)
    large, small = judging_seconds(path), judging_seconds(journals[100_000])
    for step, seconds in large.items():
        growth = seconds / small[step]
        say(f"{step} of 1,000,000 fills: {seconds:.2f} s, {growth:.1f} x that of 100,000")
