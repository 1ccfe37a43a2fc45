"""Liquidation would come before the plan is over.

What it flags
    A leveraged plan whose position would be liquidated before the next tranche can fill, or
    before the invalidation ends the idea: after every run of tranches next to each other that
    begins with the first one listed. A written skip is judged the same way on what is really
    held, and a trade by a liquidation that happened. The price used is average x (1 - 1/leverage
    + maintenance margin) for a long, mirrored for a short, or the venue's own figure from the
    plan's `liquidation` line.

Why it matters
    Leverage that takes the position away at 94 makes the tranche planned at 94 a fiction: the
    ladder's average, its risk and its targets assume a position that no longer exists.

Breaks
    2026-01-01T00:00Z instrument BTC-USDT-PERP
      multiplier 1
    2026-01-05T14:00Z plan BTC-USDT-PERP long
      enter        40 @ 100
      enter        30 @ 97
      enter        30 @ 94
      invalidation 90
      exit         rest @ 110
      leverage     15

Keeps
    2026-01-01T00:00Z instrument BTC-USDT-PERP
      multiplier 1
    2026-01-05T14:00Z plan BTC-USDT-PERP long
      enter        40 @ 100
      enter        30 @ 97
      enter        30 @ 94
      invalidation 90
      exit         rest @ 110
      leverage     10
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds
from journal.book.grouping import starts_of, sums_before
from journal.book.judged import judged_versions
from journal.book.liquidation import Ladders, Runs, Terms, prefixes_of, runs_of
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts
from journal.book.versions import latest

RULE = Rule(
    code="RISK202",
    name="liquidation-before-plan",
    severity=Severity.CRITICAL,
    subject=Subject.VERSION,
    since="0.1",
    message="after {run} tranches averaging {average} liquidation at {liquidation} "
    "comes before {next_level}",
    unknown="the liquidation price cannot be computed, or there is no invalidation",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every leveraged plan version, every skip of one, and every trade under one."""
    return (_versions(book), _skips(book), _trades(book))


def leveraged(book: Book) -> Bools:
    """Return the plan versions that state a leverage on something other than spot."""
    versions = book.versions
    return ~np.isnan(versions.leverage) & ~book.instruments.is_spot[versions.instrument]


def terms_of(book: Book, version: Ints) -> Terms:
    """Return the liquidation terms of plan versions; the instrument's own margin rate first."""
    versions = book.versions
    stated = book.instruments.maintenance_margin[versions.instrument[version]]
    default = book.policies.value(
        "maintenance_margin", versions.account[version], versions.effective_at[version]
    )
    return Terms(
        direction=versions.direction[version],
        leverage=versions.leverage[version],
        margin_rate=np.where(np.isnan(stated), default, stated),
        typed=versions.liquidation[version],
        invalidation=versions.invalidation[version],
        inverse=book.instruments.is_inverse[versions.instrument[version]],
    )


def listed_runs(book: Book) -> Runs:
    """Return, per leveraged version, its first 1 to n tranches held and all others skipped."""
    own, chosen = _rungs(book)
    tranches = book.tranches
    ladders = Ladders(own, tranches.price[chosen], tranches.quantity[chosen], chosen >= 0)
    return prefixes_of(ladders, terms_of(book, np.arange(len(book.versions))))


def _rungs(book: Book) -> tuple[Ints, Ints]:
    """Return the version and the row of every tranche of a leveraged version."""
    chosen = np.flatnonzero(leveraged(book)[book.tranches.version])
    return book.tranches.version[chosen], chosen


def _versions(book: Book) -> Verdicts:
    versions, tranches = book.versions, book.tranches
    own, chosen = _rungs(book)
    kept = tranches.skipped_at[chosen] > versions.effective_at[own]
    own, chosen = own[kept], chosen[kept]
    ladders = Ladders(own, tranches.price[chosen], tranches.quantity[chosen], starts_of(own))
    applies = leveraged(book) & judged_versions(book)
    return _judged(book, ladders, np.arange(len(versions)), applies, Subject.VERSION)


