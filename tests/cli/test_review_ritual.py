"""`journal review` as a ritual: the last action answered, a word on bad wins, the next action."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import journals
import pytest
from command_line import asked, imported, run

SUNDAY = "2026-01-11T18:00Z"
ACTION = 'Add at a tranche <img src=x onerror="alert(1)"> only'
WEEK = ("review", "--week", "2026-W02")
NEXT_WEEK = ("review", "--week", "2026-W03")


@pytest.fixture
def db(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a journal with one bad win, on the Sunday after it."""
    monkeypatch.setenv("JOURNAL_NOW", SUNDAY)
    return imported(tmp_path, journals.AVERAGED_DOWN)


def _stored(db: Path) -> list[dict[str, Any]]:
    return [each for each in asked(db, "export") if each["kind"] in ("review", "note")]


def _entries(db: Path) -> int:
    return int(asked(db, "verify")["entries"])


def test_an_action_is_stored_and_shown_a_week_later(db: Path) -> None:
    ran = run(*WEEK, "--action", ACTION, "--db", db)
    assert (ran.code, ran.err) == (0, "stored with the review of 2026-W02\n")
    (event,) = _stored(db)
    assert event["body"] == {"period": "2026-W02", "action": ACTION, "kept": None, "reason": None}
    assert event["recorded"] == "2026-01-11T18:00:00.000Z"
    lines = run(*NEXT_WEEK, "--db", db).out.splitlines()
    assert max(map(len, lines)) <= 80
    said = " ".join(line.strip() for line in lines)
    sentence = f'Last action (2026-W02): "{ACTION}": not answered yet.'
    assert said.count(sentence) == 2  # below the paragraph, and in its own section
    page = run(*NEXT_WEEK, "--format", "html", "--db", db).out
    assert "&lt;img src=x" in page
    assert "<img" not in page.split("<main>")[1].split("</main>")[0]


def test_an_answer_is_shown_at_once_with_its_reason(db: Path) -> None:
    run(*WEEK, "--action", "Wait", "--db", db)
    found = asked(
        db, *NEXT_WEEK, "--kept", "partly", "--why", "two of three", "--action", "Wait on"
    )
    assert found["ritual"] == {
        "last": {
            "period": "2026-W02", "action": "Wait", "kept": "partly", "reason": "two of three",
        },
        "next": "Wait on",
        "answered": True,
        "taken": [
            {"period": "2026-W02", "action": "Wait", "kept": "partly", "reason": "two of three"}
        ],
    }  # fmt: skip
    out = run("review", "--week", "2026-W04", "--db", db).out
    assert "  Kept 0 of 1 answered, 1 partly, 1 not answered\n" in out
    assert "  2026-W02  Wait     partly kept       two of three\n" in out
    assert "  2026-W03  Wait on  not answered yet\n" in out


def test_a_second_answer_replaces_the_first_and_undo_brings_it_back(db: Path) -> None:
    run(*WEEK, "--action", "Wait", "--db", db)
    run(*NEXT_WEEK, "--kept", "no", "--db", db)
    run(*NEXT_WEEK, "--kept", "yes", "--db", db)
    assert '"Wait": kept.' in run(*NEXT_WEEK, "--db", db).out
    assert run("undo", "--db", db).out == "took back entry 4 (review): 1 review\n"
    assert '"Wait": not kept.' in run(*NEXT_WEEK, "--db", db).out
    assert run("verify", "--db", db).code == 0


def test_an_account_has_its_own(db: Path) -> None:
    run(*WEEK, "--account", "okx-main", "--action", "Wait", "--db", db)
    assert "Last action" in run(*NEXT_WEEK, "--account", "okx-main", "--db", db).out
    assert "Last action" not in run(*NEXT_WEEK, "--db", db).out
    assert _stored(db)[0]["account"] == "okx-main"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kept", "yes"), "no review before 2026-W02 took an action to be kept"),
        (("--why", "because"), "a reason needs an answer"),
        (("--action", "  "), "there is nothing in these words"),
        (("--action", "a\x1bb"), "control character U+001B is not allowed"),
        (("--kept", "mostly"), "invalid value for '--kept'"),
    ],
)
def test_what_is_refused_stores_nothing(db: Path, words: tuple[str, str], said: str) -> None:
    before = _entries(db)
    ran = run(*WEEK, *words, "--db", db)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: {said}")
    assert _entries(db) == before


