"""What a review decided: `review`, read and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from journal.domain.days import days_named
from journal.domain.notation.declarations import WrittenDetails
from journal.domain.notation.details import Detail, read_details
from journal.domain.notation.known import Scope
from journal.domain.notation.lexer import Line, quoted
from journal.domain.notation.words import Words
from journal.domain.review import Kept, ReviewEntry

_ANSWERS: Mapping[str, Kept] = {kept.value: kept for kept in Kept}


def read_review(words: Words, details: Sequence[Line], _scope: Scope) -> ReviewEntry:
    """Read `review PERIOD` and its lines; two dates are joined by `to`."""
    period = words.take("period")
    if words.accept("to"):
        period += f" to {words.take('last day')}"
    words.end()
    label = days_named(period).label
    found = read_details(details, _REVIEW, None)
    kept, reason = found.pop("kept", (None, None))
    return ReviewEntry(label, found.get("action"), kept, reason)


def _kept(words: Words, _context: None) -> tuple[str, object]:
    return "kept", (words.choice(_ANSWERS, "answer"), words.optional_text())


_REVIEW: Mapping[str, Detail[None]] = {
    "action": Detail(
        lambda words, _: ("action", words.text("action")), 'action "Log the stop within a minute"'
    ),
    "kept": Detail(_kept, 'kept yes "all three times"'),
}


def write_review(entry: ReviewEntry, _scope: Scope) -> tuple[str, WrittenDetails]:
    """Write a review's header arguments and lines."""
    return entry.period, _details(entry)


def _details(entry: ReviewEntry) -> Iterator[tuple[str, str]]:
    if entry.action is not None:
        yield "action", quoted(entry.action)
    if entry.kept is not None:
        reason = "" if entry.reason is None else f" {quoted(entry.reason)}"
        yield "kept", f"{entry.kept}{reason}"
