"""The days a review covers, by the label that names them: a week, a month, a quarter, two dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import clip

_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)
_BETWEEN = " to "


class Unit(StrEnum):
    """What a label names."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days from `first` to `last`, both included; `label` is how a reader calls them."""

    label: str
    first: date
    last: date
    unit: Unit


def days_named(label: str) -> Days:
    """Return the days of a label: a week, a month, a quarter, `2026-11-01 to 2026-11-09`."""
    if _BETWEEN in label:
        first, _, last = label.partition(_BETWEEN)
        return days_between(first, last)
    for pattern, named in ((_WEEK, week_named), (_MONTH, month_named), (_QUARTER, quarter_named)):
        if pattern.fullmatch(label):
            return named(label)
    raise InputError(
        f"{clip(label)!r} names no days",
        hint="write a week 2026-W47, a month 2026-11, a quarter 2026-Q4, "
        "or 2026-11-01 to 2026-11-09",
    )


def week_named(text: str) -> Days:
    """Return the ISO week written `2026-W47`."""
    match = _WEEK.fullmatch(text)
    try:
        if match is not None:
            return week_from(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except (ValueError, OverflowError):
        pass
    raise InputError(f"{clip(text)!r} is not a week", hint="write it like 2026-W47")


def week_from(monday: date) -> Days:
    """Return the ISO week that begins on a Monday."""
    year, week, _ = monday.isocalendar()
    return Days(f"{year}-W{week:02d}", monday, monday + timedelta(days=6), Unit.WEEK)


def month_named(text: str) -> Days:
    """Return the month written `2026-11`."""
    match = _MONTH.fullmatch(text)
    months = match and (int(match[1]), int(match[2]), 1)
    return _months(text, Unit.MONTH, "2026-11", months)


def quarter_named(text: str) -> Days:
    """Return the quarter written `2026-Q4`."""
    match = _QUARTER.fullmatch(text)
    months = match and (int(match[1]), 3 * int(match[2]) - 2, 3)
    return _months(text, Unit.QUARTER, "2026-Q4", months)


def _months(text: str, unit: Unit, example: str, months: tuple[int, int, int] | None) -> Days:
    """Return some whole months: year, first month, and how many."""
    try:
        if months is not None:
            year, month, count = months
            first = date(year, month, 1)
            after = date(year + (month + count - 1) // 12, (month + count - 1) % 12 + 1, 1)
            return Days(text, first, after - timedelta(days=1), unit)
    except ValueError:
        pass
    raise InputError(f"{clip(text)!r} is not a {unit}", hint=f"write it like {example}")


def days_between(first: str, last: str) -> Days:
    """Return the days from one date to another, both included."""
    begin, end = _date(first), _date(last)
    if end < begin:
        raise InputError(f"{end} is before {begin}", hint="give the earlier date first")
    return Days(f"{begin}{_BETWEEN}{end}", begin, end, Unit.DAYS)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            f"{clip(text)!r} is not a date", hint="write it like 2026-11-16"
        ) from error
