"""How errors are printed: in lines that fit a terminal, and whole where they are searched."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

from command_line import run

from journal.cli import main

_WORDS = ("trades", "--db", "/a/folder/that/is/named/at/some/length/and/holds/no/journal/at/all.db")
_FIRST = f"error: {_WORDS[2]}: there is no journal here"
_HINT = "make one with `journal init`, or name another with --db or JOURNAL_DB"


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _seen(*words: str) -> list[str]:
    err = _Terminal()
    with contextlib.redirect_stderr(err):
        assert main(words) == 2
    return err.getvalue().splitlines()


def test_an_error_that_is_piped_is_one_line_and_its_hint_another() -> None:
    assert run(*_WORDS).err.splitlines() == [_FIRST, _HINT]


def test_an_error_on_a_terminal_fits_and_its_path_stays_whole() -> None:
    assert _seen(*_WORDS) == [
        f"error: {_WORDS[2]}:",
        "  there is no journal here",
        _HINT,
    ]


def test_a_command_to_paste_is_not_broken(tmp_path: Path) -> None:
    source = tmp_path / "f.csv"
    source.write_text("not,known\n1,2\n")
    lines = _seen("import", str(source), "--db", str(tmp_path / "j.db"))
    assert "  `journal import FILE --draft-map > my.toml`" in lines
