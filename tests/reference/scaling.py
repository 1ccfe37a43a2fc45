"""What scaling was worth, told fill by fill in exact fractions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby, pairwise

from journal.domain.instrument import Kind
from journal.domain.plan import PlanTerms, SizeUnit
from reference.exact import average, multiplier, optional, profit, quantity_of_money, value
from reference.model import Part, Trade, Version
from reference.results import costs_assumed, frozen_risk, opening_seen
from reference.risk import Costs, ladder
from reference.timeline import Timeline

ZERO = Fraction(0)
Known = Fraction | None


@dataclass(frozen=True)
class Taken:
    """A piece of a fill that went to a tranche."""

    tranche: int
    part: Part
    quantity: Fraction

    @property
    def held(self) -> Fraction:
        """Return what was left of it after a base-coin fee."""
        return self.quantity * self.part.held / self.part.quantity

    @property
    def fee(self) -> Known:
        """Return its share of the fill's fee."""
        if self.part.fee is None:
            return None
        return self.part.fee * self.quantity / self.part.quantity


def frozen_version(trade: Trade) -> Version | None:
    """Return the version whose risk is frozen where a ladder was planned before the first fill."""
    if trade.plan is None or trade.is_late or trade.closed is None or trade.opening_unknown:
        return None
    version = trade.plan.in_force(opening_seen(trade)) or trade.plan.versions[0]
    return version if len(version.terms.enters) > 1 else None


def pieces(trade: Trade, version: Version) -> list[Taken]:
    """Return everything that went to a tranche of the frozen ladder."""
    count = len(version.terms.enters)
    return [
        Taken(number, part, quantity)
        for part in trade.entries
        for number, quantity in part.tranches
        if number <= count
    ]


def round_trip(trade: Trade, taken: list[Taken], exits: list[Part]) -> Known:
    """Return what pieces made against the average of some exits, with all fees."""
    fees = [exit_.fee for exit_ in exits] + [piece.fee for piece in taken]
    if any(fee is None for fee in fees):
        return None
    sold = sum((exit_.held for exit_ in exits), ZERO)
    made = ZERO
    for piece in taken:
        for exit_ in exits:
            share = piece.held * exit_.held / sold
            made += profit(trade.instrument, trade.sign, share, piece.part.price, exit_.price)
            made -= (exit_.fee or ZERO) * piece.held / sold
        made -= piece.fee or ZERO
    return made


def all_in_quantity(timeline: Timeline, trade: Trade, version: Version) -> Known:
    """Return the quantity at tranche 1 that risks what the whole ladder does."""
    lots, out = ladder(trade.instrument, version.terms), optional(version.terms.invalidation)
    target = frozen_risk(timeline, trade)
    if lots is None or out is None or target is None:
        return None
    entry = lots[0][1]
    if trade.sign * (entry - out) <= 0:
        return None
    costs = costs_assumed(timeline, trade)
    # Between the quantities where a minimum fee stops to bind the risk is a straight line.
    knees = sorted({ZERO, *_knees(trade, costs, entry, out)})
    for low, high in pairwise([*knees, knees[-1] + 1]):
        at_low, at_high = (_risk(trade, costs, entry, out, q) for q in (low, high))
        if target <= at_high or high > knees[-1]:
            found = low + (target - at_low) * (high - low) / (at_high - at_low)
            return found if found > 0 else None
    raise AssertionError


def _knees(trade: Trade, costs: Costs, entry: Fraction, out: Fraction) -> Iterator[Fraction]:
    if costs.taker:
        for price in (entry, out):
            yield costs.minimum_fee / (value(trade.instrument, Fraction(1), price) * costs.taker)


def _risk(
    trade: Trade, costs: Costs, entry: Fraction, out: Fraction, quantity: Fraction
) -> Fraction:
    lost = -profit(trade.instrument, trade.sign, quantity, entry, out)
    if costs.taker is None:
        return lost
    into, left = (value(trade.instrument, quantity, price) for price in (entry, out))
    fees = max(into * costs.taker, costs.minimum_fee) + max(left * costs.taker, costs.minimum_fee)
    return lost + fees + left * costs.slippage


def scale_in_value(timeline: Timeline, trade: Trade) -> tuple[bool, Known]:
    """Return whether the question applies to a trade, and what scaling in was worth."""
    version = frozen_version(trade)
    if version is None:
        return False, None
    taken = pieces(trade, version)
    first = [piece for piece in taken if piece.tranche == 1]
    if not first:
        return False, None
    quantity = all_in_quantity(timeline, trade, version)
    scaled, once = (round_trip(trade, some, trade.exits) for some in (taken, first))
    if quantity is None or scaled is None or once is None:
        return True, None
    return True, scaled - once * quantity / sum((piece.quantity for piece in first), ZERO)


