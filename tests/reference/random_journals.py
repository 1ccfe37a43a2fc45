"""Random journals: every kind of fill and plan, in an order the journal would accept.

One generator serves hypothesis, which shrinks what it draws, and bulk runs with a plain seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from journal.domain.event import (
    AccountEntry,
    Amendment,
    Body,
    Cancellation,
    Event,
    Funding,
    InstrumentEntry,
    KnownPrice,
    Opening,
    PlanEntry,
    PlanName,
    Skip,
    StopEvent,
)
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.moment import Moment, Precision
from journal.domain.plan import Direction
from reference.random_plans import Shape, amendment_of, random_terms

UNIT = 10**20  # quantities are counted in units of the twentieth decimal
START = datetime(2026, 1, 5, tzinfo=UTC)
COIN, SWAP, INVERSE = "BTC-USDT", "BTC-USDT-SWAP", "BTC-USD-SWAP"


def decimal_of(units: int) -> Decimal:
    """Return an exact decimal of a count of units."""
    return Decimal(f"{units // UNIT}.{units % UNIT:020d}")


@dataclass
class Lane:
    """One account, instrument and position side, as far as the generator has to know it."""

    account: str
    symbol: str
    kind: Kind
    side: Direction | None
    lot: int = 0
    held: int = 0  # signed
    plans: dict[Direction, Shape] = field(default_factory=dict)
    frozen: bool = False  # a plan recorded later: nothing more may be said of plans here

    @property
    def direction(self) -> Direction | None:
        """Return the side of what is held."""
        if self.held == 0:
            return None
        return Direction.LONG if self.held > 0 else Direction.SHORT

    @property
    def one_sided(self) -> bool:
        """Return whether one direction only can be held."""
        return self.kind is Kind.SPOT or self.side is not None

    @property
    def allowed(self) -> tuple[Direction, ...]:
        """Return the directions a trade can have here."""
        if self.kind is Kind.SPOT:
            return (Direction.LONG,)
        return (self.side,) if self.side else tuple(Direction)


class Writer:
    """Writes a journal event by event; the clock only moves forward."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.clock = START
        self.events: list[Event] = []
        self.lanes: list[Lane] = []
        self.price = Decimal(100)

    def add(
        self, body: Body, account: str | None = None, *, minute: bool = False, lag: int = 0
    ) -> None:
        """Write one event at the clock's time."""
        precision = Precision.MINUTE if minute else Precision.SECOND
        recorded = Moment.of(self.clock + timedelta(seconds=lag)) if lag else None
        self.events.append(Event(Moment(self.clock, precision), body, account, recorded))

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.clock += timedelta(seconds=seconds)

    def chance(self, percent: int) -> bool:
        """Return True in so many cases of a hundred."""
        return self.random.randrange(100) < percent


def journal(random: Random) -> list[Event]:
    """Return a random journal of some five to forty fills."""
    writer = Writer(random)
    head(writer)
    for _ in range(random.randrange(8, 60)):
        act(writer, random.choice(writer.lanes))
    return writer.events


def journals() -> st.SearchStrategy[list[Event]]:
    """Return the hypothesis strategy."""
    return st.randoms(use_true_random=False).map(journal)


def bulk(count: int, seed: int) -> Iterator[list[Event]]:
    """Return many journals, the same ones for the same seed."""
    for number in range(count):
        yield journal(Random(f"{seed}:{number}"))  # noqa: S311 - test data, not secrets


