"""BitMEX: times in UTC, or as the trader's browser prints them, told from all of a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.importers.times import TimeFormat
from journal.importers.zones import UTC_ZONE, Zone, asked_zone

_ISO = (TimeFormat("YYYY-MM-DDThh:mm:ss.fZ"), TimeFormat("YYYY-MM-DDThh:mm:ssZ"))
_MONTH_FIRST = (TimeFormat("M/D/YYYY, h:mm:ss AP"), TimeFormat("M/D/YYYY, hh:mm:ss"))
_DAY_FIRST = (TimeFormat("D/M/YYYY, h:mm:ss AP"), TimeFormat("D/M/YYYY, hh:mm:ss"))
_LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}, .+", re.ASCII)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Clock:
    """How a file prints its times."""

    formats: tuple[TimeFormat, ...]
    zone: Zone

    @classmethod
    def of(cls, times: Sequence[str], file: str, zone: Zone | None) -> Clock:
        """Return the clock that printed these times, or say what is not known of it."""
        pairs = [match.groups() for time in times if (match := _LOCAL.fullmatch(time))]
        if not pairs:
            return cls(_ISO, UTC_ZONE)
        day_first = any(int(first) > _MONTHS for first, _ in pairs)
        month_first = any(int(second) > _MONTHS for _, second in pairs)
        if day_first is month_first:
            raise InputError(
                f"whether {pairs[0][0]}/{pairs[0][1]} is day and month or month and day cannot be "
                "told from the times in this file",
                where=file,
                hint="export a longer period, with a day after the 12th of a month in it",
            )
        return cls(_DAY_FIRST if day_first else _MONTH_FIRST, asked_zone(zone, file))

    @property
    def is_local(self) -> bool:
        """Whether the times are of a zone that the file does not tell."""
        return self.formats is not _ISO

    def read(self, text: str) -> Moment:
        """Read one time."""
        form = next((form for form in self.formats if form.fits(text)), self.formats[0])
        return form.read(text, self.zone, "transactTime")
