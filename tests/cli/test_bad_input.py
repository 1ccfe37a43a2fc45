"""Every kind of bad input: two lines at most, exit code 2, and a journal as it was to the byte."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from terminal import NOW, Terminal

JOURNAL = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.10%
  timezone Europe/Berlin

2026-01-05T14:00Z plan BTC-USDT long
  enter        3 @ 100
  invalidation 88
2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT id 8812
"""

SAMPLE = Path(__file__).parents[2] / "sample_data" / "tradovate_fills.csv"

TYPED = [
    ("fill ?? buy 1 @ 100", "'??' is not a symbol"),
    ("fill BTC-USDT hold 1 @ 100", "side 'hold' is not known"),
    ("fill BTC-USDT buy NaN @ 100", "quantity 'NaN' is not a number"),
    ("fill BTC-USDT buy 1 @ NaN", "price 'NaN' is not a number"),
    ("fill BTC-USDT buy 1 @ 1e400", "price '1e400' is not a number"),
    ("fill BTC-USDT buy 0 @ 100", "a fill's quantity must be above zero"),
    ("fill BTC-USDT buy 1 @ -1", "price -1 is not above zero"),
    ("fill BTC-USDT buy 1 100", "expected `@` before the price, not '100'"),
    ("fill BTC-USDT buy 1 @ 100 --fe 0.3", "'--fe' is not expected here"),
    ("fill BTC-USDT buy 1 @ 100 --at 23:59", "2026-01-09T22:59Z is in the future"),
    ("fill BTC-USDT buy 1 @ 100 --at noon", "time 'noon' is not understood"),
    ("fill BTC-USDT buy 1 @ 100 --at 2026-02-30", "time '2026-02-30' does not exist"),
    ("fill BTC-USDT buy 1 @ 100 --account nobody", "there is no account 'nobody'"),
    ("fill BTC-USDT buy 1 @ 100 --tranche 2", "there is no tranche 2: the plan has 1"),
    ("fill BTC-USDT-SWAP buy 1 @ 100", "the contract multiplier of BTC-USDT-SWAP is not known"),
    ("fill BTC-USDT buy 3 @ 100 --id 8812", "fill 8812 is in the journal already, as F1"),
    ("fill", "missing argument"),
    ("fil BTC-USDT buy 1 @ 100", "no such command 'fil'"),
    ("stop ETH-USDT 90", "there is no plan or open trade of ETH-USDT in account main"),
    ("stop BTC-USDT", "the stop price is missing"),
    ("opening BTC-USDT 0 @ 100", "an opening balance of zero says nothing"),
    ("opening BTC-USDT -1 @ 100", "BTC-USDT is spot and cannot be short"),
    ("opening ACME 1 @ 100 --position short", "1 is no short position"),
    ("opening BTC-USDT-SWAP 1 @ 100", "the contract multiplier of BTC-USDT-SWAP is not known"),
    ("opening ETH-USDT 1 @ 100 --at 2026-02-01", "2026-02-01 is in the future"),
    ("opening", "missing argument"),
    ("skip BTC-USDT 2", "there is no tranche 2: the plan P1 has 1"),
    ("skip BTC-USDT two", "tranche 'two' is not a whole number"),
    ("note ETH-USDT hello", "there is no plan or open trade of ETH-USDT"),
    ("plan new BTC-USDT long --enter 1@90", "the plan P1 for BTC-USDT long is still open"),
    ("plan new BTC-USDT short --enter 1@90", "BTC-USDT is spot and cannot be short"),
    ("plan new ETH-USDT long --enter 1@ninety", "price 'ninety' is not a number"),
    ("plan new", "no plan was given and no editor is set"),
    ("plan new nowhere.journal", "nowhere.journal: cannot be read"),
    ("plan amend BTC-USDT", "the amendment changes nothing"),
    ("plan amend ETH-USDT --max 3", "there is no plan or open trade of ETH-USDT"),
    ("plan cancel BTC-USDT", "the plan P1 is bound to trade T1"),
    ("price BTC-USDT", "the price is missing"),
    ("undo 99", "there is no entry 99"),
    ("account add x --timezone Mars/Olympus", "time zone 'Mars/Olympus' is not known"),
    ("account show x", "there is no account 'x'"),
    ("instrument add BTC-USDT-PERP --multiplier 0", "multiplier of BTC-USDT-PERP must be above"),
    ("verify --head 0000", "the kept head is not in the chain"),
    ("restore nowhere.db", "there is no such backup"),
    ("import nowhere.journal", "nowhere.journal: cannot be read"),
    ("import - --format excel", "there is no format 'excel'"),
    ("import - --timezone Mars/Olympus", "time zone 'Mars/Olympus' is not known"),
    ("init", "there is a file here already"),
]  # fmt: skip

