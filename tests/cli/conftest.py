"""A terminal with an empty journal."""

from __future__ import annotations

from pathlib import Path

import pytest
from terminal import Terminal


@pytest.fixture
def terminal(
    journal_db: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Terminal:
    """Return a terminal whose journal is empty."""
    return Terminal(journal_db, monkeypatch, capsys)
