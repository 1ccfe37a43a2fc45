"""Times as venues print them: one explicit format a column, never guessed.

A format is written with `YYYY YY MM DD hh mm ss`, `M D h` for one or two digits, `f` for the
fraction of a second, `AP` for AM or PM, `ZZ` for an offset from UTC such as `+02:00` or `Z`;
everything else stands for itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from journal.domain.errors import InputError
from journal.domain.moment import Moment, Precision
from journal.domain.money import clip
from journal.importers.zones import UTC_ZONE, Zone, fixed_offset

_TOKENS = {
    "YYYY": r"(?P<year>\d{4})",
    "YY": r"(?P<short>\d{2})",
    "MM": r"(?P<month>\d{2})",
    "M": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{2})",
    "D": r"(?P<day>\d{1,2})",
    "hh": r"(?P<hour>\d{2})",
    "h": r"(?P<hour>\d{1,2})",
    "mm": r"(?P<minute>\d{2})",
    "ss": r"(?P<second>\d{2})",
    "f": r"(?P<fraction>\d{1,9})",
    "AP": r"(?P<half>[AaPp][Mm])",
    "ZZ": r"(?P<offset>Z|[+-]\d{2}(?::?\d{2})?)",
}
TOKEN = re.compile("YYYY|YY|MM|M|DD|D|hh|h|mm|ss|f|AP|ZZ")
_CENTURY = 2000
_NOON = 12
_MILLISECOND_DIGITS = 3
_MICROSECOND_DIGITS = 6


@dataclass(frozen=True, slots=True)
class TimeFormat:
    """How a column prints its times."""

    pattern: str
    _regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        parts, position = [], 0
        for token in TOKEN.finditer(self.pattern):
            parts += [re.escape(self.pattern[position : token.start()]), _TOKENS[token[0]]]
            position = token.end()
        parts.append(re.escape(self.pattern[position:]))
        object.__setattr__(self, "_regex", re.compile("".join(parts), re.ASCII))

    @property
    def parts(self) -> frozenset[str]:
        """Return what it prints: year (short if of two digits), month, day, hour, half, ..."""
        return frozenset(self._regex.groupindex)

    def fits(self, text: str) -> bool:
        """Whether the text looks like this, real date or not."""
        return self._regex.fullmatch(text) is not None

    def read(self, text: str, zone: Zone = UTC_ZONE, what: str = "time") -> Moment:
        """Read a time printed by the clock of that zone."""
        match = self._regex.fullmatch(text)
        if match is None:
            raise InputError(
                f"{what} {clip(text)!r} is not written like {self.pattern}",
                hint="import the file exactly as it was exported",
            )
        parts = match.groupdict()
        return _moment(parts, text, _printed_zone(parts, text, what) or zone, what)


def _printed_zone(parts: dict[str, str | None], text: str, what: str) -> Zone | None:
    offset = parts.get("offset")
    zone = fixed_offset(offset) if offset else None
    if offset and zone is None:
        raise InputError(f"{what} {clip(text)!r} is farther from UTC than any clock")
    return zone


def _moment(parts: dict[str, str | None], text: str, zone: Zone, what: str) -> Moment:
    year = parts.get("year") or str(_CENTURY + int(parts.get("short") or 0))
    fraction = (parts.get("fraction") or "")[:_MICROSECOND_DIGITS]
    try:
        naive = datetime(  # noqa: DTZ001 - the zone is attached at the end
            int(year),
            int(parts["month"] or 0),
            int(parts["day"] or 0),
            _hour(parts),
            int(parts.get("minute") or 0),
            int(parts.get("second") or 0),
            int(fraction.ljust(_MICROSECOND_DIGITS, "0")),
        )
        if parts.get("hour") is None:
            return Moment(naive.replace(tzinfo=UTC), Precision.DAY)
        return Moment(zone.utc(naive), _precision(parts.get("second"), fraction))
    except (ValueError, OverflowError) as error:
        raise InputError(
            f"{what} {clip(text)!r} does not exist: {error}",
            hint="import the file exactly as it was exported",
        ) from error


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts.get("hour") or 0), parts.get("half")
    if half is None:
        return hour
    if not 1 <= hour <= _NOON:
        msg = f"hour {hour} has no {half}"
        raise ValueError(msg)
    return hour % _NOON + (_NOON if half.upper() == "PM" else 0)


def _precision(second: str | None, fraction: str) -> Precision:
    if second is None:
        return Precision.MINUTE
    if not fraction:
        return Precision.SECOND
    if len(fraction) <= _MILLISECOND_DIGITS:
        return Precision.MILLISECOND
    return Precision.MICROSECOND


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_MS = re.compile(r"\d{12,14}", re.ASCII)


def epoch_ms(text: str, what: str = "time") -> Moment:
    """Read milliseconds since 1970; anything before 2001 or after 2286 is no such number."""
    if not _EPOCH_MS.fullmatch(text) or text.startswith("0"):
        raise InputError(
            f"{what} {clip(text)!r} is not a time in milliseconds since 1970",
            hint="import the file exactly as it was exported",
        )
    try:
        at = _EPOCH + timedelta(milliseconds=int(text))
    except OverflowError as error:
        raise InputError(f"{what} {clip(text)!r} does not exist: {error}") from error
    return Moment(at, Precision.MILLISECOND)
