"""The journal as first released: entries, fact tables, derived tables, append-only triggers."""

from __future__ import annotations

from alembic import op
import sqlalchemy as sa

from journal.storage.schema import APPLICATION_ID, triggers_of

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TEXT = sa.String()
INT = sa.Integer()
TIME = sa.DateTime(timezone=True)
# On SQLite only INTEGER is the row id, and only TEXT keeps every digit.
KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
EXACT = sa.Numeric().with_variant(sa.Text(), "sqlite")

PRECISIONS = "('day', 'minute', 'second', 'millisecond', 'microsecond')"


# The fact tables of this revision; later ones bring their own triggers.
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
    "void",
)


def create_fact_table(name: str, *items: sa.schema.SchemaItem) -> None:
    """Create a table whose rows belong to an entry; the entry is written after them."""
    op.create_table(
        name,
        sa.Column("id", KEY, autoincrement=False, nullable=False),
        sa.Column("entry", KEY, nullable=False),
        sa.Column("ordinal", INT, nullable=False),
        sa.Column("row_hash", TEXT, nullable=False),
        *items,
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
    # Without it each new entry would walk every table, to settle the deferred keys.
    op.create_index(f"ix_{name}_entry", name, ["entry"])


def dated(name: str) -> tuple[sa.schema.SchemaItem, ...]:
    """Return the header of a directive: when, recorded when, tags."""
    return (
        sa.Column("at", TIME, nullable=False),
        sa.Column("at_precision", TEXT, nullable=False),
        sa.Column("recorded_at", TIME, nullable=True),
        sa.Column("recorded_precision", TEXT, nullable=True),
        sa.Column("tags", TEXT, nullable=False),
        sa.CheckConstraint(f"at_precision IN {PRECISIONS}", name=op.f(f"ck_{name}_at_precision")),
        sa.CheckConstraint(
            f"recorded_precision IN {PRECISIONS}", name=op.f(f"ck_{name}_recorded_precision")
        ),
        sa.CheckConstraint(
            "(recorded_at IS NULL) = (recorded_precision IS NULL)",
            name=op.f(f"ck_{name}_recorded_at"),
        ),
    )


def upgrade() -> None:
    op.create_table(
        "entry",
        sa.Column("number", KEY, autoincrement=False, nullable=False),
        sa.Column("kind", TEXT, nullable=False),
        sa.Column("recorded_at", TIME, nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("facts", INT, nullable=False),
        sa.Column("previous_hash", TEXT, nullable=False),
        sa.Column("hash", TEXT, nullable=False),
        sa.CheckConstraint("facts >= 0", name=op.f("ck_entry_facts")),
        sa.CheckConstraint("length(hash) = 64", name=op.f("ck_entry_hash")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_entry")),
    )
    create_fact_table(
        "imported_file",
        sa.Column("name", TEXT, nullable=False),
        sa.Column("sha256", TEXT, nullable=False),
        sa.Column("format", TEXT, nullable=False),
        sa.Column("rows", INT, nullable=False),
    )
    create_fact_table(
        "account_entry",
        *dated("account_entry"),
        sa.Column("name", TEXT, nullable=False),
        sa.Column("currency", TEXT, nullable=True),
        sa.Column("equity", EXACT, nullable=True),
        sa.Column("maker", EXACT, nullable=True),
        sa.Column("taker", EXACT, nullable=True),
        sa.Column("risk_fraction", EXACT, nullable=True),
        sa.Column("risk_money", EXACT, nullable=True),
        sa.Column("timezone", TEXT, nullable=True),
    )
    create_fact_table(
        "instrument_entry",
        *dated("instrument_entry"),
        sa.Column("account", TEXT, nullable=True),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("kind", TEXT, nullable=True),
        sa.Column("base", TEXT, nullable=True),
        sa.Column("quote", TEXT, nullable=True),
        sa.Column("multiplier", EXACT, nullable=True),
        sa.Column("tick", EXACT, nullable=True),
        sa.Column("lot", EXACT, nullable=True),
        sa.Column("maintenance_margin", EXACT, nullable=True),
        sa.CheckConstraint(
            "kind IN ('spot', 'linear', 'inverse')", name=op.f("ck_instrument_entry_kind")
        ),
    )
    create_fact_table(
        "policy_setting",
        *dated("policy_setting"),
        sa.Column("first_id", KEY, nullable=False),
        sa.Column("account", TEXT, nullable=True),
        sa.Column("key", TEXT, nullable=False),
        sa.Column("value", TEXT, nullable=False),
    )
    create_fact_table(
        "plan",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=False),
        sa.Column("name", TEXT, nullable=True),
        sa.Column("tags", TEXT, nullable=False),
        sa.CheckConstraint("direction IN ('long', 'short')", name=op.f("ck_plan_direction")),
    )
    create_fact_table(
        "plan_version",
        *dated("plan_version"),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.Column("thesis", TEXT, nullable=True),
        sa.Column("maximum_unit", TEXT, nullable=True),
        sa.Column("maximum", EXACT, nullable=True),
        sa.Column("invalidation", EXACT, nullable=True),
        sa.Column("stop", EXACT, nullable=True),
        sa.Column("breakeven_after", INT, nullable=True),
        sa.Column("enter_until_exit", INT, nullable=True),
        sa.Column("leverage", EXACT, nullable=True),
        sa.Column("margin", TEXT, nullable=True),
        sa.Column("liquidation", EXACT, nullable=True),
        sa.Column("until", TIME, nullable=True),
        sa.Column("until_precision", TEXT, nullable=True),
        sa.CheckConstraint("margin IN ('isolated', 'cross')", name=op.f("ck_plan_version_margin")),
        sa.CheckConstraint(
            "maximum_unit IN ('units', 'money')", name=op.f("ck_plan_version_maximum_unit")
        ),
        sa.CheckConstraint(
            "until_precision IN ('day', 'minute', 'second', 'millisecond', 'microsecond')",
            name=op.f("ck_plan_version_until_precision"),
        ),
        sa.CheckConstraint(
            "(maximum IS NULL) = (maximum_unit IS NULL)", name=op.f("ck_plan_version_maximum")
        ),
        sa.CheckConstraint(
            "(until IS NULL) = (until_precision IS NULL)", name=op.f("ck_plan_version_until")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_plan_version_number")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_version_plan_id")),
    )
    create_fact_table(
        "entry_tranche",
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("unit", TEXT, nullable=True),
        sa.Column("amount", EXACT, nullable=True),
        sa.Column("price", EXACT, nullable=True),
        sa.CheckConstraint("unit IN ('units', 'money')", name=op.f("ck_entry_tranche_unit")),
        sa.CheckConstraint(
            "(amount IS NULL) = (unit IS NULL)", name=op.f("ck_entry_tranche_amount")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_entry_tranche_number")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_entry_tranche_version_id")
        ),
    )
    create_fact_table(
        "exit_tranche",
        sa.Column("version_id", KEY, nullable=False),
        sa.Column("number", INT, nullable=False),
        sa.Column("unit", TEXT, nullable=False),
        sa.Column("amount", EXACT, nullable=True),
        sa.Column("target", EXACT, nullable=True),
        sa.Column("trail", EXACT, nullable=True),
        sa.Column("trail_after", INT, nullable=True),
        sa.CheckConstraint(
            "unit IN ('units', 'money', 'fraction', 'rest')", name=op.f("ck_exit_tranche_unit")
        ),
        sa.CheckConstraint(
            "(target IS NULL) <> (trail IS NULL)", name=op.f("ck_exit_tranche_way_out")
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_exit_tranche_number")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["plan_version.id"], name=op.f("fk_exit_tranche_version_id")
        ),
    )
    create_fact_table(
        "cancellation",
        *dated("cancellation"),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_cancellation_plan_id")),
    )
    create_fact_table(
        "fill",
        *dated("fill"),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("position_side", TEXT, nullable=True),
        sa.Column("side", TEXT, nullable=False),
        sa.Column("quantity", EXACT, nullable=False),
        sa.Column("price", EXACT, nullable=False),
        sa.Column("fee", EXACT, nullable=True),
        sa.Column("fee_currency", TEXT, nullable=True),
        sa.Column("venue_id", TEXT, nullable=True),
        sa.Column("order_id", TEXT, nullable=True),
        sa.Column("liquidity", TEXT, nullable=True),
        sa.Column("tranche", INT, nullable=True),
        sa.Column("is_liquidation", sa.Boolean(), nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("imported_file_id", KEY, nullable=True),
        sa.Column("file_row", INT, nullable=True),
        sa.Column("raw", TEXT, nullable=True),
        sa.CheckConstraint("liquidity IN ('maker', 'taker')", name=op.f("ck_fill_liquidity")),
        sa.CheckConstraint(
            "position_side IN ('long', 'short')", name=op.f("ck_fill_position_side")
        ),
        sa.CheckConstraint("side IN ('buy', 'sell')", name=op.f("ck_fill_side")),
        sa.CheckConstraint("(fee IS NULL) = (fee_currency IS NULL)", name=op.f("ck_fill_fee")),
        sa.CheckConstraint("tranche >= 1", name=op.f("ck_fill_tranche")),
        sa.ForeignKeyConstraint(
            ["imported_file_id"], ["imported_file.id"], name=op.f("fk_fill_imported_file_id")
        ),
    )
    create_fact_table(
        "stop",
        *dated("stop"),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=False),
        sa.Column("price", EXACT, nullable=True),
        sa.CheckConstraint("direction IN ('long', 'short')", name=op.f("ck_stop_direction")),
    )
    create_fact_table(
        "skip",
        *dated("skip"),
        sa.Column("plan_id", KEY, nullable=False),
        sa.Column("tranche", INT, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint("tranche >= 1", name=op.f("ck_skip_tranche")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_skip_plan_id")),
    )
    create_fact_table(
        "note",
        *dated("note"),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=True),
        sa.Column("text", TEXT, nullable=False),
        sa.CheckConstraint("direction IN ('long', 'short')", name=op.f("ck_note_direction")),
    )
    create_fact_table(
        "price",
        *dated("price"),
        sa.Column("account", TEXT, nullable=True),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("price", EXACT, nullable=False),
    )
    create_fact_table(
        "funding",
        *dated("funding"),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=True),
        sa.Column("amount", EXACT, nullable=False),
        sa.Column("currency", TEXT, nullable=False),
        sa.Column("source", TEXT, nullable=True),
        sa.Column("venue_id", TEXT, nullable=True),
        sa.CheckConstraint("direction IN ('long', 'short')", name=op.f("ck_funding_direction")),
    )
    create_fact_table(
        "opening",
        *dated("opening"),
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("direction", TEXT, nullable=True),
        sa.Column("quantity", EXACT, nullable=False),
        sa.Column("price", EXACT, nullable=True),
        sa.CheckConstraint("direction IN ('long', 'short')", name=op.f("ck_opening_direction")),
    )
    create_fact_table(
        "waiver",
        *dated("waiver"),
        sa.Column("account", TEXT, nullable=True),
        sa.Column("violation", TEXT, nullable=False),
        sa.Column("reason", TEXT, nullable=False),
    )
    create_fact_table(
        "void",
        *dated("void"),
        sa.Column("account", TEXT, nullable=True),
        sa.Column("target_kind", TEXT, nullable=False),
        sa.Column("target_id", KEY, nullable=False),
        sa.Column("reason", TEXT, nullable=True),
        sa.CheckConstraint(
            "target_kind IN ('account', 'instrument', 'policy', 'plan', 'amend', 'cancel', 'fill', 'stop', 'skip', 'note', 'price', 'funding', 'opening', 'waive', 'void')",
            name=op.f("ck_void_target_kind"),
        ),
    )
    op.create_table(
        "flat_checkpoint",
        sa.Column("account", TEXT, nullable=False),
        sa.Column("symbol", TEXT, nullable=False),
        sa.Column("position_side", TEXT, nullable=False),
        sa.Column("fill_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        sa.Column("last_plan", KEY, nullable=False),
        sa.Column("open_plans", TEXT, nullable=False),
        sa.PrimaryKeyConstraint(
            "account", "symbol", "position_side", name=op.f("pk_flat_checkpoint")
        ),
    )
    op.create_table(
        "derived_state",
        sa.Column("id", INT, autoincrement=False, nullable=False),
        sa.Column("head", TEXT, nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_derived_state_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derived_state")),
    )
    op.create_index("ix_funding_account_symbol_at", "funding", ["account", "symbol", "at"])
    op.create_index("ix_note_account_symbol_at", "note", ["account", "symbol", "at"])
    op.create_index("ix_plan_account_symbol_direction", "plan", ["account", "symbol", "direction"])
    op.create_index("ix_price_at", "price", ["at"])
    op.create_index("ix_stop_account_symbol_at", "stop", ["account", "symbol", "at"])
    op.create_index("ix_cancellation_plan_id", "cancellation", ["plan_id"])
    op.create_index("ix_fill_account_symbol_at", "fill", ["account", "symbol", "at"])
    op.create_index("ix_plan_version_plan_id", "plan_version", ["plan_id"])
    op.create_index("ix_skip_plan_id", "skip", ["plan_id"])
    op.create_index("ix_entry_tranche_version_id", "entry_tranche", ["version_id"])
    op.create_index("ix_exit_tranche_version_id", "exit_tranche", ["version_id"])

    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        for table in ("entry", *FACT_TABLES):
            for trigger in triggers_of(table).values():
                op.execute(trigger)
