"""The clock that a file's times were printed by: UTC, a fixed offset, or a named zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.moment import zone_named

_OFFSET = re.compile(r"(?:UTC|GMT)? ?([+-])(\d{1,2})(?::?(\d{2}))?", re.ASCII | re.IGNORECASE)
_IN_NAME = re.compile(r"\((UTC(?:[+-]\d{1,2}(?::?\d{2})?)?)\)|(?<![A-Za-z0-9])(UTC\+\d{1,2})(?!\d)")
_FARTHEST = timedelta(hours=14)


class RepeatedHour(StrEnum):
    """Which of two equal times is meant in the hour that a clock going back shows twice."""

    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Zone:
    """A clock; `repeated` decides the hour that happens twice, where somebody said so."""

    info: tzinfo
    repeated: RepeatedHour | None = None

    def utc(self, naive: datetime) -> datetime:
        """Return the instant of a wall-clock time, or refuse one that is skipped or repeated."""
        if self.info is UTC:
            return naive.replace(tzinfo=UTC)
        local = naive.replace(tzinfo=self.info, fold=self.repeated is RepeatedHour.SECOND)
        at = local.astimezone(UTC)
        if isinstance(self.info, ZoneInfo):
            other = local.replace(fold=not local.fold).astimezone(UTC)
            if at != other:
                self._decide(naive, at)
        return at

    def _decide(self, naive: datetime, at: datetime) -> None:
        exists = at.astimezone(self.info).replace(tzinfo=None) == naive
        if exists and self.repeated:
            return
        problem = "happens twice" if exists else "does not exist"
        raise InputError(
            f"{naive:%Y-%m-%d %H:%M} {problem} in {self.info}: the clocks change there"
            + ("; `--repeated-hour first` or `second` says which it was" if exists else ""),
            hint="check the zone that the times were printed in",
        )


UTC_ZONE = Zone(UTC)


def fixed_offset(text: str) -> Zone | None:
    """Return the zone that `UTC+8`, `GMT-04` or `+05:30` names, or None for other words."""
    if text.upper() in ("UTC", "GMT", "Z"):
        return UTC_ZONE
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes or 0))
    if shift > _FARTHEST:
        return None
    return Zone(timezone(-shift if sign == "-" else shift))


def zone_of(text: str, repeated: RepeatedHour | None = None) -> Zone:
    """Return the zone a user names: an IANA name or an offset from UTC."""
    return fixed_offset(text) or Zone(zone_named(text), repeated)


def zone_in_name(name: str) -> str | None:
    """Return the offset that a file's name tells, `trades(UTC+3).csv`; None for none or several."""
    found = {match[1] or match[2] for match in _IN_NAME.finditer(name)}
    offset = found.pop() if len(found) == 1 else ""
    return offset if fixed_offset(offset) else None


def asked_zone(zone: Zone | None, where: str | None = None) -> Zone:
    """Return the zone the user gave for a file that prints none, or ask for it."""
    if zone is None:
        raise InputError(
            "the times in this file have no time zone",
            where=where,
            hint="say whose clock printed them, e.g. `--timezone Europe/Berlin` or `UTC+3`",
        )
    return zone
