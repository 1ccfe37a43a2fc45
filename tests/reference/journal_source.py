"""The journal's own answers to a text: imported, listed and checked through the use cases."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from journal.importers.source import SourceFile
from journal.usecases.books import read_judgement
from journal.usecases.check import Question, check
from journal.usecases.import_files import ImportOptions, import_files
from journal.usecases.list_fills import list_fills
from journal.usecases.list_trades import list_trades
from journal.usecases.selection import Selection
from journal.usecases.session import Session

Rows = list[dict[str, Any]]

PRESENT = datetime(2027, 1, 1, tzinfo=UTC)


def answers(text: str, database: Path) -> tuple[Rows, Rows, Rows]:
    """Return fills, trades and violations of a text in a journal of its own."""
    with Session(database, lambda: PRESENT, create=True) as session:
        import_files(session, [SourceFile("random.journal", text.encode())], ImportOptions())
        judgement = read_judgement(session)
        fills = [asdict(line) for line in list_fills(judgement.book, Selection())]
        trades = [asdict(line) for line in list_trades(judgement, Selection())]
        violations = [asdict(line) for line in check(judgement, Question()).violations]
    return fills, trades, violations
