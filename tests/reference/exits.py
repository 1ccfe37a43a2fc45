"""Exit fills to exit tranches, and why the rest of an exit was made (contract, section 2)."""

from __future__ import annotations

from fractions import Fraction

from journal.domain.plan import ExitTranche
from reference.exact import exceeds
from reference.ledger import Ledger, version_of
from reference.model import Part, StopLine, Trade
from reference.stops import in_force
from reference.timeline import Timeline

UNDECIDED = "excess or early"


def allocate_exit(ledger: Ledger, part: Part, timeline: Timeline, stops: list[StopLine]) -> None:
    """Give a fill's quantity to reached targets, then name the reason for the remainder."""
    rest = part.quantity
    exits = dict(enumerate(version_of(part).terms.exits, start=1))
    for number in reached(ledger, part, exits):
        taken = room(ledger, number, exits[number], part, rest)
        if taken > 0:
            part.exits.append((number, taken, "target"))
            ledger.take(number, taken, part)
            rest -= taken
        if rest == 0:
            return
    if is_protective(ledger, part, stops):
        part.exits.append((None, rest, "protective"))
        return
    trail = next_open(ledger, part, exits)
    level = None if trail is None else trail_level(ledger, part, timeline, exits[trail])
    if level is None:
        part.exits.append((None, rest, UNDECIDED))
    elif exceeds(part.trade.sign * part.price, part.trade.sign * level):
        part.exits.append((None, rest, "unknown"))
    else:
        part.exits.append((trail, rest, "trail"))
        ledger.take(trail or 0, rest, part)


def reached(ledger: Ledger, part: Part, exits: dict[int, ExitTranche]) -> list[int]:
    """Return the unfilled targets this price is good enough for, nearest to the entry first."""
    sign, entry = part.trade.sign, part.average_before or Fraction(0)
    found = []
    for number, exit_ in exits.items():
        if exit_.target is None or is_filled(ledger, number, exit_, part):
            continue
        target = Fraction(exit_.target)
        if not exceeds(sign * (target - part.price), ledger.tolerances.at(target)):
            found.append((abs(target - entry), number))
    return [number for _, number in sorted(found)]


def is_filled(ledger: Ledger, number: int, exit_: ExitTranche, part: Part) -> bool:
    """Whether an exit has had its quantity, within tolerance."""
    if exit_.size.amount is None:
        return False  # the rest is filled only when nothing is held
    capacity = ledger.exit_capacity(number, exit_, abs(part.position_before))
    enough = capacity * (1 - ledger.tolerances.quantity)
    return not exceeds(enough, ledger.taken.get(number, Fraction(0)))


def room(
    ledger: Ledger, number: int, exit_: ExitTranche, part: Part, quantity: Fraction
) -> Fraction:
    """Return how much an exit takes: all within tolerance, else what is left of it."""
    if exit_.size.amount is None:
        return quantity
    capacity = ledger.exit_capacity(number, exit_, abs(part.position_before))
    left = capacity - ledger.taken.get(number, Fraction(0))
    if not exceeds(quantity / capacity, left / capacity + ledger.tolerances.quantity):
        return quantity
    return max(Fraction(0), min(left, quantity))


def is_protective(ledger: Ledger, part: Part, stops: list[StopLine]) -> bool:
    """Whether the exit was made at the invalidation or the stop, or by the venue."""
    if part.execution.fill.is_liquidation:
        return True
    levels = []
    invalidation = version_of(part).terms.invalidation
    if invalidation is not None:
        levels.append(Fraction(invalidation))
    stop = in_force(stops, part.seen)
    if stop is not None and stop.price is not None:
        levels.append(stop.price)
    return any(
        not exceeds(part.trade.sign * (part.price - level), ledger.tolerances.at(level))
        for level in levels
    )


def next_open(ledger: Ledger, part: Part, exits: dict[int, ExitTranche]) -> int | None:
    """Return the next exit that waits, if it is a trail."""
    for number, exit_ in exits.items():
        if not is_filled(ledger, number, exit_, part):
            return number if exit_.trail is not None else None
    return None


def trail_level(
    ledger: Ledger, part: Part, timeline: Timeline, exit_: ExitTranche
) -> Fraction | None:
    """Return the price a trailing stop stands at, None while it is not active."""
    after = exit_.trail_after
    start = ledger.activated.get(after) if after else part.trade.parts[0]
    if start is None or exit_.trail is None:
        return None
    known = [
        price
        for at, instrument, price in timeline.prices
        if instrument.symbol == part.trade.instrument.symbol and start.at <= at <= part.at
    ]
    if part.trade.sign > 0:
        return max(known) * (1 - Fraction(exit_.trail))
    return min(known) * (1 + Fraction(exit_.trail))


def classify_rest(trade: Trade) -> None:
    """Tell excess from early: excess if any fill of the group took quantity at a target."""
    for part in trade.exits:
        at_target = any(
            kind == "target"
            for fellow in trade.exits
            if fellow.group == part.group
            for _, _, kind in fellow.exits
        )
        reason = "excess" if at_target else "early"
        part.exits = [
            (number, quantity, reason if kind == UNDECIDED else kind)
            for number, quantity, kind in part.exits
        ]
