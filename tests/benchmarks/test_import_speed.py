"""What importing a venue's export takes, and where the time goes, beside a public peer.

Run with `pytest -m benchmark`; nothing here asserts a time, the numbers are for people.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from benchmarks.exports import write_export
from benchmarks.measuring import JOURNAL, run
from journal.domain.moment import Moment
from journal.importers.importer import choose
from journal.importers.reading import ReadOptions
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile
from journal.storage.database import memory
from journal.storage.directory import read_directory
from journal.storage.entries import append
from journal.storage.hashing import row_hash
from journal.storage.reading import read_facts
from journal.usecases.import_summary import summarised
from journal.usecases.import_venue import VenueImport

pytestmark = pytest.mark.benchmark

NOW = Moment.of(datetime(2026, 1, 5, tzinfo=UTC))
Say = Callable[[str], None]


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Say:
    """Print past pytest's capture."""

    def past_capture(line: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n{line}")

    return past_capture


def _whole(size: int, folder: Path, say: Say) -> None:
    export = folder / "fills.csv"
    write_export(export, size)
    own = run(*JOURNAL, "import", str(export), "--db", str(folder / "new.db"))
    again = run(*JOURNAL, "import", str(export), "--db", str(folder / "new.db"))
    beside = "no peer here"
    if find_spec("sqlite_utils") is not None:
        peer = run(
            *(sys.executable, "-m", "sqlite_utils", "insert", str(folder / "peer.db"), "fill"),
            *(str(export), "--csv"),
        )
        beside = (
            f"{own.seconds / peer.seconds:.1f} x sqlite-utils insert --csv, which checks nothing"
        )
    say(
        f"journal import, {size} fills of a CSV: {size / own.seconds:.0f} rows/s, "
        f"{own.megabytes:.0f} MB; {beside}; the same again: {size / again.seconds:.0f} rows/s"
    )


def test_a_hundred_thousand_fills(tmp_path: Path, say: Say) -> None:
    _whole(100_000, tmp_path, say)


@pytest.mark.slow
def test_a_million_fills_of_an_export(tmp_path: Path, say: Say) -> None:
    _whole(1_000_000, tmp_path, say)


def test_where_an_import_spends_its_time(tmp_path: Path, say: Say) -> None:
    size = 50_000
    export = tmp_path / "fills.csv"
    write_export(export, size)
    spent: dict[str, float] = {}

    @contextmanager
    def timed(step: str) -> Iterator[None]:
        began = time.perf_counter()
        yield
        spent[step] = time.perf_counter() - began

    with memory() as journal:
        file = SourceFile.at(export)
        with timed("parsing"):
            reading = choose(file, IMPORTERS).read(file, ReadOptions())
        with journal.writing() as writing:
            before = read_facts(journal.connection)
            directory = read_directory(journal.connection)
            venue = VenueImport.of(writing, file.name, reading, directory, None, NOW)
            with timed("de-duplication"):
                comparison = venue.compared()
            with timed("rows"):
                rows = list(venue.stored_rows(comparison, file, "coinbase-fills"))
            with timed("chain"):
                for number, row in enumerate(rows):
                    row_hash(row.table, number, row.columns)
            with timed("chain and insert"):
                append(writing, "import", NOW, iter(rows))
            with timed("judging"):
                summarised(journal.connection, before, NOW)
    spent["insert"] = spent.pop("chain and insert") - spent["chain"]
    total = sum(spent.values())
    shares = ", ".join(f"{step} {seconds / total:.0%}" for step, seconds in spent.items())
    say(f"an import of {size} fills: {shares}")
