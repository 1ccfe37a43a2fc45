"""The stretch of days a review covers, in the account's time zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.money import clip

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Whole days from `first` to `last`, both included; `label` is how a reader calls them."""

    label: str
    first: date
    last: date
    zone: ZoneInfo

    @property
    def since(self) -> datetime:
        """Return the instant the first day begins."""
        return _midnight(self.first, self.zone)

    @property
    def until(self) -> datetime:
        """Return the instant the last day is over."""
        return _midnight(self.last + timedelta(days=1), self.zone)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def week_named(text: str, zone: ZoneInfo) -> Stretch:
    """Return the ISO week written `2026-W47`."""
    match = _WEEK.fullmatch(text)
    try:
        first = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else None
    except ValueError:
        first = None
    if first is None:
        raise InputError(f"{clip(text)!r} is not a week", hint="write it like 2026-W47")
    return _week(first, zone)


def week_of(at: datetime, zone: ZoneInfo) -> Stretch:
    """Return the ISO week an instant falls in."""
    day = at.astimezone(zone).date()
    return _week(day - timedelta(days=day.weekday()), zone)


def _week(monday: date, zone: ZoneInfo) -> Stretch:
    year, week, _ = monday.isocalendar()
    return Stretch(f"{year}-W{week:02d}", monday, monday + timedelta(days=6), zone)


def month_named(text: str, zone: ZoneInfo) -> Stretch:
    """Return the month written `2026-11`."""
    match = _MONTH.fullmatch(text)
    return _months(text, "month", "2026-11", match and (int(match[1]), int(match[2]), 1), zone)


def quarter_named(text: str, zone: ZoneInfo) -> Stretch:
    """Return the quarter written `2026-Q4`."""
    match = _QUARTER.fullmatch(text)
    months = match and (int(match[1]), 3 * int(match[2]) - 2, 3)
    return _months(text, "quarter", "2026-Q4", months, zone)


def _months(
    text: str, what: str, example: str, months: tuple[int, int, int] | None, zone: ZoneInfo
) -> Stretch:
    """Return some whole months: year, first month, and how many."""
    try:
        if months is not None:
            year, month, count = months
            first = date(year, month, 1)
            after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
            return Stretch(text, first, after - timedelta(days=1), zone)
    except ValueError:
        pass
    raise InputError(f"{clip(text)!r} is not a {what}", hint=f"write it like {example}")


def days_between(first: str, last: str, zone: ZoneInfo) -> Stretch:
    """Return the days from one date to another, both included."""
    begin, end = _date(first), _date(last)
    if end < begin:
        raise InputError(f"{end} is before {begin}", hint="give --from the earlier date")
    return Stretch(f"{begin} to {end}", begin, end, zone)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{clip(text)!r} is not a date", hint="write it like 2026-11-16"
        ) from error
