"""The tables, as SQLModel classes: for migrations, `journal doctor` and SQL by hand in tests.

The daily path neither imports nor needs this file: it writes and reads the same columns through
`sqlite3`. Column names are the field names of `journal.book.facts`. Everything that is said once
and never changed has a row here; what can be computed is not stored.
"""
# No `from __future__ import annotations`: SQLModel reads the annotations at run time.

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from journal.domain.event import FactKind
from journal.domain.fill import Liquidity, Side
from journal.domain.instrument import Kind
from journal.domain.moment import Precision
from journal.domain.plan import Direction, Margin, SizeUnit
from journal.domain.review import Kept
from journal.storage.columns import KEY, ExactDecimal
from journal.storage.constraints import counted, dated, fact, one_of, refers, together

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Entry(SQLModel, table=True):
    """One act of the trader: the header of its facts, and a link of the chain.

    `kind` is the verb that wrote it; a new verb needs no migration, so it is not constrained.
    """

    __table_args__ = (
        CheckConstraint("length(hash) = 64", name="hash"),
        CheckConstraint("facts >= 0", name="facts"),
    )

    number: int = Field(primary_key=True, sa_type=KEY, sa_column_kwargs={"autoincrement": False})
    kind: str
    recorded_at: datetime
    source: str | None = None
    facts: int
    previous_hash: str
    hash: str


class _Fact(SQLModel):
    id: int = Field(primary_key=True, sa_type=KEY, sa_column_kwargs={"autoincrement": False})
    entry: int = Field(sa_type=KEY)
    ordinal: int
    row_hash: str


class _Dated(_Fact):
    at: datetime
    at_precision: str
    recorded_at: datetime | None = None
    recorded_precision: str | None = None
    tags: str = ""


class ImportedFile(_Fact, table=True):
    """A venue's file that was read; `rows` counts the data rows it had.

    `timezone` is the zone its local times were read in, null where it said its own; `account` is
    where its rows went.
    """

    __tablename__ = "imported_file"
    __table_args__ = fact()

    name: str
    sha256: str
    format: str
    rows: int
    timezone: str | None = None
    account: str | None = None


class AccountEntry(_Dated, table=True):
    """What an account is from then on; a null leaves what was stated before."""

    __tablename__ = "account_entry"
    __table_args__ = dated()

    name: str
    currency: str | None = None
    equity: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    maker: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    taker: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    risk_fraction: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    risk_money: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    timezone: str | None = None


class InstrumentEntry(_Dated, table=True):
    """A declaration of an instrument; a null leaves what was known or inferred."""

    __tablename__ = "instrument_entry"
    __table_args__ = dated(one_of("kind", *Kind))

    account: str | None = None
    symbol: str
    kind: str | None = None
    base: str | None = None
    quote: str | None = None
    multiplier: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    tick: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    lot: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    maintenance_margin: Decimal | None = Field(default=None, sa_type=ExactDecimal)


class PolicySetting(_Dated, table=True):
    """One threshold; `first_id` is the id of the first setting of the same directive."""

    __tablename__ = "policy_setting"
    __table_args__ = dated()

    first_id: int = Field(sa_type=KEY)
    account: str | None = None
    key: str
    value: str


class Plan(_Fact, table=True):
    """A plan's identity; what it says, and when, stands in its versions."""

    __table_args__ = fact(
        one_of("direction", *Direction), Index(None, "account", "symbol", "direction")
    )

    account: str
    symbol: str
    direction: str
    name: str | None = None
    tags: str = ""


class PlanVersion(_Dated, table=True):
    """Everything a plan says from then on; number 1 is the lock, the others are amendments."""

    __tablename__ = "plan_version"
    __table_args__ = dated(
        refers("plan_id", "plan.id"),
        counted("number"),
        one_of("maximum_unit", SizeUnit.UNITS, SizeUnit.MONEY),
        together("maximum", "maximum_unit"),
        one_of("margin", *Margin),
        together("until", "until_precision"),
        one_of("until_precision", *Precision),
        Index(None, "plan_id"),
    )

    plan_id: int = Field(sa_type=KEY)
    number: int
    reason: str | None = None
    thesis: str | None = None
    maximum_unit: str | None = None
    maximum: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    invalidation: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    stop: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    breakeven_after: int | None = None
    enter_until_exit: int | None = None
    leverage: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    margin: str | None = None
    liquidation: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    until: datetime | None = None
    until_precision: str | None = None


class EntryTranche(_Fact, table=True):
    """One planned slice in; a null is a part the trader left out."""

    __tablename__ = "entry_tranche"
    __table_args__ = fact(
        refers("version_id", "plan_version.id"),
        counted("number"),
        one_of("unit", SizeUnit.UNITS, SizeUnit.MONEY),
        together("amount", "unit"),
        Index(None, "version_id"),
    )

    version_id: int = Field(sa_type=KEY)
    number: int
    unit: str | None = None
    amount: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    price: Decimal | None = Field(default=None, sa_type=ExactDecimal)