def _judged(
    book: Book, ladders: Ladders, version: Ints, applies: Bools, subject: Subject
) -> Verdicts:
    """Judge each ladder by its worst run; `version` gives each ladder's plan version."""
    count = len(version)
    runs = runs_of(ladders, terms_of(book, version))
    broken = np.bincount(runs.owner, runs.is_liquidated, minlength=count) > 0
    undecided = np.isnan(runs.liquidation) | np.isnan(runs.next_level)
    known = np.bincount(runs.owner, undecided, minlength=count) == 0
    known &= np.bincount(ladders.owner, minlength=count) > 0
    isolated = ~book.versions.is_cross[version] | ~np.isnan(book.versions.liquidation[version])
    shown = np.full(count, -1, np.int64)
    worst = np.flatnonzero(runs.is_liquidated)[::-1]
    shown[runs.owner[worst]] = worst
    return Verdicts.of(
        subject,
        applies=applies,
        known=known & isolated,
        broken=broken & isolated,
        evidence={
            "run": np.append(runs.size, 0)[shown],
            "average": np.append(runs.average, np.nan)[shown],
            "liquidation": np.append(runs.liquidation, np.nan)[shown],
            "next_level": np.append(runs.next_level, np.nan)[shown],
            "leverage": book.versions.leverage[version],
        },
    )


def _skips(book: Book) -> Verdicts:
    """Judge each skip on what is held at its time and the tranches still to come."""
    skips, versions, tranches = book.skips, book.versions, book.tranches
    version = latest(versions.plan, versions.effective_at, skips.plan, skips.effective_at)
    applies = np.append(leveraged(book), False)[version] & (version >= 0)
    count = np.where(applies, np.append(versions.tranche_count, 0)[version], 0)
    skip = np.repeat(np.arange(len(skips)), count)
    place = np.arange(len(skip)) - np.repeat(np.cumsum(count) - count, count)
    rung = versions.first_tranche[version[skip]] + place
    filled = _filled_by(book, skips.plan[skip], tranches.number[rung], skips.effective_at[skip])
    left = tranches.quantity[rung] - filled
    slack = book.policies.value(
        "quantity_tolerance", versions.account[version[skip]], skips.effective_at[skip]
    )
    to_come = exceeds(left, slack * tranches.quantity[rung])
    to_come &= tranches.skipped_at[rung] > skips.effective_at[skip]
    skip, rung, left = skip[to_come], rung[to_come], left[to_come]
    held, average = _held(book)
    some = np.flatnonzero(applies & (held != 0))
    owner = np.concatenate((some, skip))
    order = np.argsort(owner, kind="stable")
    owner = owner[order]
    ladders = Ladders(
        owner,
        np.concatenate((average[some], tranches.price[rung]))[order],
        np.concatenate((held[some], left))[order],
        starts_of(owner),
    )
    return _judged(book, ladders, np.maximum(version, 0), applies, Subject.SKIP)


def _held(book: Book) -> tuple[Floats, Floats]:
    """Return what was held, and at which average, when each skip took effect."""
    skips, fills = book.skips, book.fills
    trade = book.plans.trade[skips.plan]
    part = latest(fills.trade, fills.at, trade, skips.effective_at)
    part = np.where(trade >= 0, part, -1)
    held = np.abs(np.append(fills.position_after, 0.0)[part])
    return held, np.append(fills.average_entry_after, np.nan)[part]


def _filled_by(book: Book, plan: Ints, number: Ints, at: Ints) -> Floats:
    """Return the units that fills had put into each tranche by an instant."""
    allocations, fills = book.allocations, book.fills
    chosen = np.flatnonzero(allocations.is_entry)
    row = allocations.fill[chosen]
    key = fills.plan[row] * (1 << 31) + allocations.tranche[chosen]
    order = np.lexsort((fills.at[row], key))
    key, row, units = key[order], row[order], allocations.quantity[chosen][order]
    so_far = sums_before(units, np.cumsum(starts_of(key))) + units
    found = latest(key, fills.at[row], plan * (1 << 31) + number, at)
    return np.where(found >= 0, np.append(so_far, 0.0)[found], 0.0)


def _trades(book: Book) -> Verdicts:
    trades, fills = book.trades, book.fills
    applies = (trades.risk_version >= 0) & np.append(leveraged(book), False)[trades.risk_version]
    liquidated = np.bincount(fills.trade, fills.is_liquidation, minlength=len(trades)) > 0
    return Verdicts.of(
        Subject.TRADE,
        applies=applies & trades.is_judged,
        known=np.ones(len(trades), bool),
        broken=liquidated,
        evidence={"price": _liquidation_price(book)},
        message="liquidated at {price}",
    )


def _liquidation_price(book: Book) -> Floats:
    fills = book.fills
    price = np.full(len(book.trades), np.nan)
    rows = np.flatnonzero(fills.is_liquidation)[::-1]
    price[fills.trade[rows]] = fills.price[rows]
    return price
