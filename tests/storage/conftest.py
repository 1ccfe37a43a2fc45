"""Journals to write into, and a way to write journal text into them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
def write() -> Callable[[str], Journal]:
    """Return a function that makes a journal in memory of a text, one entry a directive."""

    def written(text: str) -> Journal:
        opened = memory()
        TextWriter(opened).write(text)
        return opened

    return written