class ExitTranche(_Fact, table=True):
    """One planned way out: a size at a target, or a trailing stop."""

    __tablename__ = "exit_tranche"
    __table_args__ = fact(
        refers("version_id", "plan_version.id"),
        counted("number"),
        one_of("unit", *SizeUnit),
        CheckConstraint("(target IS NULL) <> (trail IS NULL)", name="way_out"),
        Index(None, "version_id"),
    )

    version_id: int = Field(sa_type=KEY)
    number: int
    unit: str
    amount: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    target: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    trail: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    trail_after: int | None = None


class Cancellation(_Dated, table=True):
    """A plan withdrawn before it was bound."""

    __table_args__ = dated(refers("plan_id", "plan.id"), Index(None, "plan_id"))

    plan_id: int = Field(sa_type=KEY)
    reason: str | None = None


class Fill(_Dated, table=True):
    """One execution; `raw` is the venue's own row where it came from a file.

    `closes` is null where nobody said so, never false: a column that came later.
    """

    __table_args__ = dated(
        one_of("position_side", *Direction),
        one_of("side", *Side),
        one_of("liquidity", *Liquidity),
        counted("tranche"),
        together("fee", "fee_currency"),
        refers("imported_file_id", "imported_file.id"),
        Index(None, "account", "symbol", "at"),
    )

    account: str
    symbol: str
    position_side: str | None = None
    side: str
    quantity: Decimal = Field(sa_type=ExactDecimal)
    price: Decimal = Field(sa_type=ExactDecimal)
    fee: Decimal | None = Field(default=None, sa_type=ExactDecimal)
    fee_currency: str | None = None
    venue_id: str | None = None
    order_id: str | None = None
    liquidity: str | None = None
    tranche: int | None = None
    is_liquidation: bool = False
    source: str | None = None
    imported_file_id: int | None = Field(default=None, sa_type=KEY)
    file_row: int | None = None
    raw: str | None = None
    closes: bool | None = None


class Stop(_Dated, table=True):
    """The stop order in force from then on; a null price is none."""

    __table_args__ = dated(one_of("direction", *Direction), Index(None, "account", "symbol", "at"))

    account: str
    symbol: str
    direction: str
    price: Decimal | None = Field(default=None, sa_type=ExactDecimal)


class Skip(_Dated, table=True):
    """An entry tranche given up in writing."""

    __table_args__ = dated(refers("plan_id", "plan.id"), counted("tranche"), Index(None, "plan_id"))

    plan_id: int = Field(sa_type=KEY)
    tranche: int
    reason: str | None = None


class Note(_Dated, table=True):
    """Words about a trade."""

    __table_args__ = dated(one_of("direction", *Direction), Index(None, "account", "symbol", "at"))

    account: str
    symbol: str
    direction: str | None = None
    text: str


class Price(_Dated, table=True):
    """A known price."""

    __table_args__ = dated(Index(None, "at"))

    account: str | None = None
    symbol: str
    price: Decimal = Field(sa_type=ExactDecimal)


class Funding(_Dated, table=True):
    """A funding payment; negative was paid."""

    __table_args__ = dated(one_of("direction", *Direction), Index(None, "account", "symbol", "at"))

    account: str
    symbol: str
    direction: str | None = None
    amount: Decimal = Field(sa_type=ExactDecimal)
    currency: str
    source: str | None = None
    venue_id: str | None = None


class Opening(_Dated, table=True):
    """A position from before the journal; quantity is signed."""

    __table_args__ = dated(one_of("direction", *Direction))

    account: str
    symbol: str
    direction: str | None = None
    quantity: Decimal = Field(sa_type=ExactDecimal)
    price: Decimal | None = Field(default=None, sa_type=ExactDecimal)


class Waiver(_Dated, table=True):
    """A justification of one violation, by its id."""

    __table_args__ = dated()

    account: str | None = None
    violation: str
    reason: str


class Review(_Dated, table=True):
    """What a review of some days decided; an account of null is all of them."""

    __table_args__ = dated(
        one_of("kept", *Kept),
        CheckConstraint("(action IS NOT NULL) OR (kept IS NOT NULL)", name="says_something"),
        CheckConstraint("(reason IS NULL) OR (kept IS NOT NULL)", name="reason"),
    )

    account: str | None = None
    period: str
    action: str | None = None
    kept: str | None = None
    reason: str | None = None


class Void(_Dated, table=True):
    """A fact taken back: the row of `target_kind` with that id (a policy's first setting)."""

    __table_args__ = dated(one_of("target_kind", *FactKind))

    account: str | None = None
    target_kind: str
    target_id: int = Field(sa_type=KEY)
    reason: str | None = None


class FlatCheckpoint(SQLModel, table=True):
    """Derived: after this fill the position was flat. See `journal.storage.checkpoints`."""

    __tablename__ = "flat_checkpoint"

    account: str = Field(primary_key=True)
    symbol: str = Field(primary_key=True)
    position_side: str = Field(primary_key=True)
    fill_id: int = Field(sa_type=KEY)
    at: datetime
    last_plan: int = Field(sa_type=KEY)
    open_plans: str


class DerivedState(SQLModel, table=True):
    """Derived: the head up to which every writer kept the derived tables true."""

    __tablename__ = "derived_state"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    head: str
