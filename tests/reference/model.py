"""What the reference engine finds out, as plain records of exact fractions."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction

from journal.domain.fill import Fill
from journal.domain.instrument import Instrument
from journal.domain.plan import Direction, PlanTerms


@dataclass(eq=False)
class Execution:
    """A fill with everything its journal says about it."""

    number: int  # of the fill in the text, from 1
    order: int  # of the event in the text
    at: datetime
    slack: timedelta
    account: str
    instrument: Instrument
    fill: Fill


@dataclass(eq=False)
class Version:
    """One version of a plan and the time it counts from."""

    number: int
    terms: PlanTerms
    at: datetime
    effective: datetime
    plan: Plan


@dataclass(eq=False)
class SkipLine:
    """A tranche given up in writing."""

    number: int  # of the skip in the text, from 1
    tranche: int
    effective: datetime


@dataclass(eq=False)
class Plan:
    """A plan with its versions, skips and end."""

    number: int  # of the plan in the text, from 1
    account: str
    instrument: Instrument
    direction: Direction
    name: str | None
    versions: list[Version] = field(default_factory=list)
    skips: list[SkipLine] = field(default_factory=list)
    cancelled: datetime | None = None
    trade: Trade | None = None

    def in_force(self, at: datetime) -> Version | None:
        """Return the last version that counts at an instant."""
        known = [version for version in self.versions if version.effective <= at]
        return max(known, key=lambda v: (v.effective, v.number)) if known else None


@dataclass(eq=False)
class StopLine:
    """A stop logged; price None means removed. `late` means recorded too late to be evidence."""

    at: datetime
    order: int
    account: str
    symbol: str
    direction: Direction
    price: Fraction | None
    late: bool = False


@dataclass(eq=False)
class Part:
    """A fill, or one half of a fill that goes through zero."""

    execution: Execution
    part: int
    trade: Trade
    is_entry: bool
    quantity: Fraction  # as executed
    held: Fraction  # what entered or left the position, after a base-coin fee
    fee: Fraction | None  # in the settlement currency
    position_before: Fraction
    average_before: Fraction | None
    position_after: Fraction = Fraction(0)
    average_after: Fraction | None = None
    realised_gross: Fraction | None = None
    realised_net: Fraction | None = None
    group: int = 0
    version: Version | None = None
    before_plan: bool = False
    tranches: list[tuple[int, Fraction]] = field(default_factory=list)
    unplanned: Fraction = Fraction(0)
    unplanned_class: str | None = None
    exits: list[tuple[int | None, Fraction, str]] = field(default_factory=list)

    @property
    def price(self) -> Fraction:
        """Return the price printed by the venue."""
        return Fraction(self.execution.fill.price)

    @property
    def at(self) -> datetime:
        """Return the venue's time."""
        return self.execution.at

    @property
    def seen(self) -> datetime:
        """Return the latest time that still counts as "at the fill": clocks differ."""
        return self.at + self.execution.slack

    @property
    def key(self) -> tuple[int, int]:
        """Return what names the part: the fill's number in the text and the half."""
        return self.execution.number, self.part


@dataclass(eq=False)
class Trade:
    """From flat to flat on one account, instrument and direction."""

    account: str
    instrument: Instrument
    direction: Direction
    opened: datetime
    closed: datetime | None = None
    parts: list[Part] = field(default_factory=list)
    carried: Fraction = Fraction(0)  # quantity from before the journal
    carried_price: Fraction | None = None
    opening_unknown: bool = False
    plan: Plan | None = None
    is_late: bool = False
    dust: Fraction = Fraction(0)
    funding: Fraction | None = Fraction(0)

    @property
    def sign(self) -> int:
        """Return the `s` of the formulas."""
        return self.direction.sign

    @property
    def entries(self) -> list[Part]:
        """Return the parts that opened or added."""
        return [part for part in self.parts if part.is_entry]

    @property
    def exits(self) -> list[Part]:
        """Return the parts that reduced."""
        return [part for part in self.parts if not part.is_entry]