def head(writer: Writer) -> None:
    """Write accounts and instruments, prices of the fee coin, sometimes a position from before."""
    random, accounts = writer.random, ["main", "alt"][: writer.random.randrange(1, 3)]
    for name in accounts:
        taker = Decimal("0.001") if writer.chance(90) else None
        writer.add(AccountEntry(name, "USDT", Decimal(10000), taker=taker))
    multiplier = random.choice([Decimal(1), Decimal("0.01")])
    tick = random.choice([None, Decimal("0.01"), Decimal("0.5")])
    swap = InstrumentTerms(multiplier=multiplier, tick=tick, maintenance_margin=Decimal("0.005"))
    writer.add(InstrumentEntry(SWAP, swap))
    inverse = InstrumentTerms(kind=Kind.INVERSE, multiplier=Decimal(100))
    writer.add(InstrumentEntry(INVERSE, inverse))
    lot = random.choice([None, None, Decimal("0.001")])
    if lot is not None:
        writer.add(InstrumentEntry(COIN, InstrumentTerms(lot=lot)))
    for name in accounts:
        writer.lanes.append(Lane(name, COIN, Kind.SPOT, None, UNIT // 1000 if lot else 0))
        if writer.chance(30):
            writer.lanes += [Lane(name, SWAP, Kind.LINEAR, side) for side in Direction]
        else:
            writer.lanes.append(Lane(name, SWAP, Kind.LINEAR, None))
        if writer.chance(20):
            writer.lanes.append(Lane(name, INVERSE, Kind.INVERSE, None))
    writer.wait(86400)
    writer.add(KnownPrice("BNB-USDT", Decimal(600)))
    if writer.chance(10):
        lane = random.choice(writer.lanes)
        sign = random.choice(lane.allowed).sign
        lane.held = sign * random.randrange(1, 5) * UNIT
        price = Decimal(95) if writer.chance(70) else None
        quantity = decimal_of(abs(lane.held)) * sign
        writer.add(Opening(lane.symbol, quantity, price, lane.side), lane.account)
        lane.frozen = True


def act(writer: Writer, lane: Lane) -> None:
    """Do one thing that makes sense here and now."""
    random = writer.random
    step = Decimal(random.randrange(-300, 301)) / 100
    writer.price = max(Decimal(20), writer.price + step)
    roll = random.randrange(100)
    if not (lane.held or lane.plans or lane.frozen) and writer.chance(50):
        speak(writer, lane)
    elif roll < 5:
        writer.wait(random.randrange(1, 4000))
        writer.add(KnownPrice(random.choice([lane.symbol, "BNB-USDT"]), writer.price))
    elif roll < 25 and not lane.frozen:
        speak(writer, lane)
    elif roll < 29 and lane.held and lane.kind is Kind.LINEAR:
        writer.wait(random.randrange(1, 4000))
        amount = Decimal(random.randrange(-200, 200)) / 100
        writer.add(Funding(lane.symbol, amount, "USDT", lane.side), lane.account)
        writer.wait(7)
    else:
        trade(writer, lane)


def speak(writer: Writer, lane: Lane) -> None:
    """Lock, change or cancel a plan, skip a tranche, or move a stop."""
    random = writer.random
    expire(writer, lane)
    direction = lane.direction or random.choice(lane.allowed)
    shape = lane.plans.get(direction)
    if shape is None:
        lock(writer, lane, direction)
        return
    writer.wait(random.randrange(1, 2000))
    name = PlanName(shape.name) if shape.name else PlanName(lane.symbol, direction)
    roll = random.randrange(100)
    if lane.held and roll < 40:
        level = shape.near_stop(random, writer.price) if writer.chance(85) else None
        writer.add(StopEvent(PlanName(lane.symbol, direction), level), lane.account)
    elif roll < 60:
        writer.add(Skip(name, random.randrange(1, shape.tranches + 1)), lane.account)
    elif roll < 80:
        terms, named = amendment_of(random, shape, writer.price)
        writer.add(Amendment(name, terms, named), lane.account)
    elif not lane.held:
        writer.add(Cancellation(name), lane.account)
        del lane.plans[direction]
    writer.wait(1)


def expire(writer: Writer, lane: Lane) -> None:
    """Forget the plans that ran out before a fill bound them."""
    for direction, shape in list(lane.plans.items()):
        if lane.direction is not direction and shape.until and shape.until < writer.clock:
            del lane.plans[direction]


def lock(writer: Writer, lane: Lane, direction: Direction) -> None:
    """Lock a plan, mostly before the trade, sometimes while it is open."""
    random = writer.random
    # Past every clock slack, so that it cannot bind to a trade that is over.
    writer.wait(random.randrange(1 if lane.held else 130, 4000))
    writer.wait(0 if lane.held else 130)
    number = sum(isinstance(event.body, PlanEntry) for event in writer.events) + 1
    name = f"P{number}" if writer.chance(20) else None
    until = None
    if writer.chance(10):
        until = writer.clock + timedelta(seconds=random.randrange(3000, 20000))
    shape, terms = random_terms(random, direction, lane.kind, writer.price, name, until)
    lag = random.randrange(60, 3000) if writer.chance(5) else 0
    writer.add(PlanEntry(lane.symbol, direction, terms, name), lane.account, lag=lag)
    lane.plans[direction] = shape
    lane.frozen = lane.frozen or lag > 0
    writer.wait(1)


def trade(writer: Writer, lane: Lane) -> None:
    """Write one fill, or an order printed in several."""
    random = writer.random
    order = f"o{len(writer.events)}" if writer.chance(30) else None
    opening = lane.held == 0 or writer.chance(45)
    direction = lane.direction or random.choice(lane.allowed)
    sign = direction.sign if opening else -direction.sign
    if lane.held == 0 and writer.chance(3) and lane.kind is Kind.SPOT:
        sign = -1
    minute = writer.chance(10)
    if not writer.chance(20):
        writer.wait(random.randrange(1, 20000))
    if minute:
        writer.wait(60 - writer.clock.second)
    closes = is_said_to_close(writer, lane, sign)
    for number in range(random.randrange(1, 4) if writer.chance(25) else 1):
        if number and order is not None:
            writer.wait(random.randrange(3))
        minute = minute and writer.clock.second == 0
        fill(writer, lane, sign, order, minute=minute, closes=closes)


def is_said_to_close(writer: Writer, lane: Lane, sign: int) -> bool:
    """Return whether the venue calls it a close: of what is held, of nothing, or against it."""
    if lane.held == 0:
        return not lane.one_sided and writer.chance(6)
    return writer.chance(20 if lane.held * sign < 0 else 2)


def fill(
    writer: Writer, lane: Lane, sign: int, order: str | None, *, minute: bool, closes: bool
) -> None:
    """Write one fill and keep count of the position."""
    expire(writer, lane)
    random, before = writer.random, lane.held
    entering = before * sign >= (1 if closes and not lane.one_sided else 0)
    direction = Direction.LONG if (sign > 0) == entering else Direction.SHORT
    shape = lane.plans.get(direction)
    grows = entering or not before
    size = random_size(writer, lane) if grows else leaving_size(writer, lane)
    price = writer.price
    if shape and not writer.chance(25):
        price = shape.near_price(random, writer.price, entering=entering)
    fee, kept = random_fee(writer, lane, size, sign)
    named = None
    if shape and entering and not lane.frozen and not shape.until and writer.chance(4):
        named = random.randrange(1, shape.tranches + 1)
    side = Side.BUY if sign > 0 else Side.SELL
    body = Fill(
        lane.symbol, side, decimal_of(size), price, fee,
        order_id=order, tranche=named, position_side=lane.side, closes=closes,
    )  # fmt: skip
    writer.add(body, lane.account, minute=minute)
    lane.held = settled(lane, before, before + sign * size - kept, closes=closes)
    if before and lane.direction is not (Direction.LONG if before > 0 else Direction.SHORT):
        lane.plans.pop(Direction.LONG if before > 0 else Direction.SHORT, None)


def settled(lane: Lane, before: int, after: int, *, closes: bool) -> int:
    """Return the position after a fill: dust is flat, closes and one-sided lanes never cross."""
    crossed = after * before < 0 or (before == 0 and after * lane.allowed[0].sign < 0)
    if (lane.one_sided and crossed) or abs(after) < lane.lot:
        return 0
    if closes and not lane.one_sided and after * before <= 0:
        return 0
    return after


def random_size(writer: Writer, lane: Lane) -> int:
    """Return a quantity to enter: round ones, and ones of twenty decimals."""
    random = writer.random
    if lane.kind is Kind.SPOT and writer.chance(40):
        return random.randrange(UNIT // 2, 8 * UNIT)
    if writer.chance(40):
        return 3 * UNIT
    return random.randrange(1, 700) * UNIT // 100


def leaving_size(writer: Writer, lane: Lane) -> int:
    """Return a quantity to leave: all, a part, or more than is held."""
    random, held = writer.random, abs(lane.held)
    roll = random.randrange(100)
    if roll < 40:
        return held
    if roll < 88 or (roll < 97 and (lane.kind is Kind.SPOT or lane.side)):
        # Dust of a few units is not what is looked for here.
        return max(held * random.choice([25, 30, 50, 75]) // 100, 1)
    return held + random.randrange(1, 400) * UNIT // 100


def random_fee(writer: Writer, lane: Lane, size: int, sign: int) -> tuple[Fee | None, int]:
    """Return a fee and what it takes out of the position."""
    roll = writer.random.randrange(100)
    if roll < 4:
        return None, 0
    if roll < 12:
        return Fee(Decimal("0.00012"), "BNB"), 0
    if roll < 16:
        return Fee(Decimal("-0.01"), "USDT"), 0
    if roll < 40 and lane.kind is Kind.SPOT and sign > 0:
        kept = size // 1000
        return Fee(decimal_of(kept), "BTC"), kept
    if roll < 45 and lane.kind is Kind.LINEAR:
        return Fee(Decimal("0.001"), "BTC"), 0
    money = "BTC" if lane.kind is Kind.INVERSE else "USDT"
    return Fee(Decimal(writer.random.randrange(0, 300)) / 1000, money), 0