def test_one_setup_resolves_nothing(tmp_path: Path) -> None:
    text = journals.AVERAGED_DOWN.replace("as P12\n", "as P12  #dip\n")
    assert "#dip" in text
    db = imported(tmp_path, text)
    run(*WEEK, "--action", "Wait", "--db", db)
    assert "action" not in run(*WEEK, "--setup", "dip", "--db", db).out.casefold()
    ran = run(*WEEK, "--setup", "dip", "--action", "Wait", "--db", db)
    assert (ran.code, ran.err.split(":")[0]) == (2, "error")


def test_reviews_come_back_through_text(db: Path, tmp_path: Path) -> None:
    run(*WEEK, "--action", ACTION, "--db", db)
    run(*NEXT_WEEK, "--kept", "no", "--why", 'said "later"\\', "--db", db)
    text = run("export", "--db", db).out
    (tmp_path / "again").mkdir()
    again = imported(tmp_path / "again", text)
    assert run("export", "--db", again).out == text
    (tmp_path / "same.journal").write_text(text)
    before = _entries(again)
    assert run("import", tmp_path / "same.journal", "--db", again).code == 0
    assert (_entries(again), run("export", "--db", again).out) == (before, text)


def test_a_note_finds_a_trade_that_is_over(db: Path) -> None:
    assert run("note", "T1", "should have <b>waited</b>", "--db", db).code == 0
    (note,) = asked(db, "show", "T1")["notes"]
    assert (note["text"], note["tags"]) == ("should have <b>waited</b>", [])
    (event,) = _stored(db)
    assert event["at"] < event["recorded"] == "2026-01-11T18:00:00.000Z"
    for words in (("note", "T99", "x"), ("note", "T1", "x", "--at", "2026-01-06T10:00Z")):
        assert run(*words, "--db", db).code == 2


def test_a_reason_found_in_hindsight_excuses_no_exit(tmp_path: Path) -> None:
    text = """\
2026-01-01T00:00Z account main
  currency USDT
2026-01-05T08:00Z plan BTC-USDT long
  enter 1 @ 100
  invalidation 90
  exit 100% @ 120
2026-01-05T09:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-01-06T09:00Z fill BTC-USDT sell 1 @ 105 fee 0 USDT
"""
    db = imported(tmp_path, text)
    assert run("note", "T1", "felt tired", "--tag", "exit", "--db", db).code == 0
    codes = [each["code"] for each in asked(db, "check")["violations"]]
    assert "EXIT403" in codes


def test_notes_go_to_each_of_two_trades_in_a_row(tmp_path: Path) -> None:
    """The second begins in the minute in which the first ends."""
    text = """\
2026-01-01T00:00Z account main
  currency USDT
2026-01-05T09:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-01-05T10:00Z fill BTC-USDT sell 1 @ 105 fee 0 USDT
2026-01-05T10:00Z fill BTC-USDT buy 1 @ 105 fee 0 USDT
2026-01-05T11:00Z fill BTC-USDT sell 1 @ 106 fee 0 USDT
"""
    db = imported(tmp_path, text)
    for trade in ("T1", "T3"):
        assert run("note", trade, f"on {trade}", "--db", db).code == 0
    for trade in ("T1", "T3"):
        assert [each["text"] for each in asked(db, "show", trade)["notes"]] == [f"on {trade}"]


INTERRUPT, END = b"\n\n", b"\x04"
_STYLE = re.compile(r"\x1b\[[0-9;]*m")
_COLOUR = re.compile(r"\x1b\[(?:[0-9]+;)*[349][0-7]")


