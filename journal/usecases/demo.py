"""A journal made from the sample data, to look around in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import journal
from journal.domain.errors import InputError
from journal.importers.source import SourceFile
from journal.reporting.report import Report
from journal.storage.backup import backups_of
from journal.usecases.check import CheckReport, Question, check
from journal.usecases.import_files import ImportOptions, import_files
from journal.usecases.keep_review import read_reviewed
from journal.usecases.render_review import review_page
from journal.usecases.review import Asked, report
from journal.usecases.selection import instant_of
from journal.usecases.session import Session

# The sample ends the day before; with a fixed clock the demo says the same on every day.
DEMO_NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
FUTURES_ACCOUNT = "demo-futures"
# What is shown of twelve weeks: the last two checked, the busier one reviewed.
CHECKED_SINCE = "2026-11-09"
REVIEWED_WEEK = "2026-W46"

_PACKAGE = Path(journal.__file__).parent


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo journal lies, what the linter and a week's review say of it, and its page."""

    path: Path
    replaced: bool
    check: CheckReport
    report: Report
    page: Path


def sample_folder() -> Path:
    """Return the checkout's `sample_data/`, else the copy that a wheel carries."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "sample_data").is_dir():
        return checkout / "sample_data"
    return _PACKAGE / "_sample_data"


def make_demo(folder: Path) -> Demo:
    """Make the demo journal in a folder, in place of an earlier one; nothing else is replaced."""
    path = folder / "demo.db"
    replaced = path.exists()
    if replaced:
        _remove_demo(path)
    folder.mkdir(parents=True, exist_ok=True)
    samples = sample_folder()
    with Session(path, lambda: DEMO_NOW, create=True) as session:
        import_files(session, [SourceFile.at(samples / "demo.journal")], ImportOptions())
        import_files(
            session,
            [SourceFile.at(samples / "tradovate_fills.csv")],
            ImportOptions(account=FUTURES_ACCOUNT),
        )
        judgement, reviews = read_reviewed(session)
    found = report(judgement, Asked(week=REVIEWED_WEEK), reviews)
    page = folder / f"review-{REVIEWED_WEEK}.html"
    page.write_text(review_page(found), "utf-8")
    return Demo(
        path=path,
        replaced=replaced,
        check=check(judgement, Question(since=instant_of(judgement.book, CHECKED_SINCE))),
        report=found,
        page=page,
    )


def _remove_demo(path: Path) -> None:
    # For writing: one that an older program made is upgraded before it is looked at.
    with Session(path, lambda: DEMO_NOW) as session:
        is_demo = FUTURES_ACCOUNT in session.directory().accounts
    if not is_demo:
        raise InputError(
            "the journal here is not the demo",
            where=str(path),
            hint="name another folder: `journal demo FOLDER`",
        )
    for old in (path, *backups_of(path)):
        old.unlink()
