"""Everything that can be written into a journal: one frozen value per kind of fact.

An `Event` is what one directive of the journal text says: a header (when, recorded when, which
account) and a body. Bodies name plans by `PlanName`, as the trader writes them; which plan that
is gets resolved where the journal is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.fill import Fill
from journal.domain.instrument import InstrumentTerms
from journal.domain.moment import Moment
from journal.domain.plan import Direction, PlanTerms
from journal.domain.review import ReviewEntry


@dataclass(frozen=True, slots=True)
class PlanName:
    """How a plan or its trade is addressed: by the plan's own name or by symbol.

    `direction` is needed only where a long and a short of one symbol are both alive.
    """

    name: str
    direction: Direction | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.direction}" if self.direction else self.name


@dataclass(frozen=True, slots=True)
class RiskBudget:
    """Risk allowed per trade: a fraction of equity, or money in the account's currency."""

    fraction: Decimal | None = None
    money: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AccountEntry:
    """What an account is, from this time on; None leaves what was stated before."""

    name: str
    currency: str | None = None
    equity: Decimal | None = None
    maker: Decimal | None = None
    taker: Decimal | None = None
    risk: RiskBudget | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class InstrumentEntry:
    """A declaration of an instrument's terms."""

    symbol: str
    terms: InstrumentTerms


@dataclass(frozen=True, slots=True)
class PolicyEntry:
    """Thresholds from this time on, key to canonical text (see `journal.domain.policy`)."""

    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """A plan, locked. `name` is optional and unique in the journal."""

    symbol: str
    direction: Direction
    terms: PlanTerms
    name: str | None = None

    def __post_init__(self) -> None:
        self.terms.check_complete()


@dataclass(frozen=True, slots=True)
class Amendment:
    """A new version of a plan.

    `named` lists the fields of `PlanTerms` this amendment sets, to what `terms` says (None or
    empty drops the field); all others are copied from the version before.
    """

    plan: PlanName
    terms: PlanTerms
    named: frozenset[str] = frozenset()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cancellation:
    """A plan withdrawn before it was bound."""

    plan: PlanName
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StopEvent:
    """The stop order in force from now on; price None means it was removed."""

    plan: PlanName
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Skip:
    """An entry tranche given up in writing."""

    plan: PlanName
    tranche: int
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.tranche < 1:
            raise InputError("tranches are numbered from 1")


@dataclass(frozen=True, slots=True)
class Note:
    """Words about a trade; a note tagged `#exit` is a written exit reason."""

    plan: PlanName
    text: str


@dataclass(frozen=True, slots=True)
class KnownPrice:
    """A price known at a time, for fees in a third coin, currencies and open positions."""

    symbol: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Funding:
    """A funding payment: negative was paid, positive received."""

    symbol: str
    amount: Decimal
    currency: str
    direction: Direction | None = None
    source: str | None = None
    venue_id: str | None = None


@dataclass(frozen=True, slots=True)
class Opening:
    """A position from before the journal; signed quantity, price None means not known."""

    symbol: str
    quantity: Decimal
    price: Decimal | None = None
    direction: Direction | None = None


class FactKind(StrEnum):
    """The word a fact is referred to by in `void`; also the keyword of its directive."""

    ACCOUNT = "account"
    INSTRUMENT = "instrument"
    POLICY = "policy"
    PLAN = "plan"
    AMEND = "amend"
    CANCEL = "cancel"
    FILL = "fill"
    STOP = "stop"
    SKIP = "skip"
    NOTE = "note"
    PRICE = "price"
    FUNDING = "funding"
    OPENING = "opening"
    WAIVE = "waive"
    REVIEW = "review"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Void:
    """A fact taken back. `number` counts the facts of that kind in the same text, from 1."""

    kind: FactKind
    number: int
    reason: str | None = None

    def __post_init__(self) -> None:
        if self.number < 1:
            raise InputError("facts are numbered from 1", hint="e.g. `void fill 3`")


@dataclass(frozen=True, slots=True)
class Waiver:
    """A trader's justification of one violation, named by its id (see `journal check`)."""

    violation: str
    reason: str


Body = (
    AccountEntry | InstrumentEntry | PolicyEntry | PlanEntry | Amendment | Cancellation | Fill
    | StopEvent | Skip | Note | KnownPrice | Funding | Opening | Void | Waiver | ReviewEntry
)  # fmt: skip

KIND_OF: Mapping[type, FactKind] = {
    AccountEntry: FactKind.ACCOUNT,
    InstrumentEntry: FactKind.INSTRUMENT,
    PolicyEntry: FactKind.POLICY,
    PlanEntry: FactKind.PLAN,
    Amendment: FactKind.AMEND,
    Cancellation: FactKind.CANCEL,
    Fill: FactKind.FILL,
    StopEvent: FactKind.STOP,
    Skip: FactKind.SKIP,
    Note: FactKind.NOTE,
    KnownPrice: FactKind.PRICE,
    Funding: FactKind.FUNDING,
    Opening: FactKind.OPENING,
    Waiver: FactKind.WAIVE,
    ReviewEntry: FactKind.REVIEW,
    Void: FactKind.VOID,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One directive: a body with the time it claims and, where known, the time it was recorded.

    `recorded` None means the text did not say: the claimed time is all there is. `account` None
    means the default account. `line` is where it stood in the text, for errors.
    """

    at: Moment
    body: Body
    account: str | None = None
    recorded: Moment | None = None
    tags: tuple[str, ...] = ()
    line: int | None = field(default=None, compare=False)

    @property
    def kind(self) -> FactKind:
        """Return the word for this kind of fact."""
        return KIND_OF[type(self.body)]
