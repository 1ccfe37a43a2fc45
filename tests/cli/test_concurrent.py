"""Several programs log into one journal at once: nothing is lost, and the chain holds."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from journal.cli import main

WRITERS, FILLS = 4, 5

SCRIPT = """\
import sys
from journal.cli import main

writer, path, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
for number in range(count):
    line = f"fill BTC-USDT buy 1 @ 100 --fee 0.1usdt --id {writer}-{number} --db {path}"
    code = main(line.split())
    if code:
        sys.exit(code)
"""


def test_four_writers(journal_db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = [
        [sys.executable, "-c", SCRIPT, str(writer), str(journal_db), str(FILLS)]
        for writer in range(WRITERS)
    ]
    root = Path(__file__).parents[2]
    running = [subprocess.Popen(each, stdout=subprocess.DEVNULL, cwd=root) for each in commands]
    assert [process.wait() for process in running] == [0] * WRITERS

    assert main(["fills", "--json", "--db", str(journal_db)]) == 0
    fills = json.loads(capsys.readouterr().out)
    assert len(fills) == WRITERS * FILLS
    assert {fill["trade"] for fill in fills} == {"T1"}
    assert fills[-1]["position_after"] == str(WRITERS * FILLS)
    assert main(["verify", "--json", "--db", str(journal_db)]) == 0
    assert json.loads(capsys.readouterr().out)["entries"] == WRITERS * FILLS
