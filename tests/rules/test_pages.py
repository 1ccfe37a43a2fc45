"""Every rule's page: its headings, a journal that breaks the rule and one that keeps it."""

from __future__ import annotations

import pytest
from journal_text import book_of

from journal.book.judging import judge
from journal.book.verdicts import BROKEN, KEPT, RuleModule
from journal.rules import RULES
from journal.rules.pages import HEADINGS, read_page

PAGE = """A summary in one line.

What it flags
    This,
    and that.

Why it matters
    Money.

Breaks
    2026-01-05T14:00Z plan BTC-USDT long
      enter 3 @ 100

    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100

Keeps
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100
"""

every_rule = pytest.mark.parametrize("module", RULES, ids=lambda module: module.RULE.code)


def test_a_page_is_cut_at_its_headings() -> None:
    page = read_page(PAGE)
    assert page.summary == "A summary in one line."
    assert page.flags == "This,\nand that.\n"
    assert page.why == "Money.\n"
    assert page.breaks.splitlines()[:3] == [
        "2026-01-05T14:00Z plan BTC-USDT long",
        "  enter 3 @ 100",
        "",
    ]
    assert page.keeps == "2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100\n"


@pytest.mark.parametrize("heading", HEADINGS)
def test_a_page_without_one_of_its_headings_is_refused(heading: str) -> None:
    with pytest.raises(ValueError, match="A summary"):
        read_page(PAGE.replace(heading, "Something else"))


def test_a_page_in_another_order_is_refused() -> None:
    swapped = PAGE.replace("Breaks", "-").replace("Keeps", "Breaks").replace("\n-\n", "\nKeeps\n")
    with pytest.raises(ValueError, match="A summary"):
        read_page(swapped)


@every_rule
def test_what_breaks_it_is_broken(module: RuleModule) -> None:
    text = read_page(module.__doc__ or "").breaks
    violations = judge(book_of(text), RULES).violations()
    assert module.RULE.code in {violation.rule.code for violation in violations}


@every_rule
def test_what_keeps_it_is_kept_and_nowhere_broken(module: RuleModule) -> None:
    book = book_of(read_page(module.__doc__ or "").keeps)
    verdicts = [int(verdict) for part in module.judge(book) for verdict in part.verdict]
    assert KEPT in verdicts
    assert BROKEN not in verdicts


@every_rule
def test_a_page_says_something(module: RuleModule) -> None:
    page = read_page(module.__doc__ or "")
    assert page.summary.endswith(".")
    assert len(page.flags.split()) > 15
    assert len(page.why.split()) > 10
