"""The tables, the migrations and the plain names in `schema` say the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects.sqlite import dialect
from sqlmodel import Session, SQLModel, select

from journal.book import facts as columns
from journal.storage import tables
from journal.storage.columns import ExactDecimal
from journal.storage.database import Journal, memory
from journal.storage.migration import migrations_folder, transactional_engine
from journal.storage.schema import (
    APPLICATION_ID,
    DERIVED_TABLES,
    FACT_TABLES,
    REVISIONS,
    SCHEMA_REVISION,
    broken_triggers,
    triggers_of,
)

COLUMNS_OF = {
    "account_entry": columns.AccountColumns,
    "policy_setting": columns.PolicyColumns,
    "plan": columns.PlanColumns,
    "plan_version": columns.VersionColumns,
    "entry_tranche": columns.EntryTrancheColumns,
    "exit_tranche": columns.ExitTrancheColumns,
    "cancellation": columns.CancellationColumns,
    "fill": columns.FillColumns,
    "stop": columns.StopColumns,
    "skip": columns.SkipColumns,
    "note": columns.NoteColumns,
    "price": columns.PriceColumns,
    "funding": columns.FundingColumns,
    "opening": columns.OpeningColumns,
    "waiver": columns.WaiverColumns,
}


def _definitions(connection: sqlite3.Connection) -> dict[str, list[str]]:
    """Return every table and index as its sorted clauses: Alembic does not compare CHECKs."""
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
    )
    return {name: _clauses(sql) for name, sql in rows if sql and name != "alembic_version"}


def _clauses(sql: str) -> list[str]:
    """Return what a definition says in any order: a column added later stands behind the keys."""
    head, _, rest = sql.partition("(")
    said, depth = [""], 0
    for letter in rest.strip().removesuffix(")"):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            said.append("")
        else:
            said[-1] += letter
    return [head.strip(), *sorted(" ".join(clause.split()) for clause in said)]


def test_migrations_build_exactly_the_tables() -> None:
    with closing(sqlite3.connect(":memory:")) as wanted, memory() as migrated:
        SQLModel.metadata.create_all(transactional_engine(wanted))
        assert _definitions(migrated.connection) == _definitions(wanted)


def test_alembic_sees_nothing_left_to_migrate() -> None:
    with memory() as migrated:
        engine = transactional_engine(migrated.connection)
        with engine.connect() as connection:
            context = MigrationContext.configure(connection)
            assert compare_metadata(context, SQLModel.metadata) == []


def test_revisions_are_those_of_the_migrations() -> None:
    script = ScriptDirectory(str(migrations_folder()))
    assert script.get_heads() == [SCHEMA_REVISION]
    assert [each.revision for each in script.walk_revisions()][::-1] == list(REVISIONS)


def test_every_table_is_in_the_chain_or_known_to_be_derived() -> None:
    assert set(SQLModel.metadata.tables) == {"entry", *FACT_TABLES, *DERIVED_TABLES}


def test_every_table_of_the_chain_has_its_triggers() -> None:
    with memory() as migrated:
        assert broken_triggers(migrated.connection) == []
        migrated.connection.execute("DROP TRIGGER fill_no_update")
        assert broken_triggers(migrated.connection) == ["fill_no_update"]
    assert list(triggers_of("fill")) == ["fill_no_update", "fill_no_delete", "fill_in_order"]


@pytest.mark.parametrize("table", COLUMNS_OF)
def test_the_book_finds_every_column_it_asks_for(table: str) -> None:
    wanted = {field.name for field in fields(COLUMNS_OF[table])}
    assert wanted <= set(SQLModel.metadata.tables[table].columns.keys())


def test_the_file_carries_the_mark_of_a_journal(journal_db: Path) -> None:
    """The application id stands at byte 68 of an SQLite file, big-endian."""
    assert journal_db.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"TJRN"


def test_the_models_read_what_the_daily_path_wrote(write: Callable[[str], Journal]) -> None:
    """Decimals to the last digit, times aware and in UTC."""
    digits = "123456789012345678901234567890.000000000000000000000000000001"
    journal = write(f"2026-01-05T15:30+01:00 fill BTC-USDT buy {digits} @ 1.10\n")
    with Session(transactional_engine(journal.connection)) as session:
        fill = session.exec(select(tables.Fill)).one()
        assert fill.quantity == Decimal(digits)
        assert (str(fill.price), fill.fee, fill.is_liquidation) == ("1.1", None, False)
        assert fill.at == datetime(2026, 1, 5, 14, 30, tzinfo=UTC)


def test_a_float_is_refused_by_the_column_type() -> None:
    with pytest.raises(TypeError, match=r"finite Decimal, not 0\.1"):
        ExactDecimal().process_bind_param(0.1, dialect())
    assert ExactDecimal().process_bind_param(Decimal("1E+2"), dialect()) == "100"
