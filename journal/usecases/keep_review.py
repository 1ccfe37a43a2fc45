"""What a review decides, as one entry: the answer, words on bad wins, the next action."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.moment import Moment
from journal.domain.notation import quoted
from journal.domain.review import Kept, ReviewEntry
from journal.reporting.notes import BAD_WIN, bad_win_notes
from journal.reporting.report import Report
from journal.storage.entries import EntryReceipt, append
from journal.storage.reviews import read_reviews
from journal.storage.rows import Resolved, rows_of
from journal.usecases.books import judged_journal
from journal.usecases.session import Session
from journal.usecases.trade_notes import note_on

REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Decided:
    """What was answered: `words` are those on bad wins, by the key of the trade."""

    kept: Kept | None = None
    reason: str | None = None
    action: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.kept or self.action or self.words)


def read_reviewed(session: Session) -> tuple[Judgement, list[Event]]:
    """Return the judged journal and what its reviews decided, as of one moment."""
    with session.journal.reading() as connection:
        return judged_journal(connection, session.now()), read_reviews(connection)


def check_decided(report: Report, decided: Decided) -> None:
    """Refuse what cannot be stored as an answer to this review."""
    if decided.reason is not None and decided.kept is None:
        raise InputError("a reason needs an answer", hint="give --kept yes, partly or no as well")
    if decided and report.review.setup is not None:
        raise InputError(
            "one setup is looked at here, and an action is for all that is traded",
            hint="leave --setup out, or the answers",
        )
    if decided.kept is not None and report.ritual.last is None:
        raise InputError(
            f"no review before {report.stretch.label} took an action to be kept",
            hint='take one with --action "..."',
        )
    for text in (decided.action, decided.reason, *decided.words.values()):
        check_text(text)


def check_text(text: str | None) -> None:
    """Refuse words that are none, and what no journal text can hold."""
    if text is None:
        return
    if not text.strip():
        raise InputError("there is nothing in these words", hint="say it in a few words")
    quoted(text)


def event_of(report: Report, decided: Decided, now: Moment) -> Event | None:
    """Return the review's own fact, None where only words on trades were written."""
    if not decided.kept and not decided.action:
        return None
    entry = ReviewEntry(report.stretch.label, decided.action, decided.kept, decided.reason)
    return Event(now, entry, report.review.account, recorded=now)


def keep(session: Session, report: Report, decided: Decided) -> EntryReceipt:
    """Store all of it as one entry."""
    check_decided(report, decided)
    with session.journal.writing() as writing:
        now = session.now()
        event = event_of(report, decided, now)
        facts = [] if event is None else [Resolved(event)]
        rows_by_key = bad_wins(report)
        for key, text in decided.words.items():
            facts.append(note_on(report.book, rows_by_key[key], text, now, (BAD_WIN,)))
        rows = (row for fact in facts for row in rows_of(fact, writing.next_id))
        return append(writing, REVIEW, now, rows)


def bad_wins(report: Report) -> dict[str, int]:
    """Return the trades that won without discipline, by key, with their rows in the book."""
    names = report.review.statistics.split.bad_wins
    rows = {trade_key(report.book, int(row)): int(row) for row in report.trades}
    return {name: rows[name] for name in names if name in rows}


def without_a_word(report: Report) -> dict[str, list[str]]:
    """Return the bad wins nobody has said a word on, with the rules they broke."""
    said = bad_win_notes(report.book)
    broken: defaultdict[str | None, set[str]] = defaultdict(set)
    for each in report.review.violations:
        broken[each.trade].add(each.code)
    return {key: sorted(broken[key]) for key, row in bad_wins(report).items() if row not in said}
