"""What a trade has used of its plan so far, and the tolerances it is measured with."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction

from journal.domain.plan import EntryTranche, ExitTranche, PlanTerms, SizeUnit
from reference.exact import exceeds, money_of_quantity, optional, quantity_of_money
from reference.model import Part, Trade, Version
from reference.timeline import Timeline


@dataclass(frozen=True)
class Tolerances:
    """The policy of a trade, fixed when it opened."""

    price: Fraction
    match: Fraction
    quantity: Fraction
    tick: Fraction

    @classmethod
    def of(cls, timeline: Timeline, trade: Trade) -> Tolerances:
        """Return the tolerances in force at the opening."""

        def setting(key: str) -> Fraction:
            return timeline.setting(key, trade.account, opening_seen(trade)) or Fraction(0)

        tick = optional(trade.instrument.tick) or Fraction(0)
        return cls(
            setting("price_tolerance"), setting("match_tolerance"),
            setting("quantity_tolerance"), tick,
        )  # fmt: skip

    def at(self, price: Fraction) -> Fraction:
        """Return the price tolerance at a reference price."""
        return max(self.price * abs(price), self.tick)


def opening_seen(trade: Trade) -> datetime:
    """Return the opening time, clock slack included."""
    return trade.parts[0].seen if trade.parts else trade.opened


@dataclass
class Ledger:
    """Used entry tranches and exits of one trade, in the order they were used."""

    trade: Trade
    tolerances: Tolerances
    entered: Fraction = Fraction(0)
    used: dict[int, list[tuple[Fraction, Fraction]]] = field(default_factory=dict)
    taken: dict[int, Fraction] = field(default_factory=dict)
    activated: dict[int, Part] = field(default_factory=dict)  # exit -> first fill that took there

    def planned_units(self, tranche: EntryTranche) -> Fraction | None:
        """Return the planned quantity of an entry tranche, None if it is incomplete."""
        if tranche.size is None or tranche.price is None or tranche.size.amount is None:
            return None
        amount = Fraction(tranche.size.amount)
        if tranche.size.unit is SizeUnit.UNITS:
            return amount
        return quantity_of_money(self.trade.instrument, amount, Fraction(tranche.price))

    def share(self, tranche: EntryTranche, quantity: Fraction, price: Fraction) -> Fraction:
        """Return which part of a tranche a quantity takes up, by its units or its money."""
        assert tranche.size is not None
        assert tranche.size.amount is not None
        assert tranche.price is not None
        amount = Fraction(tranche.size.amount)
        if tranche.size.unit is SizeUnit.UNITS:
            return quantity / amount
        lenient = min(price, Fraction(tranche.price))
        return money_of_quantity(self.trade.instrument, quantity, lenient) / amount

    def used_share(self, number: int, tranche: EntryTranche) -> Fraction:
        """Return how much of a tranche is used, by the terms of this version."""
        rows = self.used.get(number, [])
        return sum((self.share(tranche, quantity, price) for quantity, price in rows), Fraction(0))

    def is_filled(self, number: int, tranche: EntryTranche) -> bool:
        """Whether the units or the money of a tranche are within tolerance of full."""
        planned = self.planned_units(tranche)
        if planned is None:
            return False
        assert tranche.size is not None
        enough = 1 - self.tolerances.quantity
        rows = self.used.get(number, [])
        units = sum((quantity for quantity, _ in rows), Fraction(0)) / planned
        if not exceeds(enough, units):
            return True
        if tranche.size.unit is SizeUnit.UNITS or tranche.size.amount is None:
            return False
        money = sum(
            (money_of_quantity(self.trade.instrument, q, price) for q, price in rows), Fraction(0)
        )
        return not exceeds(enough, money / Fraction(tranche.size.amount))

    def is_skipped(self, number: int, at: datetime) -> bool:
        """Whether a tranche was given up in writing by an instant."""
        plan = self.trade.plan
        assert plan is not None
        return any(skip.tranche == number and skip.effective <= at for skip in plan.skips)

    def has_lapsed(self, terms: PlanTerms, at: datetime) -> bool:
        """Whether the entry tranches no longer stand."""
        if terms.until is not None and at > terms.until.at:
            return True
        return terms.enter_until_exit is not None and terms.enter_until_exit in self.activated

    def exit_capacity(self, number: int, exit_: ExitTranche, held: Fraction) -> Fraction:
        """Return the whole quantity an exit tranche stands for, now."""
        taken = self.taken.get(number, Fraction(0))
        amount = Fraction(exit_.size.amount or 0)
        if exit_.size.unit is SizeUnit.REST:
            return held + taken
        if exit_.size.unit is SizeUnit.FRACTION:
            return amount * self.entered
        if exit_.size.unit is SizeUnit.MONEY:
            assert exit_.target is not None
            return quantity_of_money(self.trade.instrument, amount, Fraction(exit_.target))
        return amount

    def take(self, number: int, quantity: Fraction, part: Part) -> None:
        """Book a quantity on an exit tranche."""
        self.taken[number] = self.taken.get(number, Fraction(0)) + quantity
        self.activated.setdefault(number, part)


def version_of(part: Part) -> Version:
    """Return the version a planned fill is judged by."""
    assert part.version is not None
    return part.version
