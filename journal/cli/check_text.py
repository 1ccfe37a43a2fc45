"""A check as text: violations by trade, then how much was kept and what could not be told."""

from __future__ import annotations

from collections.abc import Iterator

from journal.cli.output import coloured
from journal.cli.violation_text import violation_text
from journal.reporting.readable import rate
from journal.reporting.violation_lines import ViolationLine
from journal.usecases.check import CheckReport


def report_lines(report: CheckReport) -> Iterator[str]:
    """Return a report's lines."""
    by_owner: dict[str, list[ViolationLine]] = {}
    for violation in report.violations:
        by_owner.setdefault(_owner(violation), []).append(violation)
    for owner, violations in by_owner.items():
        yield coloured(owner, "bold")
        for violation in violations:
            yield from violation_text(violation)
        yield ""
    yield from _summary(report)


def _owner(violation: ViolationLine) -> str:
    name = violation.trade or f"plan {violation.plan}"
    return f"{name}  {violation.instrument}, {violation.account}"


def _summary(report: CheckReport) -> Iterator[str]:
    kept, broken = report.adherence.kept, report.adherence.broken
    count = len(report.violations)
    total = "no violations" if not count else f"{count} violation{'s' if count > 1 else ''}"
    yield f"{total}; rules kept {rate(kept, kept + broken)}"
    if report.adherence.unknown:
        judged = kept + broken
        coverage = rate(judged, judged + report.adherence.unknown)
        yield f"{report.adherence.unknown} verdicts not known: judged {coverage}"
