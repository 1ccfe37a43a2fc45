"""What storage hands over: the unvoided facts of a journal, as columns of plain values.

Each class holds one table, one list per column, rows in the order they were written (by id). The
field names are the column names that storage selects. Texts stay texts here: decimals in
canonical form, times as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC. None means "not said" everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from journal.domain.instrument import Instrument

Text = list[str]
OptionalText = list[str | None]
OptionalInt = list[int | None]


@dataclass(slots=True)
class AccountColumns:
    """Account entries: each states some fields, dated."""

    id: list[int] = field(default_factory=list)
    name: Text = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    currency: OptionalText = field(default_factory=list)
    equity: OptionalText = field(default_factory=list)
    maker: OptionalText = field(default_factory=list)
    taker: OptionalText = field(default_factory=list)
    risk_fraction: OptionalText = field(default_factory=list)
    risk_money: OptionalText = field(default_factory=list)
    timezone: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class PolicyColumns:
    """Policy settings, one row a key; account None holds for every account."""

    id: list[int] = field(default_factory=list)
    account: OptionalText = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    key: Text = field(default_factory=list)
    value: Text = field(default_factory=list)


@dataclass(slots=True)
class PlanColumns:
    """Plans: identity only; what they say stands in their versions."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    direction: Text = field(default_factory=list)
    name: OptionalText = field(default_factory=list)
    tags: Text = field(default_factory=list)


@dataclass(slots=True)
class VersionColumns:
    """Plan versions, number 1 being the lock; sizes in `maximum_unit` units or money."""

    id: list[int] = field(default_factory=list)
    plan_id: list[int] = field(default_factory=list)
    number: list[int] = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    reason: OptionalText = field(default_factory=list)
    thesis: OptionalText = field(default_factory=list)
    maximum_unit: OptionalText = field(default_factory=list)
    maximum: OptionalText = field(default_factory=list)
    invalidation: OptionalText = field(default_factory=list)
    stop: OptionalText = field(default_factory=list)
    breakeven_after: OptionalInt = field(default_factory=list)
    enter_until_exit: OptionalInt = field(default_factory=list)
    leverage: OptionalText = field(default_factory=list)
    margin: OptionalText = field(default_factory=list)
    liquidation: OptionalText = field(default_factory=list)
    until: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class EntryTrancheColumns:
    """Entry tranches of a version, numbered from 1."""

    id: list[int] = field(default_factory=list)
    version_id: list[int] = field(default_factory=list)
    number: list[int] = field(default_factory=list)
    unit: OptionalText = field(default_factory=list)
    amount: OptionalText = field(default_factory=list)
    price: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class ExitTrancheColumns:
    """Exit tranches of a version, numbered from 1; fractions are 0..1."""

    id: list[int] = field(default_factory=list)
    version_id: list[int] = field(default_factory=list)
    number: list[int] = field(default_factory=list)
    unit: Text = field(default_factory=list)
    amount: OptionalText = field(default_factory=list)
    target: OptionalText = field(default_factory=list)
    trail: OptionalText = field(default_factory=list)
    trail_after: OptionalInt = field(default_factory=list)


@dataclass(slots=True)
class CancellationColumns:
    """Plans cancelled."""

    id: list[int] = field(default_factory=list)
    plan_id: list[int] = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    reason: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class FillColumns:
    """Fills; `recorded_at` None means the text did not say, and so does `closes`."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    position_side: OptionalText = field(default_factory=list)
    side: Text = field(default_factory=list)
    quantity: Text = field(default_factory=list)
    price: Text = field(default_factory=list)
    fee: OptionalText = field(default_factory=list)
    fee_currency: OptionalText = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    venue_id: OptionalText = field(default_factory=list)
    order_id: OptionalText = field(default_factory=list)
    liquidity: OptionalText = field(default_factory=list)
    tranche: OptionalInt = field(default_factory=list)
    is_liquidation: list[int] = field(default_factory=list)
    closes: OptionalInt = field(default_factory=list)
    source: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class StopColumns:
    """Stop events; price None means removed."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    direction: Text = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    price: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class SkipColumns:
    """Entry tranches skipped in writing."""

    id: list[int] = field(default_factory=list)
    plan_id: list[int] = field(default_factory=list)
    tranche: list[int] = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    reason: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class NoteColumns:
    """Notes on a trade; direction None where only one could be meant."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    direction: OptionalText = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    recorded_at: OptionalText = field(default_factory=list)
    text: Text = field(default_factory=list)
    tags: Text = field(default_factory=list)


@dataclass(slots=True)
class PriceColumns:
    """Known prices, by instrument."""

    id: list[int] = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    price: Text = field(default_factory=list)


@dataclass(slots=True)
class FundingColumns:
    """Funding payments; negative was paid."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    direction: OptionalText = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    amount: Text = field(default_factory=list)
    currency: Text = field(default_factory=list)


@dataclass(slots=True)
class OpeningColumns:
    """Balances from before the journal; quantity is signed."""

    id: list[int] = field(default_factory=list)
    account: Text = field(default_factory=list)
    symbol: Text = field(default_factory=list)
    direction: OptionalText = field(default_factory=list)
    at: Text = field(default_factory=list)
    at_precision: Text = field(default_factory=list)
    quantity: Text = field(default_factory=list)
    price: OptionalText = field(default_factory=list)


@dataclass(slots=True)
class WaiverColumns:
    """Justifications of violations."""

    id: list[int] = field(default_factory=list)
    violation: Text = field(default_factory=list)
    reason: Text = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """All tables of a journal, or of the part of it that a question needs.

    `instruments` holds every instrument any row names, declarations applied. `default_account`
    is the account of facts that name none; `head` the hash of the newest entry.
    """

    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    default_account: str = "main"
    head: str = ""
    accounts: AccountColumns = field(default_factory=AccountColumns)
    policies: PolicyColumns = field(default_factory=PolicyColumns)
    plans: PlanColumns = field(default_factory=PlanColumns)
    versions: VersionColumns = field(default_factory=VersionColumns)
    entry_tranches: EntryTrancheColumns = field(default_factory=EntryTrancheColumns)
    exit_tranches: ExitTrancheColumns = field(default_factory=ExitTrancheColumns)
    cancellations: CancellationColumns = field(default_factory=CancellationColumns)
    fills: FillColumns = field(default_factory=FillColumns)
    stops: StopColumns = field(default_factory=StopColumns)
    skips: SkipColumns = field(default_factory=SkipColumns)
    notes: NoteColumns = field(default_factory=NoteColumns)
    prices: PriceColumns = field(default_factory=PriceColumns)
    funding: FundingColumns = field(default_factory=FundingColumns)
    openings: OpeningColumns = field(default_factory=OpeningColumns)
    waivers: WaiverColumns = field(default_factory=WaiverColumns)
