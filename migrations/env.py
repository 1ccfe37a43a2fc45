"""Alembic's environment: runs a migration as one transaction, keys checked before the commit.

The program passes its own engine. The `alembic` command line, used for writing a new revision,
works on the journal that JOURNAL_DB names.
"""

from __future__ import annotations

import os
import sqlite3
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Engine, MetaData

from journal.storage.migration import transactional_engine


def render_item(kind: str, item: Any, autogen: AutogenContext) -> str | bool:  # noqa: ANN401 - Alembic's own signature
    """Write plain SQLAlchemy types, so that old migrations never need the program's classes."""
    del autogen
    if kind != "type":
        return False
    plain = {
        "ExactDecimal": "sa.Numeric().with_variant(sa.Text(), 'sqlite')",
        "AutoString": "sa.String()",
        "UTCDateTime": "sa.DateTime(timezone=True)",
    }
    return plain.get(type(item).__name__, False)


def run(engine: Engine, metadata: MetaData | None) -> None:
    """Run the migrations asked for inside one transaction."""
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=metadata,
            render_item=render_item,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                msg = "the migration leaves rows that refer to nothing"
                raise RuntimeError(msg)


def run_from_command_line() -> None:
    """Work on the journal that JOURNAL_DB names, comparing it with the tables."""
    from sqlmodel import SQLModel  # noqa: PLC0415 - not needed when the program migrates

    import journal.storage.tables  # noqa: F401, PLC0415 - fills the metadata

    path = os.environ.get("JOURNAL_DB", ":memory:")
    engine = transactional_engine(sqlite3.connect(path, isolation_level=None))
    run(engine, SQLModel.metadata)


given = context.config.attributes.get("engine")
if given is None:
    run_from_command_line()
else:
    run(given, None)
