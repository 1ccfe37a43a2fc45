"""Every rule on random journals: mirrored, a week later, and with all money eightfold."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from journal_text import AS_OF, book_of
from reference.engine import reckon
from reference.random_journals import COIN, SWAP, bulk

from journal.book.judging import Judgement, judge
from journal.book.keys import subject_key, trade_key
from journal.book.verdicts import VERDICTS, Subject
from journal.domain.event import (
    AccountEntry,
    Amendment,
    Event,
    Funding,
    InstrumentEntry,
    KnownPrice,
    Opening,
    PlanEntry,
    PlanName,
    PolicyEntry,
    StopEvent,
)
from journal.domain.fill import Fee, Fill, Side
from journal.domain.notation import format_events
from journal.domain.plan import Direction, ExitTranche, PlanTerms, Size, SizeUnit
from journal.rules import RULES

Price = Callable[[Decimal], Decimal]
Verdicts = dict[tuple[str, str, str], str]

# Percentages of a price do not mirror; fixed money does.
EXACT = PolicyEntry(dict.fromkeys(("price_tolerance", "match_tolerance", "slippage", "taker"), "0"))
OTHER_SIDE = {Direction.LONG: Direction.SHORT, Direction.SHORT: Direction.LONG, None: None}
OTHER_WAY = {Side.BUY: Side.SELL, Side.SELL: Side.BUY}
BETWEEN = (Decimal(5), Decimal(195))


def verdicts(judgement: Judgement) -> Verdicts:
    """Return what every rule says of every subject but account-days, which are named by dates."""
    return {
        (judged.rule.code, judged.verdicts.subject, subject_key(judgement.book, subject, row)):
        VERDICTS[verdict]
        for judged in judgement.judged
        if (subject := judged.verdicts.subject) is not Subject.DAY
        for row, verdict in enumerate(judged.verdicts.verdict)
    }  # fmt: skip


def days(judgement: Judgement) -> list[str]:
    return [
        VERDICTS[verdict]
        for judged in judgement.judged
        if judged.verdicts.subject is Subject.DAY
        for verdict in judged.verdicts.verdict
    ]


def judged(events: list[Event], later: timedelta = timedelta(0)) -> Judgement:
    text = format_events(events, reckon(events).timeline.instruments)
    return judge(book_of(text, AS_OF + later), RULES)


def of_symbols(events: Iterable[Event], symbols: set[str]) -> Iterator[Event]:
    """Yield what is said of some instruments, and the accounts."""
    plans: dict[str, str] = {}
    for event in events:
        body = event.body
        if isinstance(body, PlanEntry) and body.name:
            plans[body.name] = body.symbol
        symbol = getattr(body, "symbol", None)
        if isinstance(name := getattr(body, "plan", None), PlanName):
            symbol = plans.get(name.name, name.name)
        if isinstance(body, AccountEntry) or symbol in symbols:
            yield event


def with_price(body: Any, price: Price) -> Any:  # noqa: ANN401 - one body of many
    """Return what an event says with every price in it changed."""

    def changed(value: Any) -> Any:  # noqa: ANN401 - a price, or None
        return None if value is None else price(value)

    match body:
        case PlanEntry() | Amendment():
            return replace(body, terms=terms_with(body.terms, changed))
        case Fill() | StopEvent() | Opening():
            return replace(body, price=changed(body.price))
        case KnownPrice():
            return replace(body, price=price(body.price))
        case _:
            return body


def terms_with(terms: PlanTerms, changed: Callable[[Decimal | None], Decimal | None]) -> PlanTerms:
    return replace(
        terms,
        enters=tuple(replace(each, price=changed(each.price)) for each in terms.enters),
        exits=tuple(
            each if each.target is None else replace(each, target=changed(each.target))
            for each in terms.exits
        ),
        invalidation=changed(terms.invalidation),
        stop=changed(terms.stop),
    )


def mirrors(event: Event) -> Event:
    """Return an event in words that have a mirror image: units, targets, no leverage, no fees."""
    body: Any = event.body
    match body:
        case AccountEntry():
            body = replace(body, taker=Decimal(0))
        case Fill(fee=Fee()):
            body = replace(body, fee=Fee(Decimal(0), "USDT"))
        case PlanEntry():
            far = Decimal(190 if body.direction is Direction.LONG else 10)
            terms = in_units(body.terms, far)
            # Without a maximum the ladder's money would be one, which has no mirror image.
            terms = replace(terms, maximum=terms.maximum or Size(SizeUnit.UNITS, Decimal(9)))
            body = replace(body, terms=terms)
        case Amendment():
            body = replace(body, terms=in_units(body.terms, Decimal(100)))
        case _:
            pass
    return replace(event, body=body)


def in_units(terms: PlanTerms, far: Decimal) -> PlanTerms:
    def units(size: Size | None) -> Size | None:
        if size is None or size.unit is not SizeUnit.MONEY or size.amount is None:
            return size
        return Size(SizeUnit.UNITS, size.amount / 100)

    return replace(
        terms,
        enters=tuple(replace(each, size=units(each.size)) for each in terms.enters),
        exits=tuple(
            ExitTranche(units(each.size) or each.size, each.target or far) for each in terms.exits
        ),
        maximum=units(terms.maximum),
        leverage=None,
    )


def mirrored(event: Event) -> Event:
    """Return the same trading on the other side, at 200 - price."""
    body = with_price(event.body, lambda price: 200 - price)
    match body:
        case PlanEntry() | Funding():
            side: Any = OTHER_SIDE[body.direction]
            body = replace(body, direction=side)
        case Fill():
            side = OTHER_SIDE[body.position_side]
            body = replace(body, side=OTHER_WAY[body.side], position_side=side)
        case Opening():
            side = OTHER_SIDE[body.direction]
            body = replace(body, quantity=-body.quantity, direction=side)
        case _:
            pass
    if isinstance(name := getattr(body, "plan", None), PlanName):
        body = replace(body, plan=replace(name, direction=OTHER_SIDE[name.direction]))
    return replace(event, body=body)


def prices(events: Iterable[Event]) -> list[Decimal]:
    seen: list[Decimal] = []

    def noted(price: Decimal) -> Decimal:
        seen.append(price)
        return price

    for event in events:
        with_price(event.body, noted)
    return seen


def costs(judgement: Judgement) -> dict[str, float]:
    """Return what violations of trades cost, NaN where it is not known."""
    return {
        each.id: math.nan if each.cost is None else each.cost
        for each in judgement.violations()
        if each.trade is not None
    }


def same_costs(one: Judgement, other: Judgement, factor: float = 1.0) -> bool:
    expected = {key: cost * factor for key, cost in costs(one).items()}
    return bool(costs(other) == pytest.approx(expected, rel=1e-9, abs=1e-6, nan_ok=True))


def averages(judgement: Judgement) -> dict[str, float]:
    averages = judgement.book.trades.average_entry.tolist()
    return {trade_key(judgement.book, trade): each for trade, each in enumerate(averages)}


@pytest.mark.parametrize("seed", range(3))
def test_long_and_short_mirrored_are_judged_alike(seed: int) -> None:
    compared = 0
    for drawn in bulk(30, seed):
        straight = [mirrors(event) for event in of_symbols(drawn, {SWAP})]
        straight.insert(0, Event(straight[0].at, EXACT))
        if not all(BETWEEN[0] < price < BETWEEN[1] for price in prices(straight)):
            continue
        one, other = judged(straight), judged([mirrored(event) for event in straight])
        assert verdicts(other) == verdicts(one)
        assert days(other) == days(one)
        assert same_costs(one, other)
        mirror = {key: 200 - average for key, average in averages(one).items()}
        assert averages(other) == pytest.approx(mirror, rel=1e-9, nan_ok=True)
        compared += bool(costs(one))
    assert compared > 15


def eightfold(event: Event) -> Event:
    """Return the same trading where one unit of money is worth an eighth."""
    body = with_price(event.body, lambda price: price * 8)
    match body:
        case AccountEntry(equity=Decimal() as equity):
            body = replace(body, equity=equity * 8)
        case InstrumentEntry(terms=terms) if terms.tick is not None:
            body = replace(body, terms=replace(terms, tick=terms.tick * 8))
        case Fill(fee=Fee(amount, "USDT")):
            body = replace(body, fee=Fee(amount * 8, "USDT"))
        case Funding():
            body = replace(body, amount=body.amount * 8)
        case PlanEntry() | Amendment():
            body = replace(body, terms=richer(body.terms))
        case _:
            pass
    return replace(event, body=body)


def richer(terms: PlanTerms) -> PlanTerms:
    def more(size: Size | None) -> Size | None:
        if size is None or size.unit is not SizeUnit.MONEY or size.amount is None:
            return size
        return Size(SizeUnit.MONEY, size.amount * 8)

    return replace(
        terms,
        enters=tuple(replace(each, size=more(each.size)) for each in terms.enters),
        exits=tuple(replace(each, size=more(each.size) or each.size) for each in terms.exits),
        maximum=more(terms.maximum),
    )


@pytest.mark.parametrize("seed", range(10, 13))
def test_the_unit_of_money_does_not_matter(seed: int) -> None:
    for drawn in bulk(25, seed):
        events = list(of_symbols(drawn, {COIN, SWAP, "BNB-USDT"}))
        one, other = judged(events), judged([eightfold(event) for event in events])
        assert verdicts(other) == verdicts(one)
        assert days(other) == days(one)
        assert same_costs(one, other, 8.0)


@pytest.mark.parametrize("seed", range(20, 23))
def test_a_week_later_everything_is_judged_alike(seed: int) -> None:
    week = timedelta(days=7)
    for events in bulk(25, seed):
        later = [shifted(event, week) for event in events]
        one, other = judged(events), judged(later, week)
        assert verdicts(other) == verdicts(one)
        assert days(other) == days(one)
        assert same_costs(one, other)


def shifted(event: Event, by: timedelta) -> Event:
    body = event.body
    if isinstance(body, PlanEntry) and body.terms.until is not None:
        until = replace(body.terms.until, at=body.terms.until.at + by)
        body = replace(body, terms=replace(body.terms, until=until))
    recorded = event.recorded and replace(event.recorded, at=event.recorded.at + by)
    return replace(event, at=replace(event.at, at=event.at.at + by), recorded=recorded, body=body)
