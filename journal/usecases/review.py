"""The weekly review: which days, and everything measured over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime, to_microseconds
from journal.book.comparison import Ints
from journal.book.judging import Judgement
from journal.book.rolling import Period
from journal.book.tables import Book
from journal.book.tally import adherence, tally
from journal.domain.errors import InputError
from journal.reporting.frames import results_frame
from journal.reporting.review import Review, measured_blocks
from journal.reporting.statistics import statistics
from journal.reporting.trade_lines import in_order, trade_lines
from journal.reporting.violation_lines import violation_lines
from journal.reporting.weeks import Stretch, days_between, week_named, week_of
from journal.usecases.selection import account_code


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days to review: a week, or two dates; neither means the newest week with trades."""

    week: str | None = None
    first: str | None = None
    last: str | None = None
    account: str | None = None


def review(judgement: Judgement, asked: Asked) -> Review:
    """Measure the days asked for, in the time zone of the account asked for or the first one."""
    book = judgement.book
    stretch = _stretch(book, asked)
    since, until = to_microseconds(stretch.since), to_microseconds(stretch.until)
    own = _accounts(book, asked)
    period = Period(since, until, accounts=own)
    lines = trade_lines(judgement, _trades(book, period))
    broken = [
        each for each in judgement.violations() if since <= each.at < until and each.account in own
    ]
    found = violation_lines(judgement, broken)
    results = results_frame(book)
    named = [book.accounts[code] for code in own]
    counts = tally(judgement, period)
    return Review(
        label=stretch.label,
        since=stretch.since,
        until=stretch.until,
        zone=stretch.zone.key,
        account=asked.account,
        adherence=adherence(counts),
        blocks=measured_blocks(stretch, results[results["account"].isin(named)], lines, found),
        trades=lines,
        violations=found,
        verdicts=counts,
        statistics=statistics(judgement, period, frozenset(counts), broken),
    )


def _accounts(book: Book, asked: Asked) -> frozenset[int]:
    if asked.account is None:
        return frozenset(range(len(book.accounts)))
    return frozenset({account_code(book, asked.account)})


def _stretch(book: Book, asked: Asked) -> Stretch:
    zone = book.policies.zones[0 if asked.account is None else account_code(book, asked.account)]
    if asked.week is not None:
        if asked.first or asked.last:
            raise InputError("--week and --from/--to name different days", hint="give one of them")
        return week_named(asked.week, zone)
    if asked.first is not None:
        last = asked.last or to_datetime(book.as_of).astimezone(zone).date().isoformat()
        return days_between(asked.first, last, zone)
    if asked.last is not None:
        raise InputError("--to stands alone", hint="give --from as well")
    return week_of(_newest_activity(book, asked), zone)


def _newest_activity(book: Book, asked: Asked) -> datetime:
    """Return the time of the newest fill, now if there is none."""
    fills = book.fills
    own = np.isin(fills.account, list(_accounts(book, asked))) & (fills.at <= book.as_of)
    return to_datetime(int(fills.at[own].max()) if own.any() else book.as_of)


def _trades(book: Book, period: Period) -> Ints:
    """Return the trades opened, traded in or closed in the period, in order of opening."""
    fills, trades = book.fills, book.trades
    inside = (fills.at >= period.since) & (fills.at < period.until)
    touched = np.unique(fills.trade[inside])
    touched = touched[np.isin(trades.account[touched], list(period.accounts or ()))]
    return in_order(book, touched)
