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

from journal.book.comparison import Bools, exceeds
from journal.book.judged import judged_versions
from journal.book.tables import Book
from journal.book.verdicts import Column, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="PLAN103",
    name="incomplete-plan",
    severity=Severity.MAJOR,
    subject=Subject.VERSION,
    since="0.1",
    message="the plan does not say {missing}",
    unknown="how much of the position the exits cover cannot be told",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version by what it leaves out."""
    versions, tranches = book.versions, book.tranches
    count, own = len(versions), tranches.version

    def any_tranche(mask: Bools) -> Bools:
        return np.bincount(own, mask, minlength=count) > 0

    unsold, sale_known = _unsold(book)
    gaps = {
        "an entry tranche": versions.tranche_count == 0,
        "the price of every tranche": any_tranche(np.isnan(tranches.price)),
        "the size of every tranche": any_tranche(_unsized(book)),
        "the invalidation": np.isnan(versions.invalidation),
        "how all of it is sold": unsold,
    }
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=judged_versions(book),
            known=sale_known,
            broken=np.logical_or.reduce(list(gaps.values())),
            evidence={"missing": _listed(gaps, count)},
        ),
    )


def _unsized(book: Book) -> Bools:
    """Return tranches with neither units nor money."""
    return np.isnan(book.tranches.quantity) & np.isnan(book.tranches.money)


def _unsold(book: Book) -> tuple[Bools, Bools]:
    """Return versions whose exits leave some of the ladder, and those of which that is known.

    A rest or a trail covers all. Units and money can't be held against a ladder of unknown size.
    """
    versions, exits = book.versions, book.exits
    count, own = len(versions), exits.version
    total = versions.planned_quantity[own]
    inverse = book.instruments.is_inverse[versions.instrument[own]]
    unit = np.where(inverse, 1.0, exits.target) * versions.multiplier[own]
    with np.errstate(divide="ignore", invalid="ignore"):
        by_units, by_money = exits.units / total, exits.money / unit / total
    share = np.fmax(np.fmax(exits.fraction, by_units), by_money)
    share = np.where(exits.is_rest | ~np.isnan(exits.trail), 1.0, share)
    sold = np.bincount(own, np.nan_to_num(share), minlength=count).astype(np.float64)
    less = exceeds(1.0, sold)
    known = np.bincount(own, np.isnan(share), minlength=count) == 0
    return less & known, known | ~less


def _listed(gaps: dict[str, Bools], count: int) -> Column:
    listed = np.full(count, "", object)
    for gap, missing in gaps.items():
        for version in np.flatnonzero(missing):
            listed[version] += f", {gap}" if listed[version] else gap
    return listed
