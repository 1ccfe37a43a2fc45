"""Costs eat too much of what the plan can make.

What it flags
    The fees of the full round trip, every tranche in and every exit at its target, above a share
    of the planned gross profit; or a plan whose targets make no profit at all. A trail is valued
    at the last fixed target; without one the verdict is unknown.

Why it matters
    A ladder splits one trade into many orders. Where the targets are close, the venue earns more
    from it than the trader.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 99.8
      invalidation 98
      exit         rest @ 100.5

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         rest @ 110
"""

from __future__ import annotations

from journal.book.comparison import exceeds
from journal.book.planned_costs import round_trip
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="COST601",
    name="costs-outweigh-ladder",
    severity=Severity.MINOR,
    subject=Subject.VERSION,
    since="0.1",
    message="fees of {costs} against a planned gross profit of {profit}",
    unknown="the fee rate, or the price of an exit, is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version that has targets, by the taker rate at its lock."""
    versions = book.versions
    trip = round_trip(book)
    limit = book.policies.value("cost_share_limit", versions.account, versions.effective_at)
    # By the prices: an exact zero of money may be an ulp off.
    gains = exceeds(versions.direction * trip.target, versions.direction * versions.planned_average)
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=trip.has_exits & trip.taker_known,
            known=trip.known,
            broken=trip.known & (exceeds(trip.costs, limit * trip.profit) | ~gains),
            evidence={"costs": trip.costs, "profit": trip.profit, "limit_fraction": limit},
        ),
    )
