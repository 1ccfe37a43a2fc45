"""The stretch of days a review covers, in the account's time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from journal.domain import days
from journal.domain.days import Days


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
    return _of(days.week_named(text), zone)


def week_of(at: datetime, zone: ZoneInfo) -> Stretch:
    """Return the ISO week an instant falls in."""
    day = at.astimezone(zone).date()
    return _of(days.week_from(day - timedelta(days=day.weekday())), zone)


def month_named(text: str, zone: ZoneInfo) -> Stretch:
    """Return the month written `2026-11`."""
    return _of(days.month_named(text), zone)


def quarter_named(text: str, zone: ZoneInfo) -> Stretch:
    """Return the quarter written `2026-Q4`."""
    return _of(days.quarter_named(text), zone)


def days_between(first: str, last: str, zone: ZoneInfo) -> Stretch:
    """Return the days from one date to another, both included."""
    return _of(days.days_between(first, last), zone)


def _of(named: Days, zone: ZoneInfo) -> Stretch:
    return Stretch(named.label, named.first, named.last, zone)
