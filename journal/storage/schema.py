"""What a journal file is: its mark, its revisions, its tables, and the triggers that guard them.

Plain values only: a journal is opened, written and read without the ORM and without Alembic.
"""

from __future__ import annotations

import sqlite3

# Written into the header of the file; tells a journal from any other SQLite database.
APPLICATION_ID = 0x544A524E

# Every revision of `migrations/versions`, oldest first.
REVISIONS = ("0001", "0002", "0003")
SCHEMA_REVISION = REVISIONS[-1]

# The tables of the chain, parents before the rows that refer to them.
FACT_TABLES = (
    "imported_file",
    "account_entry",
    "instrument_entry",
    "policy_setting",
    "plan",
    "plan_version",
    "entry_tranche",
    "exit_tranche",
    "cancellation",
    "fill",
    "stop",
    "skip",
    "note",
    "price",
    "funding",
    "opening",
    "waiver",
    "review",
    "void",
)

# Derived, outside the chain, without triggers: may be thrown away at any time.
DERIVED_TABLES = ("flat_checkpoint", "derived_state")

_REFUSED = "a journal is append-only: take a fact back with `journal undo`"


def _refusing(table: str, verb: str) -> tuple[str, str]:
    name = f"{table}_no_{verb.lower()}"
    return name, (
        f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{_REFUSED}'); END"
    )


def _insert_guard(table: str, condition: str) -> tuple[str, str]:
    # Also what stops INSERT OR REPLACE in programs that leave recursive_triggers off.
    name = f"{table}_in_order"
    return name, (
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: rows are only added at the end'); END"
    )


_NEXT_ENTRY = "(SELECT coalesce(max(number), 0) + 1 FROM entry)"


def triggers_of(table: str) -> dict[str, str]:
    """Return the triggers that make a table append-only, name to SQL.

    A fact row takes the next id and belongs to the entry about to be written: the entry's own
    row comes last and closes it.
    """
    if table == "entry":
        last_hash = "coalesce((SELECT hash FROM entry ORDER BY number DESC LIMIT 1), '')"
        guard = f"NEW.number IS NOT {_NEXT_ENTRY} OR NEW.previous_hash IS NOT {last_hash}"
    else:
        next_id = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"  # noqa: S608 - our own names
        guard = f"NEW.id IS NOT {next_id} OR NEW.entry IS NOT {_NEXT_ENTRY}"
    return dict(
        (_refusing(table, "UPDATE"), _refusing(table, "DELETE"), _insert_guard(table, guard))
    )


def broken_triggers(connection: sqlite3.Connection) -> list[str]:
    """Return the names of triggers that are missing or say something else, for `doctor`."""
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    wanted: dict[str, str] = {}
    for table in ("entry", *FACT_TABLES):
        wanted |= triggers_of(table)
    return [name for name, sql in wanted.items() if found.get(name) != sql]
