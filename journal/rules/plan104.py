"""The plan was loosened while the trade was open.

What it flags
    An amendment after the first fill that raises the risk against the version before it: a larger
    maximum, an invalidation farther away or dropped, more units or tranches, more leverage, more
    planned risk, or the break-even line dropped. Targets may move freely. A reason does not keep
    it, and going back to where the plan once was is loosening again.

Why it matters
    Plans are loosened when they hurt, which is when they are needed. The amendment is honest, but
    it is a decision made in the trade.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z amend BTC-USDT "volatility doubled"
      invalidation 84

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z amend BTC-USDT "tighter"
      invalidation 92
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints, exceeds
from journal.book.grouping import sums_before
from journal.book.tables import Book
from journal.book.verdicts import Column, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN104",
    name="plan-loosened",
    severity=Severity.CRITICAL,
    subject=Subject.VERSION,
    since="0.1",
    message="loosened in the trade: {loosened}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every version effective after the first fill of its trade, against the one before."""
    versions, plans, trades = book.versions, book.plans, book.trades
    opened = np.append(trades.opened_latest, NEVER)[plans.trade[versions.plan]]
    amends = (versions.number > 1) & (versions.effective_at > opened)
    amends &= versions.plan == np.roll(versions.plan, 1)
    judged = np.append(trades.is_judged, False)[plans.trade[versions.plan]]
    found = _loosened(book)
    broken = np.logical_or.reduce(list(found.values())) & amends
    added, by = _added_units(book, broken & judged)
    before = np.roll(versions.planned_risk, 1)
    reasons = [book.facts.versions.reason[row] or "" for row in versions.row]
    verdicts = Verdicts.of(
        Subject.VERSION,
        applies=amends & judged,
        known=np.ones(len(versions), bool),
        broken=broken,
        evidence={
            "loosened": _named(found, len(versions)),
            "planned_risk_before": before,
            "planned_risk_after": versions.planned_risk,
            "reason": np.array(reasons, object),
        },
        claim=added,
    )
    verdicts.claimed_by = by
    return (verdicts,)


def _loosened(book: Book) -> dict[str, Bools]:
    """Return what each version loosened against the row before it."""
    versions = book.versions

    def grown(column: Floats) -> Bools:
        return exceeds(column, np.roll(column, 1))

    sign = versions.direction
    invalidation = versions.invalidation
    before = np.roll(invalidation, 1)
    leverage = np.where(np.isnan(versions.leverage), 1.0, versions.leverage)
    promise = versions.breakeven_after
    return {
        "maximum": _maximum_grown(book),
        "invalidation": exceeds(sign * before, sign * invalidation)
        | (np.isnan(invalidation) & ~np.isnan(before)),
        "planned units": grown(versions.planned_quantity),
        "number of tranches": versions.tranche_count > np.roll(versions.tranche_count, 1),
        "leverage": grown(leverage),
        "planned risk": grown(versions.planned_risk),
        "break-even line": (promise == 0) & (np.roll(promise, 1) > 0),
    }


def _maximum_grown(book: Book) -> Bools:
    """Return where the maximum is larger: in its own unit, a missing one being the ladder's total.

    A maximum that changed from units to money, or back, is compared at the ladder's average.
    """
    versions = book.versions
    stated = ~np.isnan(versions.maximum_units) | ~np.isnan(versions.maximum_money)
    units = np.where(stated, versions.maximum_units, versions.planned_quantity)
    money = np.where(stated, versions.maximum_money, versions.planned_money)
    price = versions.planned_money / versions.planned_quantity
    units = np.where(np.isnan(units), money / price, units)
    money = np.where(np.isnan(money), units * price, money)
    in_money = ~np.isnan(versions.maximum_money)
    was_in_money = np.roll(in_money, 1)
    by_money = exceeds(money, np.roll(money, 1))
    by_units = exceeds(units, np.roll(units, 1))
    either = stated | np.roll(stated, 1)
    return np.where(in_money | was_in_money, by_money, by_units) & either


def _named(found: dict[str, Bools], count: int) -> Column:
    named = np.full(count, "", object)
    for name, mask in found.items():
        for row in np.flatnonzero(mask):
            named[row] += f", {name}" if named[row] else name
    return named


def _added_units(book: Book, broken: Bools) -> tuple[Floats, Ints]:
    """Return, per fill part, the units filled by what a loosening amendment added, and by which.

    For each tranche number: what was filled beyond the size it had before the amendment.
    """
    fills, versions, found = book.fills, book.versions, book.allocations
    added, by = np.zeros(len(fills)), np.full(len(fills), -1, np.int64)
    rows = np.flatnonzero(found.is_entry)
    plan = fills.plan[found.fill[rows]]
    for version in np.flatnonzero(broken):
        own = rows[plan == versions.plan[version]]
        after = fills.version[found.fill[own]] >= version
        for number in np.unique(found.tranche[own[after]]):
            chosen = own[found.tranche[own] == number]
            so_far = sums_before(found.quantity[chosen], np.zeros(len(chosen), np.int64))
            before = _size_before(book, int(version) - 1, int(number))
            beyond = np.clip(so_far + found.quantity[chosen] - before, 0.0, found.quantity[chosen])
            late = (fills.version[found.fill[chosen]] >= version) & (beyond > 0)
            np.add.at(added, found.fill[chosen[late]], beyond[late])
            by[found.fill[chosen[late]]] = version
    return np.minimum(added, fills.quantity), by


def _size_before(book: Book, version: int, number: int) -> float:
    """Return the units a tranche number had in a version, 0 where it had none."""
    versions = book.versions
    if number > versions.tranche_count[version]:
        return 0.0
    return float(book.tranches.quantity[versions.first_tranche[version] + number - 1])
