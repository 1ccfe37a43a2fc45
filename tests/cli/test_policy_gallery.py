"""Wrong policies and waivers: two lines, exit code 2, and a journal as it was to the byte."""

from __future__ import annotations

from pathlib import Path

import journals
import pytest
from terminal import Terminal

_, *_CASES = (Path(__file__).parent / "policy_gallery.txt").read_text("utf-8").split("=== ")


def _case(section: str) -> object:
    name, rest = section.split("\n", 1)
    given, message = rest.split("\n---\n")
    command, _, stdin = given.partition("\n")
    words = command.replace("\\x07", "\x07").split()
    return pytest.param(words, stdin, message.strip(), id=name)


def test_there_are_enough_of_them() -> None:
    assert len(_CASES) >= 25


@pytest.mark.parametrize(("words", "stdin", "message"), [_case(section) for section in _CASES])
def test_gallery(terminal: Terminal, words: list[str], stdin: str, message: str) -> None:
    terminal.imported(journals.AVERAGED_DOWN)
    terminal.run("waive", "SCALE301-F3", "--why", "hedged")
    before = terminal.db.read_bytes()
    answer = terminal.tried(*words, stdin=f"{stdin}\n".encode())
    assert answer.err.strip() == message
    assert answer.code == 2
    assert answer.out == ""
    assert terminal.db.read_bytes() == before
