"""Taking facts back too late never helps: on random journals, whatever fill is voided."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal.book.judging import Judgement
from journal.book.tally import Adherence, adherence, tally
from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fill
from journal.domain.notation import format_events
from journal.importers.source import SourceFile
from journal.usecases.books import read_judgement
from journal.usecases.import_files import ImportOptions, import_files
from journal.usecases.session import Session
from reference.engine import reckon
from reference.random_journals import bulk

PRESENT = datetime(2027, 1, 1, tzinfo=UTC)
LATE = "2026-12-30T00:00:00Z void fill {}\n"  # after everything that random journals hold


class Journals:
    """Journals of texts, each made from one template."""

    def __init__(self, template: Path, folder: Path) -> None:
        self._template, self._folder, self._count = template, folder, 0

    def judged(self, text: str) -> Judgement:
        """Import a text into a journal of its own and judge it."""
        self._count += 1
        path = Path(shutil.copy(self._template, self._folder / f"{self._count}.db"))
        with Session(path, lambda: PRESENT) as session:
            import_files(session, [SourceFile("random.journal", text.encode())], ImportOptions())
            return read_judgement(session)


@pytest.fixture
def journals(journal_template: Path, tmp_path: Path) -> Journals:
    """Return an empty place for journals."""
    return Journals(journal_template, tmp_path)


def rates(judgement: Judgement) -> Adherence:
    return adherence(tally(judgement))


def ids(judgement: Judgement) -> set[str]:
    return {violation.id for violation in judgement.violations()}


def fills(events: list[Event]) -> list[int]:
    """Return the numbers of some fills, as a void counts them."""
    count = sum(isinstance(event.body, Fill) for event in events)
    return list(range(1, count + 1, max(1, count // 4)))


def check_all(journals: Journals, count: int, seed: int) -> int:
    """Void fills of random journals one by one; return how many violations were withdrawn."""
    withdrawn = 0
    for events in bulk(count, seed):
        text = format_events(events, reckon(events).timeline.instruments)
        before = journals.judged(text)
        for number in fills(events):
            try:
                after = journals.judged(text + LATE.format(number))
            except InputError:  # another fill names a tranche of a plan that ends otherwise now
                continue
            assert ids(before) <= ids(after), number
            assert (rates(after).adherence or 0) <= (rates(before).adherence or 0) + 1e-12, number
            withdrawn += len(after.withdrawn.violations)
    return withdrawn


def test_a_fill_voided_late_raises_no_rate_and_hides_no_violation(journals: Journals) -> None:
    assert check_all(journals, 5, seed=7) > 20


@pytest.mark.slow
def test_nor_does_it_in_many_journals(journals: Journals) -> None:
    assert check_all(journals, 80, seed=8) > 500
