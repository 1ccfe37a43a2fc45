"""A check as text: violations by trade, then how much was kept and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator

from journal.cli.output import coloured
from journal.reporting.layout import wrapped
from journal.reporting.readable import counted, day, rate
from journal.reporting.statistics import Statistics
from journal.reporting.statistics_text import (
    group_table,
    rule_table,
    split_lines,
    total_lines,
)
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.violation_text import violation_text
from journal.usecases.check import CheckReport


def report_lines(report: CheckReport) -> Iterator[str]:
    """Return a report's lines; a clean one without statistics has none."""
    by_owner: dict[str, list[ViolationLine]] = {}
    for violation in report.violations:
        by_owner.setdefault(_owner(violation), []).append(violation)
    for owner, violations in by_owner.items():
        yield coloured(f"{owner}, {_days(violations)}", "bold")
        widest = max(len(violation.id) for violation in violations)
        for violation in violations:
            yield from violation_text(violation, widest)
        yield ""
    for waiver in report.stale_waivers:
        yield from wrapped(f"waiver of {waiver.violation} waives nothing any more")
    if report.statistics is not None:
        yield from _statistics(report.statistics)
        if report.by is not None:
            yield from group_table(report.by, report.groups or [])
            yield ""
    if report.violations:
        yield from summary(report)


def summary(report: CheckReport) -> Iterator[str]:
    """Say how many violations there are, how much was kept, and what could not be told."""
    kept, broken = report.adherence.kept, report.adherence.broken
    found = counted(len(report.violations), "violation") if report.violations else "no violations"
    trades = counted(report.trades, "trade")
    yield f"{found} in {trades}; rules kept {rate(kept, kept + broken)}"
    if report.adherence.unknown:
        judged = kept + broken
        coverage = rate(judged, judged + report.adherence.unknown)
        unknown = counted(report.adherence.unknown, "verdict")
        yield f"{unknown} not known: judged {coverage}"


def _owner(violation: ViolationLine) -> str:
    if violation.trade is None and violation.plan is None:
        return f"account-day  {violation.account}"
    name = violation.trade or f"plan {violation.plan}"
    return f"{name}  {violation.instrument}, {violation.account}"


def _days(violations: list[ViolationLine]) -> str:
    first, last = day(violations[0].at), day(violations[-1].at)
    return first if first == last else f"{first} to {last}"


def _statistics(statistics: Statistics) -> Iterator[str]:
    yield from rule_table(statistics)
    yield ""
    yield from total_lines(statistics)
    yield ""
    yield from split_lines(statistics.split)
    yield ""
