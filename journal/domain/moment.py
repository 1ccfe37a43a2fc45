"""Points in time that remember how precisely they were written.

`14:30Z` names a minute and `14:30:00Z` a second; a date alone names a day. Comparisons with a
fill allow for that width (rule contract, section 1), so it is kept beside the instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from journal.domain.errors import InputError
from journal.domain.money import clip


class Precision(StrEnum):
    """How finely a time was written."""

    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"
    MILLISECOND = "millisecond"
    MICROSECOND = "microsecond"


_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})"
    r"(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?"
    r"(Z|[+-]\d{2}:\d{2})?(?:\[([A-Za-z0-9_+/-]{1,64})\])?)?",
    re.ASCII,
)

_TIMESPECS = {
    Precision.MINUTE: "minutes",
    Precision.SECOND: "seconds",
    Precision.MILLISECOND: "milliseconds",
    Precision.MICROSECOND: "microseconds",
}

_MILLISECOND_DIGITS = 3


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """An instant in UTC and the precision it was written with.

    A day's `at` is midnight UTC of the calendar date; which instant that is in an account's own
    zone is decided where the account is known.
    """

    at: datetime
    precision: Precision

    def __post_init__(self) -> None:
        if self.at.tzinfo is not UTC:
            msg = f"a moment is kept in UTC, not {self.at!r}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Return the canonical text: ISO 8601 in UTC, as precise as it was written."""
        # strftime("%Y") does not pad years below 1000 everywhere.
        if self.precision is Precision.DAY:
            return self.at.date().isoformat()
        naive = self.at.replace(tzinfo=None)
        return naive.isoformat(timespec=_TIMESPECS[self.precision]) + "Z"

    @classmethod
    def of(cls, at: datetime) -> Moment:
        """Return an aware datetime as a moment in whole milliseconds, as the clock is recorded."""
        utc = at.astimezone(UTC)
        return cls(utc.replace(microsecond=utc.microsecond // 1000 * 1000), Precision.MILLISECOND)

    @classmethod
    def parse(cls, text: str, zone: ZoneInfo | None = None) -> Moment:
        """Read a date or an ISO 8601 time with `Z`, an offset, or a `[Zone/Name]` behind it.

        `zone` is what a time without any of them is read in; without it such a time is refused,
        and so is a local time that a clock change skips or repeats.
        """
        match = _TIME.fullmatch(text)
        if match is None:
            raise InputError(
                f"time {clip(text)!r} is not understood",
                hint="write it like 2026-01-05T14:30Z or 2026-01-05T14:30+01:00",
            )
        year, month, day, hour, minute, second, fraction, offset, name = match.groups()
        try:
            naive = datetime(  # noqa: DTZ001 - the zone is attached below, once it is known
                int(year),
                int(month),
                int(day),
                int(hour or 0),
                int(minute or 0),
                int(second or 0),
                int((fraction or "").ljust(6, "0")),
            )
            if hour is None:
                return cls(naive.replace(tzinfo=UTC), Precision.DAY)
            at = _attach(naive, text, offset, zone_named(name) if name else zone)
            return cls(at, _precision(second, fraction))
        except (ValueError, OverflowError) as error:
            raise InputError(
                f"time {clip(text)!r} does not exist: {error}",
                hint="check the month, the day and the hour",
            ) from error


def _precision(second: str | None, fraction: str | None) -> Precision:
    if second is None:
        return Precision.MINUTE
    if fraction is None:
        return Precision.SECOND
    if len(fraction) <= _MILLISECOND_DIGITS:
        return Precision.MILLISECOND
    return Precision.MICROSECOND


def _attach(naive: datetime, text: str, offset: str | None, zone: ZoneInfo | None) -> datetime:
    if offset == "Z":
        return naive.replace(tzinfo=UTC)
    if offset is not None:
        hours, minutes = int(offset[1:3]), int(offset[4:6])
        delta = timedelta(hours=hours, minutes=minutes)
        shift = timezone(-delta if offset[0] == "-" else delta)
        return naive.replace(tzinfo=shift).astimezone(UTC)
    if zone is None:
        raise InputError(
            f"time {clip(text)!r} has no time zone",
            hint="end it with Z for UTC, an offset such as +01:00, or [Europe/Berlin]",
        )
    return local_to_utc(naive, zone)


def local_to_utc(naive: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of a wall-clock time; one that is skipped or repeated is refused."""
    first = naive.replace(tzinfo=zone, fold=0).astimezone(UTC)
    second = naive.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if first == second:
        return first
    exists = first.astimezone(zone).replace(tzinfo=None) == naive
    problem = "happens twice" if exists else "does not exist"
    raise InputError(
        f"{naive:%Y-%m-%d %H:%M} {problem} in {zone.key}: the clocks change there",
        hint=f"give the offset, e.g. {naive:%Y-%m-%dT%H:%M}{_offset_text(first.astimezone(zone))}",
    )


def _offset_text(local: datetime) -> str:
    raw = local.strftime("%z")
    return f"{raw[:3]}:{raw[3:5]}"


def zone_named(name: str) -> ZoneInfo:
    """Return the IANA zone of that name or refuse it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"time zone {clip(name)!r} is not known", hint="use an IANA name such as Europe/Berlin"
        ) from error
