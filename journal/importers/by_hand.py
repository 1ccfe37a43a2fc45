"""Fills logged by hand that come again in the venue's file: the same ones, and doubtful ones.

A fill typed live has no id that the file could know it by. One with the same quantity and price
at nearly the same time is the same fill, and stays as it was logged. Where only the day and the
size agree, or several rows make up what was logged as one, both are kept and the user is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Context, Decimal, localcontext
from itertools import groupby
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from journal.domain.event import Event
from journal.domain.fill import Fill
from journal.domain.moment import Moment, Precision
from journal.domain.money import EXACT, canonical
from journal.importers.dedup import Comparison

# How far what one remembers may lie from the venue's clock.
APART = timedelta(minutes=5)
PRICE_AGREES = Decimal("0.002")

_DAY = timedelta(days=1)

# The time zone of an account: dates without a time are days of it.
ZoneOf = Callable[[str], ZoneInfo]


@dataclass(frozen=True, slots=True)
class HandLogged:
    """A fill of the journal that came from no file, and its number."""

    number: int
    event: Event
    fill: Fill

    def __str__(self) -> str:
        return f"the fill F{self.number} logged by hand"


@dataclass(frozen=True, slots=True)
class _Printed:
    """What the file has for one fill: a row, or the consecutive rows of one order.

    `places` are where the rows stand among the new ones, `lines` the first and last line;
    `event` is the first row's, `fill` what they are together.
    """

    places: tuple[int, ...]
    lines: tuple[int, int]
    event: Event
    fill: Fill

    def __str__(self) -> str:
        first, last = sorted(self.lines)
        return f"line {first}" if first == last else f"lines {first} to {last} together"


def hand_logged(numbered: Iterable[tuple[int, Event]]) -> list[HandLogged]:
    """Return the fills among the journal's events that came from no file and have no id."""
    return [
        HandLogged(number, event, event.body)
        for number, event in numbered
        if isinstance(event.body, Fill)
        and event.body.source is None
        and event.body.venue_id is None
    ]


def without_by_hand(
    comparison: Comparison, logged: Sequence[HandLogged], zone_of: ZoneOf
) -> Comparison:
    """Return the comparison with the new rows that were logged by hand counted as known."""
    if not logged:
        return comparison
    printed = [
        _Printed((place,), (row.number, row.number), row.event, row.event.body)
        for place, row in enumerate(comparison.new)
        if isinstance(row.event.body, Fill)
    ]
    same = list(_paired(_same(printed, logged, zone_of)))
    gone = {place for one, _ in same for place in one.places}
    found = {hand.number for _, hand in same}
    left = [one for one in printed if one.places[0] not in gone]
    hands = [hand for hand in logged if hand.number not in found]
    doubtful = list(_paired(_alike([*left, *_orders(left)], hands, zone_of)))
    return replace(
        comparison,
        new=[row for place, row in enumerate(comparison.new) if place not in gone],
        known=comparison.known + len(same),
        by_hand=[_same_text(one, hand) for one, hand in _in_order(same)],
        doubts=[_doubt_text(one, hand) for one, hand in _in_order(doubtful)],
    )


class _Pair(NamedTuple):
    """A possible answer; sorts by how near the times are, then the earliest first."""

    apart: timedelta
    printed_at: Moment
    place: int
    logged_at: Moment
    number: int
    printed: _Printed
    hand: HandLogged


def _pair(printed: _Printed, hand: HandLogged) -> _Pair:
    at, logged_at = printed.event.at, hand.event.at
    # A bare date says less than any time of that day.
    apart = _DAY if Precision.DAY in (at.precision, logged_at.precision) else _apart(at, logged_at)
    return _Pair(apart, at, printed.places[0], logged_at, hand.number, printed, hand)


def _apart(one: Moment, other: Moment) -> timedelta:
    return abs(one.at - other.at)


def _paired(pairs: Iterator[_Pair]) -> Iterator[tuple[_Printed, HandLogged]]:
    """Choose one to one, the nearest first."""
    places: set[int] = set()
    numbers: set[int] = set()
    for pair in sorted(pairs, key=lambda pair: pair[:5]):
        if pair.number not in numbers and places.isdisjoint(pair.printed.places):
            numbers.add(pair.number)
            places.update(pair.printed.places)
            yield pair.printed, pair.hand


