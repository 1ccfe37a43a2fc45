"""Waivers of what is no violation any more: the trader ought to know of them."""

from __future__ import annotations

from dataclasses import dataclass

from journal.book.judging import Judgement


@dataclass(frozen=True, slots=True)
class StaleWaiver:
    """A waiver that waives nothing any more."""

    violation: str
    reason: str


def stale_waivers(judgement: Judgement) -> list[StaleWaiver]:
    """Return them in the order they were written."""
    said = judgement.book.facts.waivers
    if not said.id:
        return []
    standing = {violation.id for violation in judgement.violations()}
    return [
        StaleWaiver(violation, reason)
        for violation, reason in zip(said.violation, said.reason, strict=True)
        if violation not in standing
    ]
