"""Fills that close, and of imported files the zone they were read in and where they went.

Columns are added, never tables rebuilt: that would drop the append-only triggers. All of them
are null in the rows there are, and nulls are not hashed, so that every old hash stays true.
"""

from __future__ import annotations

from alembic import op
import sqlalchemy as sa

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fill", sa.Column("closes", sa.Boolean(), nullable=True))
    op.add_column("imported_file", sa.Column("timezone", sa.String(), nullable=True))
    op.add_column("imported_file", sa.Column("account", sa.String(), nullable=True))
