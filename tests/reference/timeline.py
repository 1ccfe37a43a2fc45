"""The events of a journal sorted out: whose they are, what they name, when they count from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from journal.domain.event import (
    AccountEntry,
    Amendment,
    Cancellation,
    Event,
    FactKind,
    Funding,
    InstrumentEntry,
    KnownPrice,
    Opening,
    PlanEntry,
    PlanName,
    PolicyEntry,
    Skip,
    StopEvent,
    Void,
)
from journal.domain.fill import Fill
from journal.domain.instrument import Instrument, Kind, infer
from journal.domain.moment import Moment, Precision
from journal.domain.policy import SETTING_BY_KEY
from reference.model import Execution, Plan, SkipLine, StopLine, Version

WIDTH = {Precision.DAY: timedelta(days=1), Precision.MINUTE: timedelta(minutes=1)}
SECOND = timedelta(seconds=1)
DAY = timedelta(hours=24)


@dataclass(eq=False)
class Carried:
    """An opening: a position from before the journal."""

    at: datetime
    account: str
    instrument: Instrument
    opening: Opening


@dataclass(eq=False)
class Paid:
    """A funding payment."""

    at: datetime
    account: str
    funding: Funding


class Timeline:
    """Everything the text says, addressed and dated."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = unvoided(list(events))
        names = [event.body.name for event in self.events if isinstance(event.body, AccountEntry)]
        self.default_account = names[0] if names else "main"
        self.executions: list[Execution] = []
        self.openings: list[Carried] = []
        self.funding: list[Paid] = []
        self.plans: list[Plan] = []
        self.stops: list[StopLine] = []
        self.prices: list[tuple[datetime, Instrument, Fraction]] = []
        self.instruments: dict[str, Instrument] = {}
        self._numbers: dict[FactKind, int] = defaultdict(int)
        for event in self.events:
            if isinstance(event.body, InstrumentEntry):
                self._declare(event, event.body)
        for order, event in enumerate(self.events):
            self._numbers[event.kind] += 1
            self._take(event, order)

    def account_of(self, event: Event) -> str:
        """Return the account an event belongs to."""
        return event.account or self.default_account

    def instant(self, moment: Moment, account: str) -> datetime:
        """Return when a moment is; a date is midnight where the account lives."""
        if moment.precision is not Precision.DAY:
            return moment.at
        zone = self._said(account, "timezone", None)
        return moment.at.replace(tzinfo=ZoneInfo(str(zone or "UTC"))).astimezone(moment.at.tzinfo)

    def effective(self, event: Event) -> datetime:
        """Return the later of the claimed and, where there is one, the recorded time."""
        at = self.instant(event.at, self.account_of(event))
        return max(at, event.recorded.at) if event.recorded else at

    def journal_start(self, account: str) -> datetime | None:
        """Return midnight of the account entry's date; None if the account was never entered."""
        for event in self.events:
            if isinstance(event.body, AccountEntry) and event.body.name == account:
                zone = ZoneInfo(str(self._said(account, "timezone", None) or "UTC"))
                local = self.instant(event.at, account).astimezone(zone)
                return local.replace(hour=0, minute=0, second=0, microsecond=0)
        return None

    def setting(self, key: str, account: str, at: datetime) -> Fraction | None:
        """Return a threshold in force at an instant."""
        text = SETTING_BY_KEY[key].default
        counted = [
            event
            for event in self.events
            if isinstance(event.body, PolicyEntry)
            and event.account in (None, account)
            and self.effective(event) <= at
        ]
        for event in sorted(counted, key=self.effective):
            text = event.body.settings.get(key, text)  # type: ignore[union-attr] # filtered above
        if text is None and key in ("taker", "maker"):
            rate = self._said(account, key, at)
            text = None if rate is None else str(rate)
        return None if text is None else Fraction(text)

    def rate(self, coin: str, money: str, at: datetime, seen: datetime) -> Fraction | None:
        """Return the newest spot price of a coin known at an instant, a day old at most."""
        newest: tuple[datetime, Fraction] | None = None
        for when, instrument, price in self.prices:
            if instrument.kind is not Kind.SPOT or not at - DAY <= when <= seen:
                continue
            if (instrument.base, instrument.quote) == (coin, money):
                found = price
            elif (instrument.base, instrument.quote) == (money, coin):
                found = 1 / price
            else:
                continue
            if newest is None or when >= newest[0]:
                newest = (when, found)
        return newest[1] if newest else None

    def instrument(self, symbol: str, account: str) -> Instrument:
        """Return what is known of a symbol."""
        if symbol not in self.instruments:
            currency = self._said(account, "currency", None)
            self.instruments[symbol] = infer(symbol, str(currency) if currency else None)
        return self.instruments[symbol]

    def _said(self, account: str, name: str, at: datetime | None) -> object:
        """Return what the account last stated, up to an instant if one is given."""
        said = None
        for event in self.events:
            if isinstance(event.body, AccountEntry) and event.body.name == account:
                if at is not None and self.effective(event) > at:
                    continue
                stated = getattr(event.body, name)
                said = said if stated is None else stated
        return said

    def _declare(self, event: Event, body: InstrumentEntry) -> None:
        currency = self._said(self.account_of(event), "currency", None)
        known = self.instruments.get(body.symbol)
        text = str(currency) if currency else None
        self.instruments[body.symbol] = body.terms.applied(body.symbol, known, text)

    def _take(self, event: Event, order: int) -> None:
        account = self.account_of(event)
        at = self.instant(event.at, account)
        number = self._numbers[event.kind]
        match event.body:
            case Fill() as fill:
                self._take_fill(event, fill, number, order)
            case KnownPrice(symbol, price):
                self.prices.append((at, self.instrument(symbol, account), Fraction(price)))
            case Opening() as opening:
                instrument = self.instrument(opening.symbol, account)
                self.openings.append(Carried(at, account, instrument, opening))
            case Funding() as funding:
                self.funding.append(Paid(at, account, funding))
            case PlanEntry() as entry:
                instrument = self.instrument(entry.symbol, account)
                plan = Plan(number, account, instrument, entry.direction, entry.name)
                version = Version(1, entry.terms, at, self.effective(event), plan)
                plan.versions.append(version)
                self.plans.append(plan)
            case Amendment() as amendment:
                self._amend(event, amendment)
            case Cancellation(name):
                self._plan_named(name, account).cancelled = self.effective(event)
            case Skip(name, tranche):
                skip = SkipLine(number, tranche, self.effective(event))
                self._plan_named(name, account).skips.append(skip)
            case StopEvent(name, price):
                self._take_stop(event, name, None if price is None else Fraction(price), order)
            case _:
                pass

    def _take_fill(self, event: Event, fill: Fill, number: int, order: int) -> None:
        account = self.account_of(event)
        at = self.instant(event.at, account)
        instrument = self.instrument(fill.symbol, account)
        tolerance = self.setting("clock_tolerance", account, at) or Fraction(0)
        slack = max(timedelta(seconds=float(tolerance)), WIDTH.get(event.at.precision, SECOND))
        self.executions.append(Execution(number, order, at, slack, account, instrument, fill))
        self.prices.append((at, instrument, Fraction(fill.price)))

    def _amend(self, event: Event, amendment: Amendment) -> None:
        plan = self._plan_named(amendment.plan, self.account_of(event))
        before = plan.versions[-1]
        changed = {name: getattr(amendment.terms, name) for name in amendment.named}
        terms = replace(before.terms, **changed)
        at = self.instant(event.at, plan.account)
        plan.versions.append(Version(before.number + 1, terms, at, self.effective(event), plan))

    def _take_stop(self, event: Event, name: PlanName, price: Fraction | None, order: int) -> None:
        account = self.account_of(event)
        at = self.instant(event.at, account)
        delay = self.setting("log_delay", account, at) or Fraction(0)
        late = bool(event.recorded and event.recorded.at - at > timedelta(hours=float(delay)))
        if any(plan.name == name.name for plan in self.plans):
            plan = self._plan_named(name, account)
            symbol, direction = plan.instrument.symbol, plan.direction
        else:
            symbol = name.name
            direction = name.direction or self._plan_named(name, account).direction
        self.stops.append(StopLine(at, order, account, symbol, direction, price, late))

    def _plan_named(self, name: PlanName, account: str) -> Plan:
        """Return the plan so called, else the newest one of that symbol not yet cancelled."""
        for plan in self.plans:
            if plan.name is not None and plan.name == name.name:
                return plan
        for plan in reversed(self.plans):
            if (
                plan.account == account
                and plan.instrument.symbol == name.name
                and plan.cancelled is None
                and name.direction in (None, plan.direction)
            ):
                return plan
        msg = f"no plan is called {name}"
        raise LookupError(msg)


def unvoided(events: list[Event]) -> list[Event]:
    """Return the events that were not taken back; `void fill 3` means the third fill."""
    voided = {
        (event.body.kind, event.body.number) for event in events if isinstance(event.body, Void)
    }
    counts: dict[FactKind, int] = defaultdict(int)
    kept = []
    for event in events:
        counts[event.kind] += 1
        if (event.kind, counts[event.kind]) not in voided:
            kept.append(event)
    return kept
