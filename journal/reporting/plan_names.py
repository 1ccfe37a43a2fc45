"""What a plan goes by: its own name where it has one, else its key."""

from __future__ import annotations

from journal.book.keys import plan_key
from journal.book.tables import Book


def plan_label(book: Book, plan: int) -> str | None:
    """Return a plan's name or key, None for no plan (-1)."""
    if plan < 0:
        return None
    return book.facts.plans.name[plan] or plan_key(book, plan)


def plan_tags(book: Book, plan: int) -> tuple[str, ...]:
    """Return the tags a plan was locked with: the setup it is an example of."""
    return () if plan < 0 else tuple(book.facts.plans.tags[plan].split())
