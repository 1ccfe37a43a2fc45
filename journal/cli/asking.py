"""The questions of a review, asked one by one; answers are returned, nothing is stored here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from journal.domain.days import Unit, days_named
from journal.domain.errors import InputError
from journal.domain.review import Kept
from journal.reporting.layout import wrapped
from journal.reporting.report import Report
from journal.reporting.ritual import Resolution, one_line
from journal.usecases.keep_review import Decided, check_text, without_a_word

_PROMPT = "> "
_ANSWERS = {
    "yes": Kept.YES, "y": Kept.YES, "partly": Kept.PARTLY, "p": Kept.PARTLY, "no": Kept.NO,
    "n": Kept.NO,
}  # fmt: skip
_AHEAD = {
    Unit.WEEK: "next week",
    Unit.MONTH: "next month",
    Unit.QUARTER: "next quarter",
    Unit.DAYS: "the days ahead",
}


@dataclass(frozen=True, slots=True)
class Talk:
    """Whom we talk to: `read` takes a prompt and returns a line, `show` prints lines."""

    read: Callable[[str], str]
    show: Callable[[Iterable[str]], None]

    def answer(self, question: str) -> str:
        """Ask and return what was typed, without blanks around it; nothing skips."""
        self.show(["", *wrapped(question)])
        return self.read(_PROMPT).strip()

    def words(self, question: str) -> str | None:
        """Ask for words until they can be kept; None skips."""
        while text := self.answer(question):
            try:
                check_text(text)
            except InputError as error:
                self.show(wrapped(f"{error.what}: {error.hint}"))
                continue
            return text
        return None


def ask_kept(talk: Talk, last: Resolution) -> Decided:
    """Ask whether the last action was kept, and why."""
    question = (
        f'At the review of {last.period} you wanted to: "{one_line(last.action)}" '
        "Kept? [yes/partly/no, Enter skips]"
    )
    while typed := talk.answer(question).casefold():
        if kept := _ANSWERS.get(typed):
            return Decided(kept, talk.words("Why, in a few words? [Enter skips]"))
        question = "Please type yes, partly or no. [Enter skips]"
    return Decided()


def ask_words(talk: Talk, report: Report) -> dict[str, str]:
    """Ask for a word on each bad win that has none."""
    found: dict[str, str] = {}
    for trade, codes in without_a_word(report).items():
        why = f" ({', '.join(codes)})" if codes else ""
        text = talk.words(f"{trade} won without discipline{why}: a word on it? [Enter skips]")
        if text is not None:
            found[trade] = text
    return found


def ask_action(talk: Talk, label: str) -> str | None:
    """Ask for the one action of the days ahead."""
    return talk.words(f"One action for {_AHEAD[days_named(label).unit]} [Enter skips]:")


def is_due(report: Report, now: datetime) -> bool:
    """Tell whether a review's action can still be acted on: the days ahead are not over.

    Whoever leafs through old weeks is left in peace.
    """
    since, until = report.stretch.since, report.stretch.until
    return since <= now < until + (until - since)
