"""Creating and upgrading the schema through Alembic, imported only when there is work to do."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the program must not import SQLAlchemy to log a fill
    from sqlalchemy import Engine

_PACKAGE = Path(__file__).parents[1]


def migrations_folder() -> Path:
    """Return the checkout's `migrations/`, else the copy that a wheel carries.

    The checkout comes first: an editable install may keep a stale copy.
    """
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "migrations" / "env.py").is_file():
        return checkout / "migrations"
    return _PACKAGE / "_migrations"


def upgrade(connection: sqlite3.Connection) -> None:
    """Bring an open database, new or old, to the newest revision; all of it or nothing."""
    from alembic import command  # noqa: PLC0415 - 0.4 s, wanted only here
    from alembic.config import Config  # noqa: PLC0415 - the same
    from sqlalchemy.exc import DBAPIError  # noqa: PLC0415 - the same

    config = Config()
    config.set_main_option("script_location", str(migrations_folder()).replace("%", "%%"))
    config.attributes["engine"] = transactional_engine(connection)
    # Rebuilding a table under enforced keys deletes the rows that refer to it.
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        command.upgrade(config, "head")
    except DBAPIError as error:  # say it as every other refusal of SQLite is said
        raise (error.orig or error) from error
    connection.execute("PRAGMA foreign_keys = ON")


def transactional_engine(connection: sqlite3.Connection) -> Engine:
    """Return SQLAlchemy's engine on an open connection, its transactions begun at once.

    pysqlite by itself would begin before the first INSERT only, and leave DDL half done.
    """
    from sqlalchemy import create_engine, event  # noqa: PLC0415 - 0.3 s, wanted only here
    from sqlalchemy.pool import StaticPool  # noqa: PLC0415 - the same

    engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
    event.listen(engine, "begin", lambda _: connection.execute("BEGIN IMMEDIATE"))
    return engine
