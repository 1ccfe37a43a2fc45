"""What unplanned units cost, each unit charged to one rule only (contract, section 2, "Cost")."""

from __future__ import annotations

from fractions import Fraction

from reference.exact import average, exceeds, profit
from reference.model import Part, Trade
from reference.results import total


def entry_cost(part: Part, quantity: Fraction) -> Fraction | None:
    """Return what a quantity of an entry lost against the exits after it, fees included."""
    trade = part.trade
    if quantity == 0:
        return Fraction(0)
    if trade.closed is None:
        return None
    later = [other for other in trade.exits if trade.parts.index(other) > trade.parts.index(part)]
    sold = sum((other.quantity for other in later), Fraction(0))
    price = average(trade.instrument, [(other.quantity, other.price) for other in later])
    fees = total([other.fee for other in later])
    if price is None or fees is None or part.fee is None:
        return None
    held = quantity * part.held / part.quantity
    lost = -profit(trade.instrument, trade.sign, held, part.price, price)
    return lost + part.fee * quantity / part.quantity + fees / sold * held


def is_add(part: Part) -> bool:
    """Whether something was held before the fill's order group."""
    return first_of_group(part).position_before != 0


def is_losing_add(part: Part) -> bool:
    """Whether the group's first price is worse for the trade than the average before it."""
    first = first_of_group(part)
    assert first.average_before is not None
    return exceeds(part.trade.sign * first.average_before, part.trade.sign * first.price)


def first_of_group(part: Part) -> Part:
    """Return the first fill of the order group."""
    return next(fellow for fellow in part.trade.parts if fellow.group == part.group)


def sold_before(part: Part) -> Fraction:
    """Return what the trade had sold before the fill's order group."""
    first = part.trade.parts.index(first_of_group(part))
    return sum((p.quantity for p in part.trade.parts[:first] if not p.is_entry), Fraction(0))


def bought_back(trade: Trade) -> dict[tuple[int, int], Fraction]:
    """Return the units EXIT401 owns, by part: unplanned, and not more than had been sold."""
    owned: dict[tuple[int, int], Fraction] = {}
    for part in trade.entries:
        room = sold_before(part) - sum(owned.values(), Fraction(0))
        if part.unplanned > 0 and sold_before(part) > 0:
            owned[part.key] = max(Fraction(0), min(part.unplanned, room))
    return owned


def averaged_in(trade: Trade) -> dict[tuple[int, int], Fraction]:
    """Return the units SCALE301 and SCALE302 own: unplanned adds, less what EXIT401 owns."""
    chased = bought_back(trade)
    return {
        part.key: part.unplanned - chased.get(part.key, Fraction(0))
        for part in trade.entries
        if is_add(part) and part.unplanned > 0 and part.unplanned_class != "excess"
    }


def no_plan_cost(trade: Trade) -> Fraction | None:
    """Return the entry cost of every unit that no rule above PLAN101 owns."""
    chased, averaged = bought_back(trade), averaged_in(trade)
    amounts: list[Fraction | None] = []
    for part in trade.entries:
        owned = chased.get(part.key, Fraction(0)) + averaged.get(part.key, Fraction(0))
        amounts.append(entry_cost(part, part.quantity - owned))
    return total(amounts)
