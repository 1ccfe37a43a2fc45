"""The plan was loosened while the trade was open.

What it flags
    An amendment after the first fill that raises the risk against the version before it: a larger
    maximum, an invalidation farther away or dropped, more units or tranches, more leverage, more
    planned risk (both by the policy at the amendment), or the break-even line dropped. Targets
    may move freely. A reason does not keep it, and going back to where the plan once was is
    loosening again.

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

from typing import NamedTuple

import numpy as np

from journal.book.additions import units_added
from journal.book.clock import NEVER
from journal.book.comparison import Bools, Floats, Ints, exceeds
from journal.book.evidence import short_number
from journal.book.risk import ladder_risk
from journal.book.tables import Book
from journal.book.verdicts import Column, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN104",
    name="plan-loosened",
    severity=Severity.CRITICAL,
    subject=Subject.VERSION,
    since="0.1",
    message="loosened in the trade: {loosened}",
    unknown="a figure of one of the two versions is not known",
)


class _Change(NamedTuple):
    """One field of every version against the version before it."""

    before: Floats
    after: Floats
    loosened: Bools
    known: Bools


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every version effective after the first fill of its trade, against the one before."""
    versions, plans, trades = book.versions, book.plans, book.trades
    opened = np.append(trades.opened_latest, NEVER)[plans.trade[versions.plan]]
    judged = np.append(trades.is_judged, False)[plans.trade[versions.plan]]
    applies = (versions.number > 1) & (versions.effective_at > opened) & judged
    changes = _changes(book)
    broken = np.logical_or.reduce([change.loosened for change in changes.values()])
    risk = changes["planned risk"]
    reasons = [book.facts.versions.reason[row] for row in versions.row]
    verdicts = Verdicts.of(
        Subject.VERSION,
        applies=applies,
        known=np.logical_and.reduce([change.known for change in changes.values()]),
        broken=broken,
        evidence={
            "loosened": _told(changes, applies & broken),
            "planned_risk_before": risk.before,
            "planned_risk_after": risk.after,
            "reason": np.array(reasons, object),
        },
    )
    verdicts.claim, verdicts.claimed_by = units_added(book, verdicts.broken)
    return (verdicts,)


def _changes(book: Book) -> dict[str, _Change]:
    """Return every field that can be loosened."""
    versions = book.versions
    leverage = np.where(np.isnan(versions.leverage), 1.0, versions.leverage)
    return {
        "maximum": _maximum(book),
        "invalidation": _invalidation(book),
        "planned units": _grown(*_pair(versions.planned_quantity)),
        "number of tranches": _grown(*_pair(versions.tranche_count)),
        "leverage": _grown(*_pair(leverage)),
        "planned risk": _risk(book),
        "break-even after exit": _promise(versions.breakeven_after),
    }


def _pair(column: Floats | Ints) -> tuple[Floats, Floats]:
    """Return what each version's row before it says, and what it says itself."""
    after = column.astype(np.float64)
    return np.roll(after, 1), after


def _grown(before: Floats, after: Floats) -> _Change:
    return _Change(before, after, exceeds(after, before), ~np.isnan(before + after))


def _invalidation(book: Book) -> _Change:
    """Farther away, or dropped; one that comes to a plan without any is no loosening."""
    before, after = _pair(book.versions.invalidation)
    sign = book.versions.direction
    dropped = np.isnan(after) & ~np.isnan(before)
    farther = exceeds(sign * before, sign * after)
    return _Change(before, after, farther | dropped, ~np.isnan(after))


def _risk(book: Book) -> _Change:
    """Compare the planned risk by the policy at the amendment, or a new fee rate would count."""
    versions = book.versions
    at = np.append(versions.effective_at[1:], NEVER)
    later = ladder_risk(versions, book.tranches, book.instruments, book.policies, at)
    change = _grown(np.roll(later.planned, 1), versions.planned_risk)
    # Without an invalidation there was no end to the risk: any that is named now is less.
    endless = np.isnan(np.roll(versions.invalidation, 1))
    return change._replace(known=change.known | (endless & ~np.isnan(change.after)))


def _promise(exits: Ints) -> _Change:
    before, after = _pair(np.where(exits > 0, exits, np.nan))
    dropped = np.isnan(after) & ~np.isnan(before)
    return _Change(before, after, dropped, np.ones(len(exits), bool))


def _maximum(book: Book) -> _Change:
    """Compare the maximum in its own unit, a missing one being the ladder's total.

    One that changed from units to money, or back, is compared at the ladder's average price.
    """
    versions = book.versions
    in_units, in_money = ~np.isnan(versions.maximum_units), ~np.isnan(versions.maximum_money)
    stated = in_units | in_money
    money = np.where(stated, versions.maximum_money, versions.planned_money)
    with np.errstate(divide="ignore", invalid="ignore"):
        price = versions.planned_money / versions.planned_quantity
        units = np.where(in_units, versions.maximum_units, money / price)
        money = np.where(in_units, units * price, money)
    counts_money = in_money | np.roll(in_money, 1)
    by_units, by_money = _grown(*_pair(units)), _grown(*_pair(money))
    picked = (np.where(counts_money, *both) for both in zip(by_money, by_units, strict=True))
    before, after, loosened, known = picked
    either = stated | np.roll(stated, 1)
    return _Change(before, after, loosened & either, known)


def _told(changes: dict[str, _Change], broken: Bools) -> Column:
    """Return what was loosened, from what to what, for broken rows."""
    told = np.full(len(broken), "", object)
    for row in np.flatnonzero(broken):
        told[row] = ", ".join(
            f"{name} {short_number(change.before[row])} "
            + (
                "dropped"
                if np.isnan(change.after[row])
                else f"to {short_number(change.after[row])}"
            )
            for name, change in changes.items()
            if change.loosened[row]
        )
    return told
