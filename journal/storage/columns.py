"""Column types of the tables: exact decimals and 64-bit keys."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, Integer, Numeric, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from journal.domain.money import canonical, require_decimal

# A plain Integer key is 32-bit on PostgreSQL; on SQLite only INTEGER is the row id.
KEY = BigInteger().with_variant(Integer(), "sqlite")


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal that keeps every digit: canonical TEXT on SQLite, whose NUMERIC is a float."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use unconstrained NUMERIC where the database has exact numbers."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric())
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | Decimal | None:
        """Refuse floats, and write the one text of a number."""
        if value is None:
            return None
        require_decimal(value, "a stored number")
        return value if dialect.name == "postgresql" else canonical(value)

    def process_result_value(self, value: str | Decimal | None, dialect: Dialect) -> Decimal | None:
        """Read the text back as it was."""
        del dialect
        return None if value is None else Decimal(value)
