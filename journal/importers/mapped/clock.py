"""The formats a table's times are printed in: several, if no text can mean two times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import combinations

from journal.domain.errors import InputError
from journal.domain.moment import Moment, Precision
from journal.domain.money import clip
from journal.importers.times import TOKEN, TimeFormat, epoch_ms
from journal.importers.zones import UTC_ZONE, Zone

EPOCHS = ("milliseconds", "seconds")

_MEANT = 'e.g. format = "YYYY-MM-DD hh:mm:ss", or "milliseconds" since 1970'
# Letters that other programs write formats with; here they would stand for themselves.
_FOREIGN = re.compile(r"%|[dHSYymMDhs]")
# Two days whose parts are all different, of one digit and of two.
_PROBES = (
    datetime(2031, 1, 2, 3, 4, 5, tzinfo=UTC),
    datetime(2031, 10, 12, 11, 14, 15, tzinfo=UTC),
)


@dataclass(frozen=True, slots=True)
class PrintedTimes:
    """How a table's times may be printed, each format as in `journal.importers.times`."""

    patterns: tuple[str, ...]
    _formats: tuple[TimeFormat, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        alone = [one for one in self.patterns if one in EPOCHS]
        if alone and len(self.patterns) > 1:
            raise InputError(
                f"`time.format` has {alone[0]} beside other formats",
                hint="a column of such numbers holds nothing else",
            )
        formats = () if alone else tuple(_format(one) for one in self.patterns)
        object.__setattr__(self, "_formats", formats)
        for one, other in combinations(formats, 2):
            _check_apart(one, other)

    @property
    def needs_zone(self) -> bool:
        """Whether some of them are of a clock that the text does not name."""
        return any("hour" in each.parts and "offset" not in each.parts for each in self._formats)

    def fits(self, text: str) -> bool:
        """Whether a text is printed in one of them."""
        if not self._formats:
            return _is_epoch(text, self.patterns[0])
        return any(each.fits(text) for each in self._formats)

    def read(self, text: str, zone: Zone | None, what: str) -> Moment:
        """Read a time printed by the clock of that zone."""
        if not self._formats:
            return _epoch(text, self.patterns[0], what)
        for each in self._formats:
            if each.fits(text):
                return each.read(text, zone or UTC_ZONE, what)
        raise InputError(f"{what} {clip(text)!r} is not written like {' or '.join(self.patterns)}")


def readings(text: str, formats: Sequence[str]) -> dict[str, Moment]:
    """Return what a text means in each of the formats that can read it."""
    found = {}
    for pattern in formats:
        try:
            found[pattern] = PrintedTimes((pattern,)).read(text, None, "time")
        except InputError:
            continue
    return found


def _format(pattern: str) -> TimeFormat:
    foreign = _FOREIGN.search(TOKEN.sub("", pattern))
    if foreign:
        raise InputError(
            f"`time.format` {clip(pattern)!r} has {foreign[0]!r}, which means nothing here",
            hint="parts are YYYY or YY, MM or M, DD or D, hh or h, mm, ss, f for the fraction, "
            "AP for AM or PM, ZZ for an offset",
        )
    try:
        found = TimeFormat(pattern)
    except re.error as error:
        raise InputError(
            f"`time.format` {clip(pattern)!r} has a part twice", hint=_MEANT
        ) from error
    said = found.parts
    for part, is_there in (
        ("year", bool({"year", "short"} & said)),
        ("month", "month" in said),
        ("day", "day" in said),
        ("hour", "hour" in said or not {"minute", "half"} & said),
    ):
        if not is_there:
            raise InputError(f"`time.format` {clip(pattern)!r} has no {part}", hint=_MEANT)
    return found


def _check_apart(one: TimeFormat, other: TimeFormat) -> None:
    for pattern in (one.pattern, other.pattern):
        for probe in _PROBES:
            text = printed(pattern, probe)
            meant = readings(text, (one.pattern, other.pattern))
            if len({moment.at for moment in meant.values()}) > 1:
                raise InputError(
                    f"`time.format` has {one.pattern} and {other.pattern}, but {text} could be "
                    "either",
                    hint="keep the one that the file is printed in",
                )


def printed(pattern: str, at: datetime) -> str:
    """Return a time as a format prints it."""
    words = {
        "YYYY": f"{at:%Y}", "YY": f"{at:%y}", "MM": f"{at:%m}", "M": str(at.month),
        "DD": f"{at:%d}", "D": str(at.day), "hh": f"{at:%H}", "h": str(at.hour),
        "mm": f"{at:%M}", "ss": f"{at:%S}", "f": "5", "AP": "AM", "ZZ": "+00:00",
    }  # fmt: skip
    return TOKEN.sub(lambda token: words[token[0]], pattern)


def _is_epoch(text: str, unit: str) -> bool:
    digits = {"milliseconds": r"\d{12,14}", "seconds": r"\d{9,11}"}[unit]
    return re.fullmatch(digits, text, re.ASCII) is not None


def _epoch(text: str, unit: str, what: str) -> Moment:
    if unit == "milliseconds":
        return epoch_ms(text, what)
    if not _is_epoch(text, unit):
        raise InputError(f"{what} {clip(text)!r} is not a time in seconds since 1970")
    return replace(epoch_ms(f"{text}000", what), precision=Precision.SECOND)