class Terminal:
    """`journal review` on a terminal of its own, with an answer typed at each prompt.

    Once the answers are used up the input ends, so that nothing waits for ever. `drawn` is what
    came of it, `shown` what of that is text.
    """

    def __init__(
        self, db: Path, *answers: bytes, words: tuple[str, ...] = WEEK, **settings: str
    ) -> None:
        ours, theirs = pty.openpty()
        self._answers = list(answers)
        self.drawn = self.shown = ""
        with subprocess.Popen(
            (sys.executable, "-m", "journal", *words, "--db", str(db)),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=os.environ | {"TERM": "xterm", "JOURNAL_NOW": SUNDAY} | settings,
            preexec_fn=_heeding,  # noqa: PLW1509 - nothing that a thread holds is touched
        ) as process:
            os.close(theirs)
            self._talk(ours, process)
        os.close(ours)
        self.code = process.returncode

    def _talk(self, ours: int, process: subprocess.Popen[bytes]) -> None:
        shown = b""
        while some := _read(ours):
            shown += some
            if shown.endswith(b"> "):
                answer = self._answers.pop(0) if self._answers else END
                if answer == INTERRUPT:  # and a line, in case nothing was being read yet
                    process.send_signal(signal.SIGINT)
                os.write(ours, answer)
        self.drawn = shown.decode().replace("\r\n", "\n")
        self.shown = _STYLE.sub("", self.drawn)


def _heeding() -> None:
    """Let an interrupt interrupt: what a shell runs in the background ignores it from the start."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _read(ours: int) -> bytes:
    try:
        return os.read(ours, 65_536)
    except OSError:  # how Linux says that the other side has ended
        return b""


def test_in_a_terminal_all_answers_are_one_entry(db: Path) -> None:
    run("review", "--week", "2026-W01", "--action", "Wait", "--db", db)
    before = _entries(db)
    found = Terminal(db, b"no\n", b"too keen\n", b"luck, <b>no</b> more\n", b"Wait again\n")
    assert found.code == 0, found.shown
    assert 'At the review of 2026-W01 you wanted to: "Wait" Kept?' in found.shown
    assert 'Last action (2026-W01): "Wait": not kept (too keen).' in found.shown
    assert "T1 won without discipline (" in found.shown
    assert "SCALE301" in found.shown.split("T1 won without discipline (")[1].split(")")[0]
    assert f"stored as entry {before + 1}; `journal undo` takes it back" in found.shown
    assert max(map(len, found.shown.splitlines())) <= 80
    _, review, note = _stored(db)
    assert review["body"] == {
        "period": "2026-W02", "action": "Wait again", "kept": "no", "reason": "too keen",
    }  # fmt: skip
    assert (note["tags"], note["body"]["text"]) == (["bad-win"], "luck, <b>no</b> more")
    out = run(*WEEK, "--db", db).out
    assert '  T1: "luck, <b>no</b> more"\n' in out
    assert "&lt;b&gt;no&lt;/b&gt;" in run(*WEEK, "--format", "html", "--db", db).out
    assert _entries(db) == before + 1
    assert (
        run("undo", "--db", db).out == f"took back entry {before + 1} (review): 1 note, 1 review\n"
    )


def test_colours_are_for_terminals_that_want_them(db: Path) -> None:
    found = Terminal(db, words=(*WEEK, "--no-input"))
    assert "Breaches" in found.shown
    assert _COLOUR.search(found.drawn)
    plain = Terminal(db, words=(*WEEK, "--no-input"), NO_COLOR="1")
    assert plain.shown == found.shown
    assert not _COLOUR.search(plain.drawn)
    assert "\x1b" not in run(*WEEK, "--no-input", "--db", db).out


def test_what_was_answered_is_not_asked_again(db: Path) -> None:
    run(*WEEK, "--action", "Wait", "--db", db)
    found = Terminal(db, b"\n")
    assert found.code == 0
    assert found.shown.count("> ") == 1
    assert "a word on it?" in found.shown
    assert "stored" not in found.shown


@pytest.mark.parametrize("key", [END, INTERRUPT])
def test_an_end_halfway_stores_nothing(db: Path, key: bytes) -> None:
    before = _entries(db)
    found = Terminal(db, b"luck\n", key)
    assert (found.code, "nothing was stored" in found.shown) == (130, True)
    assert _entries(db) == before


@pytest.mark.parametrize(
    "words",
    [
        (*WEEK, "--no-input"),
        (*WEEK, "--json"),
        (*WEEK, "--format", "md"),
        ("review", "--week", "2025-W40"),
    ],
)
def test_where_nothing_is_asked(db: Path, words: tuple[str, ...]) -> None:
    found = Terminal(db, words=words)
    assert found.code == 0
    assert "Enter skips" not in found.shown