def scale_out_values(trade: Trade) -> tuple[Known, Known] | None:
    """Return the value against all at the first and at the last exit; None does not apply."""
    groups = [list(parts) for _, parts in groupby(trade.exits, key=lambda part: part.group)]
    if len(groups) < 2 or trade.closed is None or trade.opening_unknown:
        return None
    if any(part.fee is None for part in trade.exits):
        return None, None
    sold = sum((part.held for part in trade.exits), ZERO)
    actual = proceeds(trade, trade.exits)
    start = trade.parts.index(groups[0][0])
    kept, late = ZERO, ZERO
    for place, part in enumerate(trade.parts):
        if part.is_entry and place > start:
            after = [exit_ for exit_ in trade.parts[place:] if not exit_.is_entry]
            kept += part.held * a_unit(trade, after)
            late += part.held
    at_first = (sold - late) * a_unit(trade, groups[0]) + kept
    return actual - at_first, actual - sold * a_unit(trade, groups[-1])


def proceeds(trade: Trade, exits: list[Part]) -> Fraction:
    """Return what exits brought net of fees: money for a long, minus money for a short."""
    total = ZERO
    for part in exits:
        size = trade.sign * part.held * multiplier(trade.instrument)
        inverse = trade.instrument.kind is Kind.INVERSE
        total += (-size / part.price if inverse else size * part.price) - (part.fee or ZERO)
    return total


def a_unit(trade: Trade, exits: list[Part]) -> Fraction:
    """Return what one unit brought in these exits."""
    return proceeds(trade, exits) / sum((part.held for part in exits), ZERO)


def tranche_results(trade: Trade) -> dict[int, Known]:
    """Return what each filled tranche made against the exits after each of its fills."""
    version = frozen_version(trade)
    found: dict[int, Known] = {}
    for piece in [] if version is None else pieces(trade, version):
        later = trade.parts[trade.parts.index(piece.part) :]
        made = round_trip(trade, [piece], [part for part in later if not part.is_entry])
        before = found.get(piece.tranche, ZERO)
        found[piece.tranche] = None if made is None or before is None else before + made
    return found


def gap_rows(trade: Trade) -> list[tuple[int, int, Fraction, Fraction, Fraction]]:
    """Return (tranche, the one before, planned and actual gap as fractions, minutes) in order."""
    version = frozen_version(trade)
    if version is None:
        return []
    taken = pieces(trade, version)
    began: dict[int, Part] = {}
    for piece in taken:
        began.setdefault(piece.tranche, piece.part)
    order = sorted(began, key=lambda number: (began[number].at, number))
    rows = []
    for before, number in pairwise(order):
        plan = [planned_price(version.terms, tranche) for tranche in (before, number)]
        real = [bought_at(trade, taken, tranche) for tranche in (before, number)]
        seconds = (began[number].at - began[before].at).total_seconds()
        gaps = [trade.sign * (was - now) / was for was, now in (plan, real)]
        rows.append((number, before, gaps[0], gaps[1], Fraction(seconds) / 60))
    return rows


def planned_price(terms: PlanTerms, number: int) -> Fraction:
    """Return the price of a tranche that filled, which has one."""
    return Fraction(terms.enters[number - 1].price or 0)


def bought_at(trade: Trade, taken: list[Taken], number: int) -> Fraction:
    """Return the average fill price of a tranche."""
    lots = [(piece.quantity, piece.part.price) for piece in taken if piece.tranche == number]
    return average(trade.instrument, lots) or ZERO


def size_fractions(trade: Trade) -> dict[int, Fraction]:
    """Return filled / planned of each tranche, in the unit it was written in."""
    version = frozen_version(trade)
    sizes: dict[int, Fraction] = {}
    for piece in [] if version is None else pieces(trade, version):
        assert version is not None
        size = version.terms.enters[piece.tranche - 1].size
        assert size is not None
        unit = Fraction(1)
        if size.unit is SizeUnit.MONEY:
            unit = quantity_of_money(trade.instrument, Fraction(1), piece.part.price)
        share = piece.quantity / unit / Fraction(size.amount or 0)
        sizes[piece.tranche] = sizes.get(piece.tranche, ZERO) + share
    return sizes


def shrinks(trade: Trade) -> bool:
    """Whether each buy came closer to the last than the one before and than planned."""
    version = frozen_version(trade)
    if version is None:
        return False
    buys = [[part] for part in trade.entries[:1]]
    for part in trade.entries[1:]:
        last = buys[-1][-1]
        numbers = [each.tranches[0][0] if each.tranches else 0 for each in (last, part)]
        if part.group == last.group or (numbers[0] == numbers[1] != 0):
            buys[-1].append(part)
        else:
            buys.append([part])
    prices = [
        sum((part.quantity * part.price for part in buy), ZERO)
        / sum((part.quantity for part in buy), ZERO)
        for buy in buys
    ]
    planned = [planned_price(version.terms, n) for n in range(1, len(version.terms.enters) + 1)]
    ladder_gaps = [abs(now - was) / was for was, now in pairwise(planned)]
    gaps = [abs(now - was) / was for was, now in pairwise(prices)]
    limits = [ladder_gaps[min(n, len(ladder_gaps) - 1)] for n in range(len(gaps))]
    return (
        len(gaps) > 1
        and all(gap < limit for gap, limit in zip(gaps, limits, strict=True))
        and all(now < was for was, now in pairwise(gaps))
    )
