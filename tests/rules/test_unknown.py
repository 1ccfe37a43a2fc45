"""What is not known never counts as kept: every float column a rule may read, blanked in turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

import numpy as np
import numpy.typing as npt
import pytest

from case_file import FOLDER, read_cases
from journal.book.tables import Book
from journal.book.verdicts import BROKEN, KEPT, RuleModule
from journal.rules import RULES
from journal.rules.pages import read_page
from journal_text import book_of

TABLES = ("fills", "trades", "versions", "tranches", "stops", "allocations", "instruments")
CASES_OF_A_RULE = 12
# Here NaN is "nobody said", and something else is taken instead.
NOT_SAID = {
    "versions.liquidation",  # computed
    "instruments.maintenance_margin",  # the policy's
    "instruments.tick",  # no least tolerance
    "instruments.lot",  # flat is zero
}

Verdicts = list[npt.NDArray[np.int8]]


@pytest.fixture(scope="module")
def books() -> list[Book]:
    """Return books of mixed journals: the rules' own examples and some cases of each."""
    pages = [read_page(module.__doc__ or "") for module in RULES]
    texts = [text for page in pages for text in (page.breaks, page.keeps)]
    for path in sorted(FOLDER.glob("*.txt")):
        cases = [case.text for case in read_cases(path.stem)]
        texts += cases[:: max(1, len(cases) // CASES_OF_A_RULE)]
    return [book_of(text) for text in texts]


def judged(module: RuleModule, book: Book) -> Verdicts:
    return [verdicts.verdict for verdicts in module.judge(book)]


def blanked(book: Book) -> Iterator[str]:
    """Blank each float column of the book in turn, and put it back."""
    for name in TABLES:
        table = getattr(book, name)
        for field in fields(table):
            column = getattr(table, field.name)
            if f"{name}.{field.name}" in NOT_SAID:
                continue
            if isinstance(column, np.ndarray) and column.dtype == np.float64:
                setattr(table, field.name, np.full_like(column, np.nan))
                yield f"{name}.{field.name}"
                setattr(table, field.name, column)


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)
def test_a_column_that_is_not_known_makes_nothing_kept(
    module: RuleModule, books: list[Book]
) -> None:
    for book in books:
        before = judged(module, book)
        for name in blanked(book):
            after = judged(module, book)
            for was, now in zip(before, after, strict=True):
                assert not ((now == KEPT) & (was != KEPT)).any(), name


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)
def test_the_journals_show_both_what_is_kept_and_what_is_not(
    module: RuleModule, books: list[Book]
) -> None:
    shown = {int(v) for book in books for part in judged(module, book) for v in part}
    assert shown >= {KEPT, BROKEN}
