"""A laddered trade was held for less time than laddering makes sense for.

What it flags
    A closed trade planned with two tranches or more, held shorter than the shortest hold, with no
    exit that the stop or the invalidation explains and not all of its targets filled. It
    describes a misfit of structure rather than a breach.

Why it matters
    A ladder needs time for its tranches to fill. Where there is none, one entry would have been
    simpler and cheaper.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T14:35:00Z fill BTC-USDT sell 3 @ 101 fee 0.303 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         50% @ 110
      exit         rest @ 120
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 101 fee 0.303 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import dated_span
from journal.book.tables import Book
from journal.book.targets import all_targets_filled
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="HABIT704",
    name="scalped-ladder",
    severity=Severity.MINOR,
    subject=Subject.TRADE,
    since="0.1",
    message="a ladder of {tranches} tranches held for {minutes_held} minutes",
    unknown="how long it was held is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every closed trade with a ladder."""
    trades, fills = book.trades, book.fills
    tranches = np.append(book.versions.tranche_count, 0)[trades.risk_version]
    protected = np.bincount(fills.trade, fills.protective_quantity, minlength=len(trades))
    explained = (protected > 0) | all_targets_filled(book)
    shortest = book.policies.span("ladder_hold_min", trades.account, trades.opened_latest)
    held = trades.closed_at - trades.opened_at
    at_most = held + dated_span(trades.closed_at, trades.closed_latest)
    at_least = held - dated_span(trades.opened_at, trades.opened_latest)
    decidable = trades.opening_known & ~np.isnan(protected)
    return (
        Verdicts.of(
            Subject.TRADE,
            applies=(tranches > 1) & ~trades.is_open & ~explained & trades.is_judged,
            known=(at_least >= shortest) & decidable,
            broken=(at_most < shortest) & decidable,
            evidence={"tranches": tranches, "minutes_held": held / 6e7},
        ),
    )
