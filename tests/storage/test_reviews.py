"""Reviews come back in the order written, without those taken back."""

from __future__ import annotations

from collections.abc import Callable

from journal.domain.notation import parse
from journal.storage.database import Journal
from journal.storage.reviews import read_reviews

TWO = """\
2026-01-11T18:00Z review 2026-W02
  action "Log the stop"
2026-01-18T18:00Z review 2026-W03 account second recorded 2026-01-18T18:00:04Z  #sunday
  action "Log the fee"
  kept no "twice"
"""


def test_they_say_what_was_written(write: Callable[[str], Journal]) -> None:
    assert read_reviews(write(TWO).connection) == parse(TWO)


def test_what_was_taken_back_is_left_out(write: Callable[[str], Journal]) -> None:
    journal = write(TWO + "2026-01-18T18:01Z void review 1\n")
    assert read_reviews(journal.connection) == parse(TWO)[1:]
