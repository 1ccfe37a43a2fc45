"""Plans: a ladder of entry tranches, exits, a maximum, and the price that ends the idea."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.domain.money import canonical, require_decimal

HUNDRED_PERCENT = Decimal(1)


class Direction(StrEnum):
    """The side of a trade or a plan."""

    LONG = "long"
    SHORT = "short"

    @property
    def sign(self) -> int:
        """Return +1 for long and -1 for short, the `s` of every formula."""
        return 1 if self is Direction.LONG else -1


class Margin(StrEnum):
    """What stands behind a leveraged position."""

    ISOLATED = "isolated"
    CROSS = "cross"


class SizeUnit(StrEnum):
    """The unit a size was written in."""

    UNITS = "units"
    MONEY = "money"
    FRACTION = "fraction"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Size:
    """How much: units (base units or contracts), quote money, a fraction (0..1), or the rest."""

    unit: SizeUnit
    amount: Decimal | None = None

    def __post_init__(self) -> None:
        if self.unit is SizeUnit.REST:
            if self.amount is not None:
                msg = "the rest has no amount"
                raise ValueError(msg)
            return
        require_decimal(self.amount, "a size")
        if self.amount is not None and self.amount <= 0:
            raise InputError(f"a size must be above zero, not {canonical(self.amount)}")


@dataclass(frozen=True, slots=True)
class EntryTranche:
    """One planned slice to buy (long) or sell (short); a missing part makes the plan incomplete."""

    size: Size | None
    price: Decimal | None

    def __post_init__(self) -> None:
        if self.size is None and self.price is None:
            raise InputError(
                "an entry tranche needs a size or a price", hint="e.g. `enter 3 @ 100`"
            )
        if self.size is not None and self.size.unit not in (SizeUnit.UNITS, SizeUnit.MONEY):
            raise InputError(
                "an entry tranche is given in units or in money",
                hint="e.g. `enter 3 @ 100` or `enter 300 USDT @ 96`",
            )


@dataclass(frozen=True, slots=True)
class ExitTranche:
    """One planned way out: a size at a target price, or a trailing stop.

    `trail` is the fraction (0..1) given back from the best price; `trail_after` the number of
    the exit that activates it.
    """

    size: Size
    target: Decimal | None = None
    trail: Decimal | None = None
    trail_after: int | None = None

    def __post_init__(self) -> None:
        if self.target is None and self.trail is None:
            raise InputError(
                "an exit needs a target or a trail",
                hint="e.g. `exit 50% @ 110`, `exit rest @ 120` or `trail 3%`",
            )
        if self.target is not None and self.trail is not None:
            raise InputError("an exit has a target or a trail, not both")
        if self.trail is not None and not 0 < self.trail < 1:
            raise InputError("a trail must be between 0% and 100%")
        if self.trail is not None and self.size.unit is SizeUnit.MONEY:
            raise InputError("a trail is given for the rest, a percentage or units, not for money")


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Everything a plan version says, or what an amendment changes; None is "not said"."""

    thesis: str | None = None
    enters: tuple[EntryTranche, ...] = ()
    exits: tuple[ExitTranche, ...] = ()
    maximum: Size | None = None
    invalidation: Decimal | None = None
    stop: Decimal | None = None
    breakeven_after: int | None = None
    enter_until_exit: int | None = None
    leverage: Decimal | None = None
    margin: Margin | None = None
    liquidation: Decimal | None = None
    until: Moment | None = None

    def __post_init__(self) -> None:
        for name in ("invalidation", "stop", "leverage", "liquidation"):
            value = getattr(self, name)
            if value is not None:
                require_decimal(value, name)
        if self.leverage is not None and self.leverage <= 0:
            raise InputError("leverage must be above zero")
        fractions = [
            exit_.size.amount
            for exit_ in self.exits
            if exit_.size.unit is SizeUnit.FRACTION and exit_.size.amount is not None
        ]
        total = sum(fractions, Decimal(0))
        if total > HUNDRED_PERCENT:
            raise InputError(
                f"the exits add up to {canonical(total * 100)}%",
                hint="the percentages of all exits together are at most 100%",
            )
        for number, exit_ in enumerate(self.exits, start=1):
            if exit_.trail_after is not None and not 1 <= exit_.trail_after < number:
                raise InputError(
                    f"exit {number} trails after exit {exit_.trail_after}, which is not before it",
                    hint="name an exit that stands above the trail",
                )
        for name in ("breakeven_after", "enter_until_exit"):
            after = getattr(self, name)
            if after is not None and after < 1:
                raise InputError("exits are numbered from 1", hint="name one of the plan's exits")

    def check_complete(self) -> None:
        """Refuse a line that names an exit the plan lacks; an amendment alone cannot know."""
        for label, after in (
            ("breakeven after", self.breakeven_after),
            ("enter until", self.enter_until_exit),
        ):
            if after is not None and after > max(1, len(self.exits)):
                raise InputError(
                    f"`{label} exit {after}` names an exit the plan does not have",
                    hint=f"the plan has {len(self.exits)}; name one of them or add the exit",
                )
