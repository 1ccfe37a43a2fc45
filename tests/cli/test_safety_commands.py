"""`init`, `verify`, `backup`, `restore` and `export`."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from terminal import Terminal

from journal.cli import main
from journal.cli.app import _COMMANDS


def test_init_makes_the_default_journal_and_its_folder(
    terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JOURNAL_DB")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    path = tmp_path / "data" / "journal" / "journal.db"
    assert terminal.run("init").out == f"a new journal lies in {path}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    terminal.typed("fill BTC-USDT buy 1 @ 100")
    assert "there is a file here already" in terminal.tried("init").err


def test_verify_names_what_was_changed(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100")
    terminal.typed("fill BTC-USDT buy 2 @ 100")
    with closing(sqlite3.connect(terminal.db)) as other, other as connection:
        connection.execute("DROP TRIGGER fill_no_update")
        connection.execute("UPDATE fill SET price = '90' WHERE id = 2")
    answer = terminal.tried("verify")
    assert answer.code == 2
    assert "entry 2: fill 2 was changed" in answer.err


def test_backup_and_the_way_back(terminal: Terminal, tmp_path: Path) -> None:
    terminal.typed("fill BTC-USDT buy 1 @ 100")
    before = terminal.run("export").out
    copy = tmp_path / "copy.db"
    assert terminal.run("backup", str(copy)).out == f"copied to {copy}\n"
    assert "there is a file here already" in terminal.tried("backup", str(copy)).err
    terminal.typed("fill BTC-USDT buy 2 @ 100")
    assert "1 entry" not in terminal.run("verify").out
    kept = terminal.run("restore", str(copy), "--json").json["kept"]
    assert terminal.run("export").out == before
    assert len(terminal.run("fills", "--json", "--db", kept).json) == 2


def test_export_to_a_file(terminal: Terminal, tmp_path: Path) -> None:
    terminal.run("fill", "BTC-USDT", "buy", "1", "@", "100", "--note", "ein Gefühl")
    path = tmp_path / "out.journal"
    answer = terminal.run("export", "-o", str(path))
    assert (answer.out, path.read_text(encoding="utf-8")) == ("", terminal.run("export").out)
    assert terminal.tried("export", "-o", f"{tmp_path}/no/where").code == 2


def test_export_as_json(terminal: Terminal) -> None:
    terminal.typed("fill BTC-USDT buy 1.50 @ 100.0 --fee 0.1 --tag fomo")
    assert terminal.run("export", "--format", "json").json == [
        {
            "kind": "fill",
            "at": "2026-01-09T12:00:00.000Z",
            "recorded": "2026-01-09T12:00:00.000Z",
            "account": None,
            "tags": ["fomo"],
            "body": {
                "symbol": "BTC-USDT",
                "side": "buy",
                "quantity": "1.5",
                "price": "100",
                "fee": {"amount": "0.1", "currency": "USDT"},
                "venue_id": None,
                "order_id": None,
                "liquidity": None,
                "tranche": None,
                "position_side": None,
                "is_liquidation": False,
                "closes": False,
                "source": None,
            },
        }
    ]


def test_accounts_and_instruments_add_up(terminal: Terminal) -> None:
    terminal.typed("account add main --currency USDT --equity 1000 --taker 0.1%")
    terminal.typed("account add main --equity 2000 --maker 0.08%")
    shown = terminal.run("account", "show", "main", "--json").json
    assert (shown["equity"], shown["taker"], shown["maker"]) == ("2000", "0.001", "0.0008")
    assert shown["is_default"] is True
    terminal.typed("instrument add BTC-USDT-SWAP --multiplier 0.01 --mmr 0.5%")
    terminal.typed("fill AAPL buy 1 @ 200")
    found = {each["symbol"]: each for each in terminal.run("instrument", "list", "--json").json}
    assert found["BTC-USDT-SWAP"]["maintenance_margin"] == "0.005"
    assert (found["AAPL"]["quote"], found["AAPL"]["multiplier"]) == ("USDT", "1")


@pytest.mark.parametrize("name", _COMMANDS)
def test_every_command_has_help_that_fits(terminal: Terminal, name: str) -> None:
    out = terminal.run(name, "--help").out
    assert max(map(len, out.splitlines())) <= 80
    assert _COMMANDS[name].help


def test_the_list_of_commands_imports_none_of_them(terminal: Terminal) -> None:
    out = terminal.run("--help").out
    assert all(name in out for name in _COMMANDS)


def test_a_bug_of_ours_ends_with_3(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOURNAL_DB", str(terminal.db))
    monkeypatch.setattr("journal.cli.fill.fill_report", lambda _logged: 1 / 0)
    answer = terminal.tried("fill", "BTC-USDT", "buy", "1", "@", "100")
    assert answer.code == 3
    assert "ZeroDivisionError" in answer.err
    assert "this is a bug in journal" in answer.err


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("journal ")
    assert json.dumps(main(["--help"])) == "0"


def test_quiet_when_nobody_reads_on(terminal: Terminal) -> None:
    text = "2026-01-05T14:30:00Z fill BTC-USDT buy 0.001 @ 100\n" * 3000
    terminal.imported(text)
    with subprocess.Popen(
        [sys.executable, "-m", "journal", "export"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141
