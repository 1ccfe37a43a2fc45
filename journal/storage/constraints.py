"""The named constraints that tables share."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.schema import SchemaItem

from journal.domain.moment import Precision


def one_of(column: str, *words: StrEnum) -> CheckConstraint:
    """Allow these words only: an Enum column would store the names of its members."""
    allowed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def counted(column: str) -> CheckConstraint:
    """Allow 1, 2, 3 and so on."""
    return CheckConstraint(f"{column} >= 1", name=column)


def together(column: str, other: str) -> CheckConstraint:
    """Allow both or neither."""
    return CheckConstraint(f"({column} IS NULL) = ({other} IS NULL)", name=column)


def refers(column: str, target: str) -> ForeignKeyConstraint:
    """Allow only what exists there."""
    return ForeignKeyConstraint([column], [target])


def fact(*extra: SchemaItem) -> tuple[SchemaItem, ...]:
    """Return the constraints of a fact table; its entry is written after it, hence deferred."""
    entry = ForeignKeyConstraint(["entry"], ["entry.number"], deferrable=True, initially="DEFERRED")
    return (
        entry,
        CheckConstraint("length(row_hash) = 64", name="row_hash"),
        # Without it each new entry would walk every table, to settle the deferred keys.
        Index(None, "entry"),
        *extra,
    )


def dated(*extra: SchemaItem) -> tuple[SchemaItem, ...]:
    """Return the constraints of a fact table whose rows carry a directive's header."""
    return fact(
        one_of("at_precision", *Precision),
        one_of("recorded_precision", *Precision),
        together("recorded_at", "recorded_precision"),
        *extra,
    )
