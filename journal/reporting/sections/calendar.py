"""The breach calendar: on which days rules were broken."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import numpy as np
import pandas as pd

from journal.book.clock import to_datetime, to_microseconds
from journal.book.comparison import Ints
from journal.reporting.blocks import Chart, Section, Table, Text
from journal.reporting.history import shown_since, week_labels
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.weekly_money import monday_of, sunday_of, week_label

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def section(report: Report) -> Section | None:
    """Show each day of the last weeks: traded or not, clean or breached."""
    frame = days_frame(report)
    if not (frame["traded"] | (frame["breaches"] > 0)).any():
        return None
    sentence = _sentence(frame)
    chart = Chart("calendar", "calendar", frame, sentence, _table(frame))
    return Section("calendar", "Breach calendar", (Text(sentence), chart))


def days_frame(report: Report) -> pd.DataFrame:
    """Return one row a day from the first week with a fill: day, week, weekday, traded, breaches.

    Days are those of the report's zone.
    """
    since = to_microseconds(shown_since(report))
    fills = _fill_times(report)
    broke = np.array([each.at for each in report.violations], np.int64)
    traded = {report.words.date_of(to_datetime(at)) for at in fills[fills >= since].tolist()}
    broken = Counter(report.words.date_of(to_datetime(at)) for at in broke[broke >= since].tolist())
    times = np.concatenate([fills, broke])
    first = report.words.date_of(to_datetime(int(times.min()))) if len(times) else None
    labels = week_labels(report, None if first is None else week_label(first))
    begin, end = monday_of(labels[0]), min(sunday_of(labels[-1]), report.stretch.last)
    dates = [begin + timedelta(days=place) for place in range((end - begin).days + 1)]
    return pd.DataFrame(
        {
            "day": dates,
            "week": [week_label(day) for day in dates],
            "weekday": [day.weekday() for day in dates],
            "traded": np.array([day in traded for day in dates], bool),
            "breaches": np.array([broken[day] for day in dates], int),
        }
    )


def _fill_times(report: Report) -> Ints:
    fills = report.book.fills
    chosen = fills.is_fill & (fills.at < report.period.until)
    chosen &= np.isin(fills.account, list(report.period.accounts or ()))
    if report.period.trades is not None:
        chosen &= np.isin(fills.trade, list(report.period.trades))
    return np.compress(chosen, fills.at)


def _sentence(frame: pd.DataFrame) -> str:
    traded = int(frame["traded"].sum())
    broken = frame[frame["breaches"] > 0]
    if broken.empty:
        return f"No breach on {counted(traded, 'day')} with fills."
    own = frame[frame["week"] == frame["week"].iloc[-1]]
    this = f"{own['week'].iloc[-1]}: {_days(own)}"
    by_weekday = np.bincount(broken["weekday"], broken["breaches"], minlength=len(_WEEKDAYS))
    worst = int(by_weekday.argmax())
    return (
        f"{this}. {counted(frame['week'].nunique(), 'week')} together: breaches on "
        f"{counted(len(broken), 'day')}, fills on {traded}; most on a "
        f"{_WEEKDAYS[worst]} ({int(by_weekday[worst])} of {int(broken['breaches'].sum())})."
    )


def _days(own: pd.DataFrame) -> str:
    """Return on how many days of a week rules were broken, and on how many there were fills."""
    count, traded = int(own["breaches"].sum()), int(own["traded"].sum())
    days = counted(int((own["breaches"] > 0).sum()), "day")
    broken = f"{counted(count, 'breach', 'breaches')} on {days}" if count else "no breach"
    return f"{broken}, fills on {traded}" if traded else f"{broken}, no fills"


def _table(frame: pd.DataFrame) -> Table:
    told = frame[frame["breaches"] > 0]
    rows = tuple(
        (f"{row['day']:%a %Y-%m-%d}", str(row["breaches"])) for row in told.to_dict("records")
    )
    return Table(("day", "breaches"), rows, "lr")
