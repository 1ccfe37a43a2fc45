"""The weeks up to a report as a frame: what charts over time are drawn from."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pandas as pd

from journal.book.calendar import Unit
from journal.book.clock import to_datetime, to_microseconds
from journal.reporting.breakdown import by_time
from journal.reporting.report import Report

WEEKS = 26
"""How far back the charts over time look."""

_COLUMNS = ("label", "kept", "broken", "unknown", "judged", "adherence", "low", "high", "score")


def weeks_frame(report: Report) -> pd.DataFrame:
    """Return one row a week, oldest first, the weeks without a verdict included.

    `kept`, `broken`, `unknown` count verdicts rolled up per rule and trade, `judged` is kept +
    broken; `adherence` with Wilson's `low` and `high` is NaN where nothing was judged, `score`
    (0 to 100) where fewer than five trades were; `trades` counts the judged ones.
    """
    codes = frozenset(judged.rule.code for judged in report.judgement.judged)
    since = to_microseconds(report.stretch.since - timedelta(weeks=WEEKS + 1))
    recent = replace(report.history, since=since)
    groups = {
        group.label: group for group in by_time(report.judgement, recent, codes, (), Unit.WEEK)
    }
    rows = []
    for label in week_labels(report, first=min(groups, default=None)):
        group = groups.get(label)
        standing = group.standing if group else None
        judged = standing.kept + standing.broken if standing else 0
        interval = standing.interval if standing else None
        rows.append(
            {
                "label": label,
                "kept": standing.kept if standing else 0,
                "broken": standing.broken if standing else 0,
                "unknown": standing.unknown if standing else 0,
                "judged": judged,
                "adherence": standing.adherence if standing else None,
                "low": interval.low if interval else None,
                "high": interval.high if interval else None,
                "score": standing.score if standing else None,
                "trades": standing.trades if standing else 0,
            }
        )
    frame = pd.DataFrame(rows, columns=[*_COLUMNS, "trades"])
    for name in ("adherence", "low", "high", "score"):
        frame[name] = frame[name].astype(float)
    return frame


def shown_since(report: Report) -> datetime:
    """Return the instant at which the first week begins that charts over time can show."""
    monday = _last_monday(report) - timedelta(weeks=WEEKS - 1)
    return datetime.combine(monday, time(), report.stretch.zone).astimezone(UTC)


def week_labels(report: Report, first: str | None) -> list[str]:
    """Return the ISO weeks up to the report's last day, from the first one named, 26 at most.

    Weeks that are still to come are left out of a month or quarter that has begun.
    """
    monday = _last_monday(report)
    labels = [_label(monday - timedelta(weeks=back)) for back in range(WEEKS)][::-1]
    return [each for each in labels if first is None or each >= first] or labels[-1:]


def _last_monday(report: Report) -> date:
    """Return when the last week begins that has been, of a stretch that has begun."""
    last, today = report.stretch.last, report.words.date_of(to_datetime(report.book.as_of))
    if report.stretch.first <= today:
        last = min(last, today)
    return last - timedelta(days=last.weekday())


def _label(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year}-W{week:02d}"