FILES = [
    (b"2026-01-10T14:30Z fill BTC-USDT buy NaN @ 1\n", "stdin line 1: quantity 'NaN'"),
    (b"2026-01-10T14:30 fill BTC-USDT buy 1 @ 1\n", "has no time zone"),
    (
        b"2026-03-29T02:30[Europe/Berlin] fill BTC-USDT buy 1 @ 1\n",
        "2026-03-29 02:30 does not exist in Europe/Berlin: the clocks change there",
    ),
    (
        b"2026-01-10T14:30Z fill BTC-USDT buy 1 @ 1\n2026-01-10T14:30Z fil BTC-USDT buy 1 @ 1\n",
        "stdin line 2: there is no directive 'fil'",
    ),
    (b"2026-01-10T14:30Z stop ETH-USDT 3\n", "stdin line 1: there is no plan or open trade"),
    (b"2026-01-10T14:30Z void fill 3\n", "`void fill 3` names no fill above it"),
    (b"2026-01-10T14:30Z fill X-Y buy 1 @ 1 account nobody\n", "there is no account 'nobody'"),
    (b"2026-01-10T14:30Z fill ES-2026-03 buy 1 @ 1\n", "multiplier of ES-2026-03 is not known"),
    (b"2026-01-10T14:30Z fill X-Y buy 1 @ 1 tranche 3\n", "names tranche 3, which no plan"),
    (
        b"2026-01-10T14:30Z plan BTC-USDT long\n  enter 1 @ 90\n",
        "another plan for BTC-USDT long is still open",
    ),
    (b"", "stdin: the file is empty"),
    (b"\x89PNG\r\n\x1a\n\0\0", "stdin"),
    (b"a,b,c\n1,2,3\n", "the file is none of the known formats"),
]


@pytest.fixture
def written(terminal: Terminal) -> Terminal:
    terminal.imported(JOURNAL)
    return terminal


def refused(terminal: Terminal, arguments: list[str], expected: str, stdin: bytes = b"") -> None:
    before = terminal.run("export").out
    answer = terminal.tried(*arguments, stdin=stdin)
    assert answer.code == 2
    assert expected in answer.err
    assert answer.err.startswith("error: ")
    assert answer.err.count("\n") <= 2
    assert answer.out == ""
    assert terminal.run("export").out == before


@pytest.mark.parametrize(("line", "expected"), TYPED)
def test_what_is_typed(written: Terminal, line: str, expected: str) -> None:
    refused(written, line.split(), expected)


@pytest.mark.parametrize(("text", "expected"), FILES)
def test_what_a_file_says(written: Terminal, text: bytes, expected: str) -> None:
    refused(written, ["import", "-"], expected, text)


def damaged(change: str) -> bytes:
    data = SAMPLE.read_bytes()
    match change:
        case "wrong column":
            return data.replace(b"_price,", b"_prize,", 1)
        case "cut":
            return data[: len(data) - 40]
        case "bad number":
            head, _, rest = data.partition(b"\n")
            row, _, others = rest.partition(b"\n")
            cells = row.split(b",")
            cells[head.split(b",").index(b"_qty")] = b"many"
            return b"\n".join([head, b",".join(cells), others])
    return data


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("wrong column", "the columns are not the ones this export has"),
        ("cut", "nothing is imported"),
        ("bad number", "line 2"),
    ],
)
def test_what_a_venue_says(written: Terminal, change: str, expected: str) -> None:
    refused(written, ["import", "-"], expected, damaged(change))


def test_one_bad_file_keeps_all_out(written: Terminal, tmp_path: Path) -> None:
    bad = tmp_path / "bad.journal"
    bad.write_text("2026-01-10T14:30Z fill BTC-USDT buy NaN @ 1\n")
    refused(written, ["import", str(SAMPLE), str(bad)], "bad.journal line 1")


def test_a_failed_import_leaves_no_new_journal(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    answer = terminal.tried("import", "-", "--db", str(path), stdin=b"2026-01-10 nonsense\n")
    assert answer.code == 2
    assert not path.exists()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough for SQLite to read" * 99]
)
def test_another_file_as_journal(terminal: Terminal, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "photo.db"
    path.write_bytes(content)
    answer = terminal.tried("fill", "BTC-USDT", "buy", "1", "@", "1", "--db", str(path))
    assert (answer.code, answer.err.count("\n")) == (2, 2)
    assert "not a journal: the file is not an SQLite database" in answer.err
    assert path.read_bytes() == content


def test_a_journal_of_a_newer_version(written: Terminal) -> None:
    connection = sqlite3.connect(written.db)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    answer = written.tried("fill", "BTC-USDT", "buy", "1", "@", "1")
    assert answer.code == 2
    assert "newer version of this program (schema 9999)" in answer.err


def test_a_folder_as_journal(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.tried("fill", "BTC-USDT", "buy", "1", "@", "1", "--db", str(tmp_path))
    assert (answer.code, "this is a folder, not a journal" in answer.err) == (2, True)


def test_no_journal_yet(terminal: Terminal, tmp_path: Path) -> None:
    answer = terminal.tried("fill", "BTC-USDT", "buy", "1", "@", "1", "--db", f"{tmp_path}/no.db")
    assert answer.code == 2
    assert "make one with `journal init`" in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere: rights do not stop it")
def test_a_folder_without_the_right_to_write(written: Terminal) -> None:
    written.db.parent.chmod(0o500)
    try:
        answer = written.tried("fill", "BTC-USDT", "buy", "1", "@", "1")
    finally:
        written.db.parent.chmod(0o700)
    assert (answer.code, "check the rights" in answer.err) == (2, True)


def test_a_folder_that_is_a_file(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    answer = terminal.tried("init", "--db", str(tmp_path / "file" / "journal.db"))
    assert (answer.code, "the folder cannot be made" in answer.err) == (2, True)


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("line", ["fill BTC-USDT buy NaN @ 1", "import nowhere.csv", "chart"])
def test_as_a_process(line: str) -> None:
    environment = os.environ | {"JOURNAL_NOW": NOW}
    ended = subprocess.run(
        [sys.executable, "-m", "journal", *line.split()],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=Path(__file__).parents[2],
    )
    assert (ended.returncode, ended.stdout) == (2, "")
    assert len(ended.stderr.splitlines()) <= 2
    assert "Traceback" not in ended.stderr
