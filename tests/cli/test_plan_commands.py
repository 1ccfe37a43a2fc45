"""`journal plan new`, `amend` and `cancel`."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from terminal import Terminal

LADDER_A = (
    "plan new BTC-USDT long --enter 3@100 --enter 300usdt@96 --enter 300usdt@92 --max 900usdt "
    "--exit 50%@110 --exit rest@120 --invalidation 88 --name A"
)
FILE = """\
account main
  currency USDT
  fees     taker 0.10%
instrument BTC-USDT-SWAP
  multiplier 0.01
plan BTC-USDT-SWAP short  #breakdown
  enter        100 @ 100
  invalidation 110
"""


@pytest.fixture
def with_account(terminal: Terminal) -> Terminal:
    terminal.typed("account add main --currency USDT --equity 10000 --taker 0.1%")
    return terminal


def test_options_make_the_same_plan_as_text(with_account: Terminal) -> None:
    locked = with_account.run(*LADDER_A.split(), "--json", "--thesis", "it's low").json
    sheet = locked["sheet"]
    assert locked["key"] == "P1"
    assert [each["average_entry"] for each in sheet["tranches"]] == [
        "100",
        "97.9591836734694",
        "95.8888245512449",
    ]
    # Rule contract, section 2: 74.043478 + 0.9 + 0.825957 + 0.412978
    assert float(sheet["planned_risk"]) == pytest.approx(76.182413, abs=1e-6)
    assert with_account.run("export").out.splitlines()[-9:] == [
        "2026-01-09T12:00:00.000Z plan BTC-USDT long as A recorded 2026-01-09T12:00:00.000Z",
        '  thesis       "it\'s low"',
        "  enter        3 @ 100",
        "  enter        300 USDT @ 96",
        "  enter        300 USDT @ 92",
        "  max          900 USDT",
        "  invalidation 88",
        "  exit         50% @ 110",
        "  exit         rest @ 120",
    ]


def test_the_head_proves_the_plan(with_account: Terminal) -> None:
    head = with_account.typed(LADDER_A).out.splitlines()[-1].removeprefix("head ")
    with_account.typed("fill BTC-USDT buy 3 @ 100")
    assert with_account.run("verify", "--head", head).code == 0


@pytest.mark.parametrize("source", ["file", "-"])
def test_a_file_may_declare_what_its_plan_needs(
    terminal: Terminal, tmp_path: Path, source: str
) -> None:
    path = tmp_path / "short.plan"
    path.write_text(FILE)
    name = str(path) if source == "file" else source
    locked = terminal.run("plan", "new", name, "--json", stdin=FILE.encode()).json
    assert (locked["sheet"]["direction"], locked["sheet"]["account"]) == ("short", "main")
    assert terminal.run("verify", "--json").json["entries"] == 1


def test_a_plan_from_the_editor(
    with_account: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "plan ETH-USDT long\\n  enter 1 @ 50\\n" > "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("EDITOR", str(editor))
    assert with_account.run("plan", "new", "--json").json["sheet"]["instrument"] == "ETH-USDT"
    monkeypatch.setenv("EDITOR", "true")
    assert "no plan was locked" in with_account.tried("plan", "new").err


def test_a_plan_is_recorded_now_whatever_its_text_claims(with_account: Terminal) -> None:
    text = "2026-01-05T10:00Z plan BTC-USDT long recorded 2026-01-05T10:00Z\n  enter 1 @ 50\n"
    with_account.run("plan", "new", "-", stdin=text.encode())
    assert with_account.run("export").out.splitlines()[-2] == (
        "2026-01-05T10:00Z plan BTC-USDT long recorded 2026-01-09T12:00:00.000Z"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan BTC-USDT long\n  entre 3 @ 100\n", "error: stdin line 2: there is no detail"),
        ("", "error: stdin: the file is empty"),
        ("account x\n", "error: the text holds no plan"),
        ("plan A-B long\n  enter 1 @ 2\nplan C-D long\n  enter 1 @ 2\n", "error: the text holds 2"),
        (
            "plan A-B long\n  enter 1 @ 2\nfill A-B buy 1 @ 2\n",
            "error: line 3: `fill` has no place beside a plan",
        ),
    ],
)
def test_texts_that_are_no_plan(with_account: Terminal, text: str, expected: str) -> None:
    answer = with_account.tried("plan", "new", "-", stdin=text.encode())
    assert (answer.code, answer.err.startswith(expected)) == (2, True), answer.err


def test_a_text_says_its_account_itself(with_account: Terminal) -> None:
    answer = with_account.tried("plan", "new", "-", "--account", "main", stdin=FILE.encode())
    assert answer.err.startswith("error: --account and --tag do not go with a text\n")


def test_amendments_copy_what_they_do_not_name(with_account: Terminal) -> None:
    with_account.typed(LADDER_A)
    with_account.run("plan", "amend", "A", "--max", "1200usdt", "--exit", "none", "--why", "vol")
    versions = with_account.run("plan", "show", "A", "--json").json["plan"]["versions"]
    assert [each["maximum"] for each in versions] == ["900", "1200"]
    assert [len(each["exits"]) for each in versions] == [2, 0]
    assert (versions[1]["reason"], versions[1]["invalidation"]) == ("vol", "88")
    with_account.run("plan", "amend", "-", stdin=b'amend A "again"\n  invalidation 87\n')
    versions = with_account.run("plan", "show", "A", "--json").json["plan"]["versions"]
    assert (versions[2]["maximum"], versions[2]["invalidation"]) == ("1200", "87")


def test_a_second_plan_needs_the_first_to_end(with_account: Terminal) -> None:
    with_account.typed(LADDER_A)
    again = LADDER_A.replace("--name A", "--name B").split()
    assert "the plan P1 for BTC-USDT long is still open" in with_account.tried(*again).err
    with_account.run("plan", "cancel", "A", "--why", "the level broke")
    with_account.run(*again)
    states = [each["state"] for each in with_account.run("plan", "list", "--json").json]
    assert states == ["cancelled", "waiting"]


def test_a_name_is_given_once(with_account: Terminal) -> None:
    with_account.typed(LADDER_A)
    other = LADDER_A.replace("BTC-USDT", "ETH-USDT").split()
    assert "there is a plan named 'A' already" in with_account.tried(*other).err


def test_after_its_trade_a_plan_takes_no_more(with_account: Terminal) -> None:
    with_account.typed(LADDER_A)
    with_account.typed("fill BTC-USDT buy 3 @ 100")
    with_account.at("2026-01-09T13:00Z")
    with_account.typed("fill BTC-USDT sell 3 @ 110")
    with_account.at("2026-01-09T14:00Z")
    for line in ("plan amend A --max 3", "skip A 2", "plan cancel A", "stop BTC-USDT 90"):
        assert with_account.tried(*line.split()).code == 2
    with_account.run("note", "BTC-USDT", "patience paid", "--tag", "review")
    with_account.typed(LADDER_A.replace("--name A", "--name B"))
