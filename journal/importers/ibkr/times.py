"""Interactive Brokers: times of a Flex query, in the date and time format that its author chose.

A query prints `20260518;093004` by default; its settings also offer dashes, slashes in either
order, month names, two-digit years, and four ways to part date and time. The zone is the
account's and mostly not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers.times import TimeFormat
from journal.importers.us_zones import named_zone
from journal.importers.zones import Zone, asked_zone

_TIME = re.compile(
    r"(?P<date>\d{8}|\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4}|\d{2}/\d{2}/\d{2}|\d{2}-[A-Za-z]{3}-\d{2})"
    r"(?:(?:;|, ?| |T)?(?P<clock>\d{6}|\d{2}:\d{2}:\d{2})"
    r"(?: ?(?P<zone>[A-Z]{2,5}|[+-]\d{2}:?\d{2}))?)?",
    re.ASCII,
)
_SLASHES = re.compile(r"(\d{2})/(\d{2})/(\d{2}|\d{4})", re.ASCII)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAY = TimeFormat("YYYY-MM-DD")
_SECOND = TimeFormat("YYYY-MM-DD hh:mm:ss")
_MOST_MONTHS = 12
_HINT = "set the query's date format to yyyyMMdd and run it again"


@dataclass(frozen=True, slots=True)
class FlexClock:
    """How the times of one file are read; `day_first` None means that no slashes stand in it."""

    zone: Zone | None
    day_first: bool | None

    @classmethod
    def of(cls, texts: Iterable[str], zone: Zone | None, where: str) -> FlexClock:
        """Find out from all dates of a file whether the day stands before the month."""
        firsts, seconds = 0, 0
        for text in texts:
            if match := _SLASHES.match(text):
                firsts = max(firsts, int(match[1]))
                seconds = max(seconds, int(match[2]))
        if not firsts:
            return cls(zone, None)
        if (firsts > _MOST_MONTHS) == (seconds > _MOST_MONTHS):
            raise InputError(
                "the dates in this file could be day/month or month/day", where=where, hint=_HINT
            )
        return cls(zone, firsts > _MOST_MONTHS)

    def needs_zone(self, text: str) -> bool:
        """Whether this time has a clock but no zone."""
        match = _TIME.fullmatch(text)
        return bool(match and match["clock"] and not match["zone"])

    def read(self, text: str, what: str) -> Moment:
        """Read a date, or a time of day, which needs the account's zone unless it names one."""
        match = _TIME.fullmatch(text)
        if match is None:
            raise InputError(f"{what} {clip(text)!r} is not a time of a Flex query", hint=_HINT)
        day = self._iso(match["date"], what)
        if match["clock"] is None:
            return _DAY.read(day, what=what)
        clock = match["clock"].replace(":", "")
        zone = named_zone(match["zone"]) if match["zone"] else asked_zone(self.zone)
        return _SECOND.read(f"{day} {clock[:2]}:{clock[2:4]}:{clock[4:]}", zone, what)

    def _iso(self, text: str, what: str) -> str:
        if text.isdigit():
            return f"{text[:4]}-{text[4:6]}-{text[6:]}"
        if slashes := _SLASHES.fullmatch(text):
            first, second, year = slashes.groups()
            day, month = (first, second) if self.day_first else (second, first)
            return f"{year if len(year) > len(day) else f'20{year}'}-{month}-{day}"
        if text[2] == "-":
            day, name, year = text.split("-")
            if name.upper() not in _MONTHS:
                raise InputError(f"{what} {clip(text)!r} has no English month name", hint=_HINT)
            return f"20{year}-{_MONTHS.index(name.upper()) + 1:02}-{day}"
        return text


def check_zone(clock: FlexClock, texts: Iterable[str], where: str) -> bool:
    """Ask for the zone once and for the whole file, if any of its times needs one."""
    if not any(clock.needs_zone(text) for text in texts):
        return False
    asked_zone(clock.zone, where)
    return True