def _same(
    printed: Sequence[_Printed], logged: Sequence[HandLogged], zone_of: ZoneOf
) -> Iterator[_Pair]:
    """Return what agrees in everything a trader would type, at nearly the same time."""
    shelf = _by(logged, lambda hand: (*_place(hand.event, hand.fill), hand.fill.price))
    for one in printed:
        for hand in shelf[*_place(one.event, one.fill), one.fill.price]:
            if hand.fill.position_side is one.fill.position_side and _at_once(one, hand, zone_of):
                yield _pair(one, hand)


def _at_once(one: _Printed, hand: HandLogged, zone_of: ZoneOf) -> bool:
    at, logged_at = one.event.at, hand.event.at
    if Precision.DAY in (at.precision, logged_at.precision):
        return _same_day(one, hand, zone_of)
    return _apart(at, logged_at) <= APART


def _alike(
    printed: Sequence[_Printed], logged: Sequence[HandLogged], zone_of: ZoneOf
) -> Iterator[_Pair]:
    """Return what agrees in its day and quantity and nearly in its price."""
    shelf = _by(logged, lambda hand: _place(hand.event, hand.fill))
    for one in printed:
        for hand in shelf[_place(one.event, one.fill)]:
            difference = abs(one.fill.price - hand.fill.price)
            near = difference <= PRICE_AGREES * abs(hand.fill.price)
            if near and _same_day(one, hand, zone_of):
                yield _pair(one, hand)


def _same_day(one: _Printed, hand: HandLogged, zone_of: ZoneOf) -> bool:
    zone = zone_of(hand.event.account or "")
    return _day(one.event.at, zone) == _day(hand.event.at, zone)


def _day(at: Moment, zone: ZoneInfo) -> date:
    return at.at.date() if at.precision is Precision.DAY else at.at.astimezone(zone).date()


def _place(event: Event, fill: Fill) -> tuple[Hashable, ...]:
    return event.account, fill.symbol, fill.side, fill.quantity


T = TypeVar("T")


def _by(values: Sequence[T], key: Callable[[T], Hashable]) -> defaultdict[Hashable, list[T]]:
    found: defaultdict[Hashable, list[T]] = defaultdict(list)
    for value in values:
        found[key(value)].append(value)
    return found


def _orders(printed: Sequence[_Printed]) -> Iterator[_Printed]:
    """Return the consecutive rows of one order, or else of one instant, as one fill each."""
    for _, group in groupby(printed, _order):
        fills = list(group)
        if len(fills) > 1:
            whole = _whole([one.fill for one in fills])
            lines = (fills[0].lines[0], fills[-1].lines[0])
            places = tuple(place for one in fills for place in one.places)
            yield _Printed(places, lines, fills[0].event, whole)


def _whole(fills: list[Fill]) -> Fill:
    with localcontext(EXACT):
        quantity = sum((fill.quantity for fill in fills), Decimal(0))
        paid = sum((fill.quantity * fill.price for fill in fills), Decimal(0))
    # Only compared to a fraction of a percent.
    return replace(fills[0], quantity=quantity, price=Context().divide(paid, quantity))


def _order(one: _Printed) -> Hashable:
    fill, event = one.fill, one.event
    order = (fill.order_id,) if fill.order_id is not None else (None, event.at)
    return event.account, fill.symbol, fill.side, order


def _in_order(found: list[tuple[_Printed, HandLogged]]) -> list[tuple[_Printed, HandLogged]]:
    return sorted(found, key=lambda pair: (min(pair[0].lines), pair[1].number))


def _same_text(one: _Printed, hand: HandLogged) -> str:
    fee = one.fill.fee
    if hand.fill.fee is None and fee is not None:
        charged = f"{canonical(fee.amount)} {fee.currency}"
        return f"{one} is {hand} without its fee, which is {charged} here"
    return f"{one} is {hand}"


def _doubt_text(one: _Printed, hand: HandLogged) -> str:
    return f"{one} may be {hand} at {hand.event.at}: both are kept; undo one if they are the same"
