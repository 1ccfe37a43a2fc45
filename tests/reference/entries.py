"""Entry fills to entry tranches (rule contract, section 2)."""

from __future__ import annotations

from fractions import Fraction

from journal.domain.plan import EntryTranche
from reference.exact import exceeds
from reference.ledger import Ledger, version_of
from reference.model import Part, Trade


def allocate_entry(ledger: Ledger, part: Part, *, opening_group: bool) -> None:
    """Give a fill's quantity to tranches; what no tranche takes is unplanned."""
    named = part.execution.fill.tranche
    tranches = dict(enumerate(version_of(part).terms.enters, start=1))
    if named is not None:
        chosen = [named]
    else:
        chosen = candidates(ledger, part, tranches)
        if not chosen and opening_group and not part.before_plan:
            chosen = nearest(part, standing(ledger, part, tranches))[:1]
    rest = part.quantity
    for number in chosen:
        taken = room(ledger, number, tranches[number], rest, part.price)
        if taken > 0:
            part.tranches.append((number, taken))
            ledger.used.setdefault(number, []).append((taken, part.price))
            rest -= taken
        if rest == 0:
            break
    part.unplanned = part.quantity if part.before_plan else rest


def standing(ledger: Ledger, part: Part, tranches: dict[int, EntryTranche]) -> dict[int, Fraction]:
    """Return the prices of the tranches that still wait: not filled, skipped or lapsed."""
    if ledger.has_lapsed(version_of(part).terms, part.at):
        return {}
    return {
        number: Fraction(tranche.price)
        for number, tranche in tranches.items()
        if tranche.price is not None
        and ledger.planned_units(tranche) is not None
        and not ledger.is_filled(number, tranche)
        and not ledger.is_skipped(number, part.seen)
    }


def candidates(ledger: Ledger, part: Part, tranches: dict[int, EntryTranche]) -> list[int]:
    """Return the waiting tranches this price is good enough for, nearest first."""
    sign, tolerances = ledger.trade.sign, ledger.tolerances
    near = {
        number: price
        for number, price in standing(ledger, part, tranches).items()
        if not exceeds(
            sign * (part.price - price), max(tolerances.match * abs(price), tolerances.tick)
        )
    }
    return nearest(part, near)


def nearest(part: Part, prices: dict[int, Fraction]) -> list[int]:
    """Order tranches by distance; of two as near, the one the market meets first."""
    sign = part.trade.sign
    return sorted(prices, key=lambda n: (abs(part.price - prices[n]), -sign * prices[n], n))


def room(
    ledger: Ledger, number: int, tranche: EntryTranche, quantity: Fraction, price: Fraction
) -> Fraction:
    """Return how much of a quantity a tranche takes: all within tolerance, else what is left."""
    left = 1 - ledger.used_share(number, tranche)
    share = ledger.share(tranche, quantity, price)
    if not exceeds(share, left + ledger.tolerances.quantity):
        return quantity
    return max(Fraction(0), quantity * left / share)


def classify_unplanned(trade: Trade) -> None:
    """Name the one reason why quantity was unplanned; a group is looked at as a whole."""
    for part in trade.entries:
        if part.unplanned == 0:
            continue
        if trade.plan is None:
            part.unplanned_class = "no plan"
        elif part.before_plan:
            part.unplanned_class = "before plan"
        elif any(
            fellow.tranches or fellow.execution.fill.tranche is not None
            for fellow in trade.entries
            if fellow.group == part.group
        ):
            part.unplanned_class = "excess"
        else:
            part.unplanned_class = "unmatched"
