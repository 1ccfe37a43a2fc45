"""One pass over the fills of a trade: entries use tranches, exits use exits."""

from __future__ import annotations

from reference.entries import allocate_entry, classify_unplanned
from reference.exits import allocate_exit, classify_rest
from reference.ledger import Ledger, Tolerances
from reference.model import Part, Trade
from reference.stops import stops_of
from reference.timeline import Timeline


def allocate(timeline: Timeline, trade: Trade) -> Ledger:
    """Allocate a whole trade and return what it used of its plan."""
    ledger = Ledger(trade, Tolerances.of(timeline, trade), entered=trade.carried)
    stops = stops_of(timeline, trade)
    for part in trade.parts:
        if part.is_entry:
            ledger.entered += part.quantity
        if trade.plan is None:
            leave_unplanned(part)
        elif part.is_entry:
            opening = first_of_group(part).position_before == 0
            allocate_entry(ledger, part, opening_group=opening)
        elif part.before_plan:
            part.exits.append((None, part.quantity, "before plan"))
        elif trade.opening_unknown:
            part.exits.append((None, part.quantity, "unknown"))
        else:
            allocate_exit(ledger, part, timeline, stops)
    classify_unplanned(trade)
    classify_rest(trade)
    return ledger


def leave_unplanned(part: Part) -> None:
    """Without a plan nothing is planned."""
    if part.is_entry:
        part.unplanned = part.quantity
    else:
        part.exits.append((None, part.quantity, "no plan"))


def first_of_group(part: Part) -> Part:
    """Return the fill that "before" is measured at: the first of the order group."""
    return next(fellow for fellow in part.trade.parts if fellow.group == part.group)
