"""What is not known never counts as kept: every float column a rule reads, blanked in turn."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from case_file import read_cases
from journal_text import book_of

from journal.book.tables import Book
from journal.book.verdicts import BROKEN, KEPT, RuleModule
from journal.rules import RULES
from journal.rules.pages import read_page

TABLES = ("fills", "trades", "versions", "tranches", "stops", "allocations", "instruments")
# Here NaN is "nobody said", and something else is taken instead.
NOT_SAID = {
    "versions.maximum_units",  # the ladder's total
    "versions.maximum_money",  # the ladder's total
    "versions.liquidation",  # computed
    "versions.leverage",  # none: all of it is paid for
    "instruments.maintenance_margin",  # the policy's
    "instruments.tick",  # no least tolerance
    "instruments.lot",  # flat is zero
    "fills.entry_fees_so_far",  # the taker rate stands in for what was paid
    "fills.entry_value_so_far",  # the same
    "fills.stop",  # none stood: the invalidation
    "trades.r_multiple",  # without R any net loss counts
}

Verdicts = list[npt.NDArray[np.int8]]


@cache
def books_of(code: str) -> tuple[Book, ...]:
    """Return books of mixed journals: the examples of all rules and the rule's own cases."""
    return (*pages(), *(book_of(case.text) for case in read_cases(code)))


@cache
def pages() -> tuple[Book, ...]:
    read = [read_page(module.__doc__ or "") for module in RULES]
    return tuple(book_of(text) for page in read for text in (page.breaks, page.keeps))


def judged(module: RuleModule, book: Book) -> Verdicts:
    return [verdicts.verdict for verdicts in module.judge(book)]


class Watched:
    """A table of the book that notes which of its columns are read."""

    def __init__(self, name: str, table: object, read: set[str]) -> None:
        self._name, self._table, self._read = name, table, read

    def __getattr__(self, column: str) -> object:
        self._read.add(f"{self._name}.{column}")
        return getattr(self._table, column)

    def __len__(self) -> int:
        return len(self._table)  # type: ignore[arg-type] # every table has a length it can say


def columns_read(module: RuleModule, book: Book) -> set[str]:
    read: set[str] = set()
    watched = copy(book)
    for name in TABLES:
        setattr(watched, name, Watched(name, getattr(book, name), read))
    judged(module, watched)
    return read - NOT_SAID


def blanked(module: RuleModule, book: Book) -> Iterator[str]:
    """Blank each float column that the rule reads of this book in turn, and put it back."""
    for name in sorted(columns_read(module, book)):
        table, column = name.split(".")
        owner = getattr(book, table)
        values = getattr(owner, column)
        if isinstance(values, np.ndarray) and values.dtype == np.float64:
            setattr(owner, column, np.full_like(values, np.nan))
            yield name
            setattr(owner, column, values)


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)
def test_a_column_that_is_not_known_makes_nothing_kept(module: RuleModule) -> None:
    for book in books_of(module.RULE.code):
        before = judged(module, book)
        for name in blanked(module, book):
            after = judged(module, book)
            for was, now in zip(before, after, strict=True):
                assert not ((now == KEPT) & (was != KEPT)).any(), name


@pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)
def test_the_journals_show_both_what_is_kept_and_what_is_not(module: RuleModule) -> None:
    books = books_of(module.RULE.code)
    shown = {int(v) for book in books for part in judged(module, book) for v in part}
    assert shown >= {KEPT, BROKEN}
