"""A fact was recorded long after it happened.

What it flags
    A fill logged by hand, a stop or a skip that was recorded more than the log delay after the
    time it claims. Fills imported from a venue's file are not judged: importing once a week is
    the normal use.

Why it matters
    What is written from memory is written kindly. A stop that is logged the next day proves
    nothing about the day before.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT recorded 2026-01-07T09:00Z

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT recorded 2026-01-05T14:31Z
"""

from __future__ import annotations

import numpy as np

from journal.book.clock import HOUR, UNKNOWN_TIME
from journal.book.comparison import Bools, Ints
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="LOG801",
    name="logged-late",
    severity=Severity.MINOR,
    subject=Subject.FILL,
    since="0.1",
    message="recorded {recorded_at}, {hours_late} hours after it happened",
    counts_in_score=False,
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge fills logged by hand, stops and skips, where the recording time is known."""
    fills, stops, skips = book.fills, book.stops, book.skips
    by_hand = np.array([source is None for source in book.facts.fills.source], bool)
    typed = fills.is_fill & np.append(by_hand, False)[np.where(fills.is_fill, fills.row, -1)]
    account = book.trades.account[stops.trade]
    owner = book.plans.account[skips.plan]
    return (
        _late(book, Subject.FILL, fills.account, fills.at, fills.recorded_at, typed),
        _late(book, Subject.STOP, account, stops.claimed_at, stops.recorded_at, stops.id >= 0),
        _late(book, Subject.SKIP, owner, skips.at, skips.recorded_at, skips.id >= 0),
    )


def _late(
    book: Book, subject: Subject, account: Ints, at: Ints, recorded_at: Ints, typed: Bools
) -> Verdicts:
    delay = book.policies.span("log_delay", account, at)
    live = recorded_at != UNKNOWN_TIME
    behind = np.where(live, recorded_at - at, 0)
    return Verdicts.of(
        subject,
        applies=typed & live,
        known=np.ones(len(at), bool),
        broken=behind > delay,
        evidence={"at": at, "recorded_at": recorded_at, "hours_late": behind / HOUR},
    )
