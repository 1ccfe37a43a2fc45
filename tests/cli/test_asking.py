"""The questions of a review, with someone who types prepared answers."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from journal.cli.asking import Talk, ask_action, ask_kept
from journal.domain.review import Kept
from journal.reporting.ritual import Resolution
from journal.usecases.keep_review import Decided

LAST = Resolution("2026-W02", "Move the stop to break-even within a minute of the first exit")


class Typist:
    """Types one answer after the other, then ends the input, and keeps what was shown."""

    def __init__(self, *answers: str) -> None:
        self._left = list(answers)
        self.shown: list[str] = []

    def read(self, prompt: str) -> str:
        """Type the next answer."""
        assert prompt == "> "
        if not self._left:
            raise EOFError
        return self._left.pop(0)

    def show(self, lines: Iterable[str]) -> None:
        """Read what is shown."""
        self.shown += lines

    @property
    def talk(self) -> Talk:
        """Return the talk with this typist."""
        return Talk(self.read, self.show)


@pytest.mark.parametrize(
    ("typed", "decided"),
    [
        (("yes", ""), Decided(Kept.YES)),
        (("Y", "  all three times "), Decided(Kept.YES, "all three times")),
        (("partly", ""), Decided(Kept.PARTLY)),
        (("n", "forgot"), Decided(Kept.NO, "forgot")),
        (("perhaps", "no", ""), Decided(Kept.NO)),
        (("perhaps", ""), Decided()),
        (("  ",), Decided()),
    ],
)
def test_whether_it_was_kept(typed: tuple[str, ...], decided: Decided) -> None:
    typist = Typist(*typed)
    assert ask_kept(typist.talk, LAST) == decided
    with pytest.raises(EOFError):
        typist.read("> ")


def test_the_question_names_the_action_in_80_columns() -> None:
    typist = Typist("")
    ask_kept(typist.talk, LAST)
    assert " ".join(typist.shown).strip() == (
        "At the review of 2026-W02 you wanted to: "
        '"Move the stop to break-even within a minute of the first exit" '
        "Kept? [yes/partly/no, Enter skips]"
    )
    assert max(map(len, typist.shown)) <= 80


@pytest.mark.parametrize(
    ("label", "ahead"),
    [
        ("2026-W02", "next week"),
        ("2026-01", "next month"),
        ("2026-Q1", "next quarter"),
        ("2026-01-05 to 2026-01-11", "the days ahead"),
    ],
)
def test_the_action_is_for_what_comes_next(label: str, ahead: str) -> None:
    typist = Typist("Log the stop")
    assert ask_action(typist.talk, label) == "Log the stop"
    assert typist.shown == ["", f"One action for {ahead} [Enter skips]:"]


def test_what_no_journal_can_hold_is_asked_again() -> None:
    typist = Typist("a\x1b[31mb", "plain")
    assert ask_action(typist.talk, "2026-W02") == "plain"
    assert any("control character U+001B is not allowed" in line for line in typist.shown)
