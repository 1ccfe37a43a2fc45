"""Planned and filled risk, break-even, liquidation: what a plan stands to lose."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from journal.domain.instrument import Instrument, Kind
from journal.domain.plan import Direction, Margin, PlanTerms, SizeUnit
from reference.exact import average, exceeds, optional, profit, quantity_of_money, value
from reference.model import Part, Trade


@dataclass(frozen=True)
class Costs:
    """The rates a risk figure assumes."""

    taker: Fraction | None
    slippage: Fraction
    minimum_fee: Fraction = Fraction(0)


Lots = list[tuple[Fraction, Fraction]]


def ladder(instrument: Instrument, terms: PlanTerms) -> Lots | None:
    """Return planned (quantity, price) of all entry tranches, None if any is incomplete."""
    lots = []
    for tranche in terms.enters:
        if tranche.size is None or tranche.size.amount is None or tranche.price is None:
            return None
        amount, price = Fraction(tranche.size.amount), Fraction(tranche.price)
        if tranche.size.unit is SizeUnit.MONEY:
            amount = quantity_of_money(instrument, amount, price)
        lots.append((amount, price))
    return lots or None


def planned_risk(
    instrument: Instrument, direction: Direction, terms: PlanTerms, costs: Costs
) -> Fraction | None:
    """Return the money lost if the whole ladder fills and the invalidation trades."""
    lots, invalidation = ladder(instrument, terms), optional(terms.invalidation)
    if lots is None or invalidation is None:
        return None
    taker = costs.taker
    fees = Fraction(0)
    if taker is not None:
        fees = sum(
            (max(value(instrument, q, price) * taker, costs.minimum_fee) for q, price in lots),
            Fraction(0),
        )
    return _at_invalidation(instrument, direction, lots, invalidation, costs) + fees


def filled_risk(
    instrument: Instrument, trade: Trade, invalidation: Fraction, costs: Costs
) -> Fraction | None:
    """Return the same for what was really bought, with the fees really paid."""
    paid = Fraction(0)
    for part in trade.entries:
        if part.fee is None:
            return None
        paid += part.fee
    lots = [(part.quantity, part.price) for part in trade.entries]
    return _at_invalidation(instrument, trade.direction, lots, invalidation, costs) + paid


def _at_invalidation(
    instrument: Instrument, direction: Direction, lots: Lots, invalidation: Fraction, costs: Costs
) -> Fraction:
    """Return the loss of all lots at the invalidation plus the costs of leaving there."""
    loss = sum(
        (
            max(Fraction(0), -profit(instrument, direction.sign, q, price, invalidation))
            for q, price in lots
        ),
        Fraction(0),
    )
    if costs.taker is None:
        return loss
    out = sum((value(instrument, q, invalidation) for q, _ in lots), Fraction(0))
    return loss + max(out * costs.taker, costs.minimum_fee) + out * costs.slippage


def break_even(trade: Trade, held_until: Part, taker: Fraction | None) -> Fraction | None:
    """Return the price at which what is held after a fill comes out even, fees of both sides in."""
    if held_until.average_after is None or taker is None:
        return None
    parts = trade.parts[: trade.parts.index(held_until) + 1]
    entries = [part for part in parts if part.is_entry]
    rate = taker
    if entries and all(part.fee is not None for part in entries):
        worth = sum(
            (value(trade.instrument, part.quantity, part.price) for part in entries), Fraction(0)
        )
        rate = sum((part.fee or Fraction(0) for part in entries), Fraction(0)) / worth
    return break_even_price(
        trade.instrument.kind, trade.sign, held_until.average_after, rate, taker
    )


def break_even_price(
    kind: Kind, sign: int, entry: Fraction, entry_rate: Fraction, taker: Fraction
) -> Fraction:
    """Return average x (1 + s x entry rate) / (1 - s x taker); inverse contracts turn it over."""
    if kind is Kind.INVERSE:
        return entry * (1 + sign * taker) / (1 - sign * entry_rate)
    return entry * (1 + sign * entry_rate) / (1 - sign * taker)


@dataclass(frozen=True)
class Run:
    """Some tranches in a row, filled, and what lies beyond them."""

    tranches: tuple[int, ...]
    average: Fraction
    liquidation: Fraction
    next_level: Fraction | None
    broken: bool


def liquidation_price(
    sign: int, entry: Fraction, terms: PlanTerms, maintenance: Fraction
) -> Fraction:
    """Return the venue's figure, or the stated approximation for isolated margin."""
    if terms.liquidation is not None:
        return Fraction(terms.liquidation)
    assert terms.leverage is not None
    return entry * (1 - sign * (1 / Fraction(terms.leverage) - maintenance))


def is_undecidable(instrument: Instrument, terms: PlanTerms) -> bool:
    """Whether the approximation does not hold: cross margin or inverse, without a figure."""
    if terms.liquidation is not None:
        return False
    return terms.margin is Margin.CROSS or instrument.kind is Kind.INVERSE


def runs(
    instrument: Instrument,
    direction: Direction,
    terms: PlanTerms,
    maintenance: Fraction,
    waiting: dict[int, tuple[Fraction, Fraction]],
    held: tuple[Fraction, Fraction] | None = None,
) -> list[Run]:
    """Return every run of waiting tranches around what is held, or around the first-listed one.

    `waiting` is number -> (quantity, price); what is really held stands in as number 0.
    """
    sign = direction.sign
    lots = dict(waiting) if held is None else {0: held, **waiting}
    if not lots:
        return []
    # From the best price to the worst, so that the next adverse level comes next.
    ordered = sorted(lots, key=lambda number: (-sign * lots[number][1], number))
    pivot = ordered.index(min(lots))
    found = []
    for start in range(pivot + 1):
        for end in range(pivot + 1, len(ordered) + 1):
            numbers = ordered[start:end]
            entry = average(instrument, [lots[number] for number in numbers])
            assert entry is not None
            price = liquidation_price(sign, entry, terms, maintenance)
            level = optional(terms.invalidation)
            if end < len(ordered):
                level = lots[ordered[end]][1]
            broken = level is not None and not exceeds(sign * level, sign * price)
            found.append(Run(tuple(sorted(numbers)), entry, price, level, broken))
    return found
