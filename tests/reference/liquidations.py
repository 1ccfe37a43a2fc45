"""RISK202: whether the venue would close the position before the plan does."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from journal.domain.instrument import Kind
from reference.ledger import Ledger
from reference.model import Part, Plan, Trade, Version
from reference.risk import Run, is_undecidable, ladder, runs
from reference.timeline import Timeline
from reference.verdicts import BROKEN, KEPT, UNKNOWN, Verdict

Waiting = dict[int, tuple[Fraction, Fraction]]


def judge_plan(timeline: Timeline, plan: Plan, ledger: Ledger | None) -> list[Verdict]:
    """Return the verdicts on a plan's versions and on the skips really made."""
    if plan.instrument.kind is Kind.SPOT:
        return []
    verdicts = []
    for version in plan.versions:
        if version.terms.leverage is None:
            continue
        subject = ("plan", plan.number, version.number)
        found = version_runs(timeline, version, version.effective)
        verdicts.append(_verdict(subject, version, found))
    for skip in plan.skips:
        version_then = plan.in_force(skip.effective)
        if version_then is None or version_then.terms.leverage is None:
            continue
        found = skip_runs(timeline, version_then, skip.effective, ledger)
        verdicts.append(_verdict(("skip", skip.number), version_then, found))
    return verdicts


def judge_trade(trade: Trade) -> list[Verdict]:
    """Return the verdict on a leveraged trade: a liquidation fill breaks it."""
    if trade.instrument.kind is Kind.SPOT or trade.plan is None:
        return []
    if all(version.terms.leverage is None for version in trade.plan.versions):
        return []
    liquidated = any(part.execution.fill.is_liquidation for part in trade.parts)
    return [Verdict("RISK202", trade.parts[0].key, BROKEN if liquidated else KEPT)]


def _verdict(subject: tuple[object, ...], version: Version, found: list[Run] | None) -> Verdict:
    if found is None or is_undecidable(version.plan.instrument, version.terms):
        return Verdict("RISK202", subject, UNKNOWN)
    if any(run.broken for run in found):
        return Verdict("RISK202", subject, BROKEN)
    if any(run.next_level is None for run in found):
        return Verdict("RISK202", subject, UNKNOWN)
    return Verdict("RISK202", subject, KEPT)


def waiting_tranches(version: Version, at: datetime) -> Waiting | None:
    """Return the unskipped tranches of a version, None if the ladder is incomplete."""
    lots = ladder(version.plan.instrument, version.terms)
    if lots is None:
        return None
    skipped = {skip.tranche for skip in version.plan.skips if skip.effective <= at}
    return {n: lot for n, lot in enumerate(lots, start=1) if n not in skipped}


def maintenance(timeline: Timeline, version: Version) -> Fraction:
    """Return the maintenance margin rate: the instrument's own, else the policy's."""
    own = version.plan.instrument.maintenance_margin
    if own is not None:
        return Fraction(own)
    rate = timeline.setting("maintenance_margin", version.plan.account, version.effective)
    return rate or Fraction(0)


def version_runs(timeline: Timeline, version: Version, at: datetime) -> list[Run] | None:
    """Return the runs of a version as planned, skips so far left out."""
    waiting = waiting_tranches(version, at)
    if waiting is None:
        return None
    plan = version.plan
    rate = maintenance(timeline, version)
    return runs(plan.instrument, plan.direction, version.terms, rate, waiting)


def skip_runs(
    timeline: Timeline, version: Version, at: datetime, ledger: Ledger | None
) -> list[Run] | None:
    """Return the runs around what is really held when a tranche is skipped."""
    waiting = waiting_tranches(version, at)
    if waiting is None:
        return None
    plan = version.plan
    held = None
    if ledger is not None:
        before = [part for part in ledger.trade.parts if part.at <= at]
        if ledger.trade.opening_unknown and before and before[-1].position_after:
            return None  # nobody knows at what average it is held
        if before and before[-1].average_after is not None:
            held = (abs(before[-1].position_after), before[-1].average_after)
            waiting = unfilled(ledger, before, version, waiting)
    rate = maintenance(timeline, version)
    return runs(plan.instrument, plan.direction, version.terms, rate, waiting, held)


def unfilled(ledger: Ledger, before: list[Part], version: Version, waiting: Waiting) -> Waiting:
    """Return what is left of the tranches that are not filled by then."""
    then = Ledger(ledger.trade, ledger.tolerances)
    for part in before:
        for number, quantity in part.tranches:
            then.used.setdefault(number, []).append((quantity, part.price))
    left = {}
    for number, (planned, price) in waiting.items():
        if not then.is_filled(number, version.terms.enters[number - 1]):
            used = sum((quantity for quantity, _ in then.used.get(number, [])), Fraction(0))
            left[number] = (planned - used, price)
    return left


def unsafe_if_skipped(timeline: Timeline, version: Version) -> list[Run]:
    """Return the runs of tranches 1..k alone that would be liquidated before the invalidation."""
    waiting = waiting_tranches(version, version.effective) or {}
    rate = maintenance(timeline, version)
    found = []
    for count in range(1, len(waiting)):
        first = dict(sorted(waiting.items())[:count])
        whole = runs(version.plan.instrument, version.plan.direction, version.terms, rate, first)
        found += [run for run in whole if len(run.tranches) == count and run.broken]
    return found
