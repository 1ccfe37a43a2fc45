"""Reviews: the action taken at each, and whether the one before was kept.

A void may name one, which a constraint of `void` did not foresee. SQLite cannot change a
constraint: the table is built anew, its rows taken over as they are, and its triggers put back.
"""

from __future__ import annotations

from alembic import op
import sqlalchemy as sa

from journal.storage.schema import triggers_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT = sa.String()
TIME = sa.DateTime(timezone=True)
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

PRECISIONS = "('day', 'minute', 'second', 'millisecond', 'microsecond')"
KINDS = "'account', 'instrument', 'policy', 'plan', 'amend', 'cancel', 'fill', 'stop', 'skip', 'note', 'price', 'funding', 'opening', 'waive', 'review', 'void'"


def create_fact_table(name: str, *items: sa.schema.SchemaItem) -> None:
    """Create a table whose rows belong to an entry and carry a directive's header."""
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("row_hash", TEXT, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("at_precision", TEXT, nullable=False),
        sa.Column("recorded_at", TIME, nullable=True),
        sa.Column("recorded_precision", TEXT, nullable=True),
        sa.Column("tags", TEXT, nullable=False),
        sa.Column("account", TEXT, nullable=True),
        *items,
        sa.CheckConstraint(f"at_precision IN {PRECISIONS}", name=op.f(f"ck_{name}_at_precision")),
        sa.CheckConstraint(
            f"recorded_precision IN {PRECISIONS}", name=op.f(f"ck_{name}_recorded_precision")
        ),
        sa.CheckConstraint(
            "(recorded_at IS NULL) = (recorded_precision IS NULL)",
            name=op.f(f"ck_{name}_recorded_at"),
        ),
        sa.CheckConstraint("length(row_hash) = 64", name=op.f(f"ck_{name}_row_hash")),
        sa.ForeignKeyConstraint(
            ["entry"],
            ["entry.number"],
            name=op.f(f"fk_{name}_entry"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )


def upgrade() -> None:
    create_fact_table(
        "review",
        sa.Column("period", TEXT, nullable=False),
        sa.Column("action", TEXT, nullable=True),
        sa.Column("kept", TEXT, nullable=True),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("kept IN ('yes', 'partly', 'no')", name=op.f("ck_review_kept")),
        sa.CheckConstraint(
            "(action IS NOT NULL) OR (kept IS NOT NULL)", name=op.f("ck_review_says_something")
        ),
        sa.CheckConstraint(
            "(reason IS NULL) OR (kept IS NOT NULL)", name=op.f("ck_review_reason")
        ),
    )
    op.create_index("ix_review_entry", "review", ["entry"])
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_void_target_kind"), "void", type_="check")
        op.create_check_constraint(
            op.f("ck_void_target_kind"), "void", f"target_kind IN ({KINDS})"
        )
        return
    rebuild_void()
    for table in ("review", "void"):
        for trigger in triggers_of(table).values():
            op.execute(trigger)


def rebuild_void() -> None:
    """Build the table of voids anew; dropping the old one takes its index and triggers along."""
    op.rename_table("void", "void_before")
    create_fact_table(
        "void",
        sa.Column("target_kind", TEXT, nullable=False),
        sa.Column("target_id", KEY, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint(
            f"target_kind IN ({KINDS})",
            name=op.f("ck_void_target_kind"),
        ),
    )
    columns = (
        "id, entry, ordinal, row_hash, at, at_precision, recorded_at, recorded_precision, tags, "
        "account, target_kind, target_id, reason"
    )
    op.execute(f"INSERT INTO void ({columns}) SELECT {columns} FROM void_before ORDER BY id")
    op.execute("DROP TABLE void_before")
    op.create_index("ix_void_entry", "void", ["entry"])
