"""A fact was recorded long after it happened.

What it flags
    A fill logged by hand, a stop or a skip that was recorded more than the log delay after the
    time it claims. Fills imported from a venue's file are not judged: importing once a week is
    the normal use. Of a date without a time it may be unknown how late the record was.

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

from journal.book.clock import DAY, HOUR, UNKNOWN_TIME, widths
from journal.book.comparison import Bools, Ints
from journal.book.facts import SkipColumns, StopColumns
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
    unknown="it has only a date, and may have been recorded too late",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge fills logged by hand, stops and skips, where the recording time is known."""
    return _fills(book), _stops(book), _skips(book)


def _fills(book: Book) -> Verdicts:
    fills, trades = book.fills, book.trades
    by_hand = [source is None for source in book.facts.fills.source]
    openings = [False] * len(book.facts.openings.id)
    typed = np.array(by_hand + openings, bool)[fills.row]
    delay = book.policies.span("log_delay", trades.account, trades.opened_latest)[fills.trade]
    return _late(Subject.FILL, typed, (fills.at, fills.at_width, fills.recorded_at), delay)


def _stops(book: Book) -> Verdicts:
    stops, at = book.stops, book.stops.claimed_at
    delay = book.policies.span("log_delay", book.trades.account[stops.trade], at)
    width = _widths(book.facts.stops, stops.id)
    return _late(Subject.STOP, stops.id >= 0, (at, width, stops.recorded_at), delay)


def _skips(book: Book) -> Verdicts:
    skips = book.skips
    delay = book.policies.span("log_delay", book.plans.account[skips.plan], skips.at)
    width = _widths(book.facts.skips, skips.id)
    return _late(
        Subject.SKIP, np.ones(len(skips), bool), (skips.at, width, skips.recorded_at), delay
    )


def _widths(facts: StopColumns | SkipColumns, asked: Ints) -> Ints:
    """Return the width of the time each fact claims; of a plan's own stop line any will do."""
    row = np.searchsorted(np.array(facts.id, np.int64), asked)
    return np.append(widths(facts.at_precision), 0)[row]


def _late(subject: Subject, typed: Bools, times: tuple[Ints, Ints, Ints], delay: Ints) -> Verdicts:
    """Judge claimed times, their widths and when they were recorded; a date may be a day later."""
    at, width, recorded_at = times
    live = recorded_at != UNKNOWN_TIME
    behind = np.where(live, recorded_at - at, 0)
    at_least = behind - np.where(width == DAY, DAY, 0)
    return Verdicts.of(
        subject,
        applies=typed & live,
        known=behind <= delay,
        broken=at_least > delay,
        evidence={"happened_at": at, "recorded_at": recorded_at, "hours_late": behind / HOUR},
    )
