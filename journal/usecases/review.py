"""The weekly review: which days, and everything measured over them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime, to_microseconds
from journal.book.comparison import Ints
from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.book.rolling import Period
from journal.book.tables import Book
from journal.book.tally import adherence, tally
from journal.book.violation import Violation
from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.money import clip
from journal.reporting.frames import results_frame
from journal.reporting.plan_names import plan_tags
from journal.reporting.report import Report
from journal.reporting.review import Review, measured_blocks
from journal.reporting.ritual import Ritual, ritual
from journal.reporting.scaling import measure_scaling
from journal.reporting.statistics import closed_in, statistics
from journal.reporting.trade_lines import in_order, trade_lines
from journal.reporting.violation_lines import violation_lines
from journal.reporting.weeks import (
    Stretch,
    days_between,
    month_named,
    quarter_named,
    week_named,
    week_of,
)
from journal.reporting.words import Words
from journal.usecases.selection import account_code


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days to review: a week, a month, a quarter or two dates; else the newest with trades.

    `account` and `setup` (a plan's tag) narrow it; `locale` says how numbers are written.
    """

    week: str | None = None
    month: str | None = None
    quarter: str | None = None
    first: str | None = None
    last: str | None = None
    account: str | None = None
    setup: str | None = None
    locale: str | None = None


def review(judgement: Judgement, asked: Asked) -> Review:
    """Measure the days asked for, in the time zone of the account asked for or the first one."""
    return report(judgement, asked).review


def report(judgement: Judgement, asked: Asked, reviews: Sequence[Event] = ()) -> Report:
    """Return the same with everything that the sections of a report draw on.

    `reviews` is what earlier ones decided (see `journal.storage.reviews`).
    """
    book = judgement.book
    stretch = _stretch(book, asked)
    since, until = to_microseconds(stretch.since), to_microseconds(stretch.until)
    own, of_setup = _accounts(book, asked), _of_setup(book, asked.setup)
    period = Period(since, until, accounts=own, trades=of_setup)
    history = Period(until=until, accounts=own, trades=of_setup)
    trades = _trades(book, period)
    violations = [
        each
        for each in judgement.violations()
        if each.at < until and each.account in own and _counts(each, of_setup)
    ]
    found = _measured(judgement, asked, stretch, period, trades, violations)
    words = Words.of(stretch.zone, asked.locale)
    return Report(
        review=found,
        judgement=judgement,
        stretch=stretch,
        period=period,
        history=history,
        trades=trades,
        violations=violations,
        breaches=_by_trade(violations),
        words=words,
        scaling=measure_scaling(book, closed_in(judgement, history)),
        ritual=_ritual(reviews, stretch, asked),
    )


def _by_trade(violations: Sequence[Violation]) -> Mapping[int, Sequence[Violation]]:
    found: defaultdict[int, list[Violation]] = defaultdict(list)
    for each in violations:
        if each.trade is not None:
            found[each.trade].append(each)
    return dict(found)


def _ritual(reviews: Sequence[Event], stretch: Stretch, asked: Asked) -> Ritual:
    """Return what was resolved; a review of one setup only looks, it resolves nothing."""
    return Ritual() if asked.setup is not None else ritual(reviews, stretch, asked.account)


def _measured(
    judgement: Judgement, asked: Asked, stretch: Stretch, period: Period, trades: Ints,
    violations: list[Violation],
) -> Review:  # fmt: skip
    book = judgement.book
    lines = trade_lines(judgement, trades)
    broken = [each for each in violations if each.at >= period.since]
    found = violation_lines(judgement, broken)
    results = results_frame(book)
    named = [book.accounts[code] for code in period.accounts or ()]
    chosen = results["account"].isin(named)
    if period.trades is not None:
        chosen &= results["trade"].isin([trade_key(book, trade) for trade in period.trades])
    counts = tally(judgement, period)
    return Review(
        label=stretch.label,
        since=stretch.since,
        until=stretch.until,
        zone=stretch.zone.key,
        account=asked.account,
        setup=asked.setup,
        adherence=adherence(counts),
        blocks=measured_blocks(stretch, results[chosen], lines, found),
        trades=lines,
        violations=found,
        verdicts=counts,
        statistics=statistics(judgement, period, frozenset(counts), broken),
    )


def _of_setup(book: Book, setup: str | None) -> frozenset[int] | None:
    """Return the trades of plans with that tag, None where no setup is asked for."""
    if setup is None:
        return None
    name = setup.removeprefix("#")
    plans = book.trades.plan.tolist()
    found = frozenset(row for row, plan in enumerate(plans) if name in plan_tags(book, plan))
    if not found:
        tags = sorted({tag for plan in plans for tag in plan_tags(book, plan)})
        raise InputError(
            f"no trade has the setup {clip(name)!r}", hint="setups: " + (", ".join(tags) or "none")
        )
    return found


def _counts(violation: Violation, trades: frozenset[int] | None) -> bool:
    return trades is None or violation.trade in trades


def _accounts(book: Book, asked: Asked) -> frozenset[int]:
    if asked.account is None:
        return frozenset(range(len(book.accounts)))
    return frozenset({account_code(book, asked.account)})


def _stretch(book: Book, asked: Asked) -> Stretch:
    zone = book.policies.zones[0 if asked.account is None else account_code(book, asked.account)]
    named = [name for name in ("week", "month", "quarter", "first") if getattr(asked, name)]
    if len(named) > 1:
        options = " and ".join(f"--{'from' if name == 'first' else name}" for name in named)
        raise InputError(f"{options} name different days", hint="give one of them")
    if asked.last is not None and asked.first is None:
        raise InputError("--to needs --from", hint="give --from as well, and no week or month")
    if asked.week is not None:
        return week_named(asked.week, zone)
    if asked.month is not None:
        return month_named(asked.month, zone)
    if asked.quarter is not None:
        return quarter_named(asked.quarter, zone)
    if asked.first is not None:
        last = asked.last or to_datetime(book.as_of).astimezone(zone).date().isoformat()
        return days_between(asked.first, last, zone)
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
    if period.trades is not None:
        touched = touched[np.isin(touched, list(period.trades))]
    return in_order(book, touched)
