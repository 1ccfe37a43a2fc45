"""What became of each entry tranche (rule contract, section 2, "Tranche states")."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from journal.domain.plan import EntryTranche
from reference.exact import exceeds
from reference.ledger import Ledger
from reference.model import Plan, Trade
from reference.timeline import Timeline


def tranche_states(timeline: Timeline, ledger: Ledger) -> dict[int, str]:
    """Return the state of every entry tranche of a bound plan's newest version."""
    trade = ledger.trade
    assert trade.plan is not None
    end = trade.closed or max(part.seen for part in trade.parts)
    version = trade.plan.in_force(end) or trade.plan.versions[0]
    return {
        number: _state(timeline, ledger, number, tranche)
        for number, tranche in enumerate(version.terms.enters, start=1)
    }


def _state(timeline: Timeline, ledger: Ledger, number: int, tranche: EntryTranche) -> str:
    trade = ledger.trade
    if ledger.is_filled(number, tranche):
        return "filled"
    if ledger.used.get(number):
        return "partial"
    if ledger.is_skipped(number, trade.closed or datetime.max.replace(tzinfo=trade.opened.tzinfo)):
        return "skipped"
    ended = _lapse(ledger)
    if ended is None:
        return "open"
    when = _reached(timeline, trade, number)
    if when is None:
        return "unfilled"
    return "missed" if when <= ended else "not reached"


def _lapse(ledger: Ledger) -> datetime | None:
    """Return when the entry tranches ceased to stand, None while they stand."""
    trade = ledger.trade
    assert trade.plan is not None
    terms = (trade.plan.in_force(trade.parts[-1].seen) or trade.plan.versions[0]).terms
    ends = [] if trade.closed is None else [trade.closed]
    if terms.until is not None and trade.parts[-1].at > terms.until.at:
        ends.append(terms.until.at)
    if terms.enter_until_exit in ledger.activated:
        ends.append(ledger.activated[terms.enter_until_exit].at)
    return min(ends, default=None)


def _reached(timeline: Timeline, trade: Trade, number: int) -> datetime | None:
    """Return when a price is first known to have traded beyond a tranche, None if never."""
    plan = trade.plan
    assert plan is not None
    tick = Fraction(trade.instrument.tick or 0)
    for at, instrument, price in sorted(timeline.prices, key=lambda row: row[0]):
        if instrument.symbol != trade.instrument.symbol:
            continue
        target = _price_then(plan, number, at)
        if target is None or (trade.closed is not None and at > trade.closed):
            continue
        beyond = trade.sign * (target - price)
        if exceeds(beyond, Fraction(0)) and not exceeds(tick, beyond):
            return at
    return None


def _price_then(plan: Plan, number: int, at: datetime) -> Fraction | None:
    version = plan.in_force(at)
    if version is None or number > len(version.terms.enters):
        return None
    price = version.terms.enters[number - 1].price
    return None if price is None else Fraction(price)
