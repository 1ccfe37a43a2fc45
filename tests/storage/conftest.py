"""Journals to write into, and a way to write journal text into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from text_writer import TextWriter

from journal.storage.database import Journal, memory, open_journal


@pytest.fixture
def journal(journal_db: Path) -> Iterator[Journal]:
    """Return an empty journal, open."""
    with open_journal(journal_db) as opened:
        yield opened


@pytest.fixture
def write() -> Iterator[Callable[[str], Journal]]:
    """Return a function that makes a journal in memory of a text, one entry a directive."""
    with ExitStack() as all_closed:

        def written(text: str) -> Journal:
            opened = all_closed.enter_context(memory())
            TextWriter(opened).write(text)
            return opened

        yield written
