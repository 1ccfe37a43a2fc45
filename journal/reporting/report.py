"""Everything a section may draw on: the measured stretch, the whole judged journal, the reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journal.book.comparison import Ints
from journal.book.judging import Judgement
from journal.book.rolling import Period
from journal.book.tables import Book
from journal.book.violation import Violation
from journal.reporting.review import Review
from journal.reporting.ritual import Ritual
from journal.reporting.scaling import Scaling
from journal.reporting.weeks import Stretch
from journal.reporting.words import Words


@dataclass(frozen=True, slots=True)
class Report:
    """A stretch of days to report on.

    `period` and `trades` are the verdicts and the trades (rows of the book) of the stretch;
    `history` reaches back from its end over everything before, for the same accounts and setup,
    `violations` are those of the history in order of time, `breaches` the same by trade, and
    `scaling` what scaling was worth in it.
    """

    review: Review
    judgement: Judgement
    stretch: Stretch
    period: Period
    history: Period
    trades: Ints
    violations: Sequence[Violation]
    breaches: Mapping[int, Sequence[Violation]]
    words: Words
    scaling: Scaling
    ritual: Ritual

    @property
    def book(self) -> Book:
        """Return the book that all numbers come from."""
        return self.judgement.book
