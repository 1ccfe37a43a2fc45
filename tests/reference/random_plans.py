"""Random plans around a price, and prices around a random plan."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random

from journal.domain.instrument import Kind
from journal.domain.moment import Moment, Precision
from journal.domain.plan import Direction, EntryTranche, ExitTranche, PlanTerms, Size, SizeUnit

CENT = Decimal("0.01")


@dataclass
class Shape:
    """What the generator remembers of a plan."""

    name: str | None
    direction: Direction
    terms: PlanTerms
    until: datetime | None

    @property
    def tranches(self) -> int:
        """Return how many entry tranches there are."""
        return len(self.terms.enters)

    def near_price(self, random: Random, price: Decimal, *, entering: bool) -> Decimal:
        """Return a price at, about or within tolerance of something planned."""
        levels = [tranche.price for tranche in self.terms.enters]
        if not entering:
            levels = [exit_.target for exit_ in self.terms.exits]
            levels += [self.terms.invalidation, self.terms.stop]
        level = random.choice(levels) or price
        worse = Decimal(
            random.choice(["0", "0", "0.001", "0.002", "0.005", "0.01", "0.02", "-0.01"])
        )
        return (level * (1 + self.direction.sign * worse)).quantize(Decimal("0.0001"))

    def near_stop(self, random: Random, price: Decimal) -> Decimal:
        """Return a stop: at the first tranche, at the invalidation, or anywhere below the price."""
        first = self.terms.enters[0].price or price
        below = price * (1 - self.direction.sign * Decimal(random.randrange(1, 8)) / 100)
        options = [first, self.terms.invalidation or first, below.quantize(CENT)]
        options.append((first * (1 + self.direction.sign * Decimal("0.003"))).quantize(CENT))
        return random.choice(options)


def random_terms(
    random: Random,
    direction: Direction,
    kind: Kind,
    price: Decimal,
    name: str | None,
    until: datetime | None,
) -> tuple[Shape, PlanTerms]:
    """Return a plan: a ladder down from the price (up for a short), exits beyond it."""
    enters = random_ladder(random, direction, price, random.randrange(1, 5))
    exits = random_exits(random, direction, price)
    last = min(tranche.price or price for tranche in enters)
    if direction is Direction.SHORT:
        last = max(tranche.price or price for tranche in enters)
    invalidation = None
    if random.randrange(100) < 92:
        away = Decimal(random.choice(["0", "0.01", "0.03", "0.05"]))
        invalidation = (last * (1 - direction.sign * away)).quantize(CENT)
    derivative = kind is not Kind.SPOT
    terms = PlanTerms(
        enters=enters,
        exits=exits,
        invalidation=invalidation,
        stop=invalidation if random.randrange(100) < 40 else None,
        breakeven_after=1 if random.randrange(100) < 50 else None,
        enter_until_exit=1 if random.randrange(100) < 10 else None,
        leverage=Decimal(random.choice([5, 10, 15, 20])) if derivative else None,
        until=Moment(until, Precision.SECOND) if until else None,
    )
    return Shape(name, direction, terms, until), terms


def random_ladder(
    random: Random, direction: Direction, price: Decimal, count: int
) -> tuple[EntryTranche, ...]:
    """Return entry tranches in units or money, mostly each further away than the one before."""
    tranches, level = [], price
    for _ in range(count):
        unit = random.choice([SizeUnit.UNITS, SizeUnit.MONEY])
        amount = Decimal(random.choice([1, 2, 3, 5]))
        size = Size(unit, amount if unit is SizeUnit.UNITS else 100 * amount)
        tranches.append(EntryTranche(size, level.quantize(CENT)))
        gap = Decimal(random.choice([1, 2, 3, 5, -2])) / 100
        level *= 1 - direction.sign * gap
    return tuple(tranches)


def random_exits(random: Random, direction: Direction, price: Decimal) -> tuple[ExitTranche, ...]:
    """Return exits: shares, units or money at targets, then the rest at a target or on a trail."""
    exits, level = [], price
    for _ in range(random.randrange(0, 3)):
        level *= 1 + direction.sign * Decimal(random.choice([2, 4, 6])) / 100
        size = random.choice(
            [
                Size(SizeUnit.FRACTION, Decimal("0.5")),
                Size(SizeUnit.FRACTION, Decimal("0.25")),
                Size(SizeUnit.UNITS, Decimal(2)),
                Size(SizeUnit.MONEY, Decimal(200)),
            ]
        )
        exits.append(ExitTranche(size, target=level.quantize(CENT)))
    rest = Size(SizeUnit.REST)
    if exits and random.randrange(100) < 30:
        after = random.choice([None, 1])
        exits.append(ExitTranche(rest, trail=Decimal("0.03"), trail_after=after))
    else:
        level *= 1 + direction.sign * Decimal("0.05")
        exits.append(ExitTranche(rest, target=level.quantize(CENT)))
    return tuple(exits)


def amendment_of(random: Random, shape: Shape, price: Decimal) -> tuple[PlanTerms, frozenset[str]]:
    """Return a change to a plan, and remember it."""
    before = shape.terms
    change = random.choice(["enters", "invalidation", "stop", "maximum"])
    if change == "enters":
        count = len(before.enters) + random.choice([0, 1])
        more = random_ladder(random, shape.direction, price, count)[len(before.enters) :]
        first = before.enters[0]
        size = first.size
        if size is not None and size.amount is not None and random.randrange(100) < 50:
            size = Size(size.unit, size.amount * 2)
        enters = (EntryTranche(size, first.price), *before.enters[1:], *more)
        terms = PlanTerms(enters=enters)
    elif change == "maximum":
        terms = PlanTerms(maximum=Size(SizeUnit.MONEY, Decimal(random.randrange(1, 20) * 100)))
    else:
        level = price * (1 - shape.direction.sign * Decimal(random.randrange(1, 12)) / 100)
        level = level.quantize(CENT)
        is_stop = change == "stop"
        terms = PlanTerms(stop=level) if is_stop else PlanTerms(invalidation=level)
    shape.terms = replace(before, **{change: getattr(terms, change)})
    return terms, frozenset({change})
