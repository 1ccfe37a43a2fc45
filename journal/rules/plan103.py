"""The plan leaves out what makes it a plan.

What it flags
    A plan version with no entry tranche, a tranche without price or size, no invalidation, or
    exits that cover less than all of it with neither a rest nor a trail. A missing maximum is
    not incomplete: it is the ladder's total.

Why it matters
    What the plan does not say is decided later, in the trade, by the one who is in it.

Breaks
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      exit         50% @ 110

Keeps
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, exceeds
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN103",
    name="incomplete-plan",
    severity=Severity.MAJOR,
    subject=Subject.VERSION,
    since="0.1",
    message="the plan does not say {missing}",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version by what it leaves out."""
    versions, tranches = book.versions, book.tranches
    count, own = len(versions), tranches.version

    def any_tranche(mask: Bools) -> Bools:
        return np.bincount(own, mask, minlength=count) > 0

    gaps = {
        "an entry tranche": versions.tranche_count == 0,
        "the price of every tranche": any_tranche(np.isnan(tranches.price)),
        "the size of every tranche": any_tranche(_unsized(book)),
        "the invalidation": np.isnan(versions.invalidation),
        "how all of it is sold": exceeds(1.0, _covered(book)),
    }
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=np.ones(count, bool),
            known=np.ones(count, bool),
            broken=np.logical_or.reduce(list(gaps.values())),
            evidence={"missing": _listed(gaps, count)},
        ),
    )


def _unsized(book: Book) -> Bools:
    """Return tranches with neither units nor money."""
    return np.isnan(book.tranches.quantity) & np.isnan(book.tranches.money)


def _covered(book: Book) -> Floats:
    """Return the fraction of the ladder that each version's exits cover; a rest covers all."""
    versions, exits = book.versions, book.exits
    own = exits.version
    total = versions.planned_quantity[own]
    inverse = book.instruments.is_inverse[versions.instrument[own]]
    unit = np.where(inverse, 1.0, exits.target) * versions.multiplier[own]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_units, by_money = exits.units / total, exits.money / unit / total
    share = np.fmax(np.fmax(exits.fraction, by_units), by_money)
    share = np.where(exits.is_rest | ~np.isnan(exits.trail), 1.0, np.nan_to_num(share))
    return np.bincount(own, share, minlength=len(versions)).astype(np.float64)


def _listed(gaps: dict[str, Bools], count: int) -> np.ndarray:
    listed = np.full(count, "", object)
    for gap, missing in gaps.items():
        for version in np.flatnonzero(missing):
            listed[version] += f", {gap}" if listed[version] else gap
    return listed
