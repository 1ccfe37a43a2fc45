"""Numbers and times as one reader wants them: the marks of a locale, the clock of a zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isnan
from zoneinfo import ZoneInfo

from journal.book.statistics import FEW, Interval
from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.reporting import readable

_UTC = ZoneInfo("UTC")

# As rules write them (see `journal.book.evidence`): an instant in UTC, and a number with a point
# that is no part of a name (T133.2) or of a time.
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?)(?:\.\d+)?Z")
_POINTED = re.compile(r"(?<![\w.:-])-?\d+\.\d+(?!\w|[.:]\d)")


@dataclass(frozen=True, slots=True)
class Words:
    """How numbers and times are written; what is not known is `?` in every locale."""

    zone: ZoneInfo = _UTC
    decimal: str = "."
    group: str = ","

    @classmethod
    def of(cls, zone: ZoneInfo, locale: str | None) -> Words:
        """Return the words of a locale such as `de_DE`; None writes as program text does."""
        if locale is None:
            return cls(zone)
        from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - rarely asked for
        from babel.numbers import get_decimal_symbol, get_group_symbol  # noqa: PLC0415 - the same

        try:
            parsed = Locale.parse(locale.partition(".")[0].replace("-", "_"))
        except (ValueError, UnknownLocaleError) as error:
            raise InputError(
                f"locale {clip(locale)!r} is not known", hint="e.g. `--locale de_DE` or `en_GB`"
            ) from error
        return cls(zone, get_decimal_symbol(parsed), get_group_symbol(parsed))

    def marked(self, text: str) -> str:
        """Return a number written by the program with the marks of this locale."""
        if (self.decimal, self.group) == (".", ","):
            return text
        return text.translate({ord("."): self.decimal, ord(","): self.group})

    def sentence(self, message: str) -> str:
        """Return a rule's message with its times by the clock of the zone, its numbers marked.

        Times keep their seconds, which may be all that sets two of them apart.
        """
        local = _INSTANT.sub(lambda found: self._clock(found[1], bool(found[2])), message)
        return _POINTED.sub(lambda found: self.marked(found[0]), local)

    def _clock(self, written: str, seconds: bool) -> str:  # noqa: FBT001 - of one call above
        at = datetime.fromisoformat(written).replace(tzinfo=UTC).astimezone(self.zone)
        return f"{at:%Y-%m-%d %H:%M:%S}" if seconds else f"{at:%Y-%m-%d %H:%M}"

    def money(self, value: float | None, currency: str = "", *, signed: bool = False) -> str:
        """Return an amount to the cent, with its currency if one is named."""
        text = self.marked(readable.money(_told(value), signed=signed))
        return f"{text} {currency}" if currency else text

    def number(self, value: float | str | None) -> str:
        """Return a price or a quantity."""
        return self.marked(readable.number(value if isinstance(value, str) else _told(value)))

    def multiple(self, value: float | None) -> str:
        """Return an R multiple with its sign."""
        return self.marked(readable.multiple(_told(value)))

    def percent(self, value: float | None, digits: int = 0) -> str:
        """Return a fraction in percent."""
        return self.marked(readable.percent(_told(value), digits))

    def share(self, part: int, whole: int) -> str:
        """Return a rate with its denominator, without a figure where there are too few."""
        if whole < FEW:
            return too_few(whole)
        return f"{self.percent(part / whole)} ({part} of {whole})"

    def between(self, interval: Interval | None) -> str:
        """Return the bounds of a share."""
        if interval is None:
            return ""
        return f"{self.percent(interval.low)} to {self.percent(interval.high)}"

    def between_multiples(self, interval: Interval | None) -> str:
        """Return the bounds of a mean in R."""
        if interval is None:
            return ""
        return f"{self.multiple(interval.low)} to {self.multiple(interval.high)}"

    def minute(self, at: datetime | None) -> str:
        """Return a time to the minute, by the clock of the zone."""
        return readable.minute(at.astimezone(self.zone) if at else None)

    def day(self, at: datetime) -> str:
        """Return the day an instant falls on in the zone."""
        return readable.day(at.astimezone(self.zone))

    def date_of(self, at: datetime) -> date:
        """Return the same as a date."""
        return at.astimezone(self.zone).date()

    def local(self, at: datetime) -> datetime:
        """Return an instant as the wall clock of the zone shows it, for an axis."""
        return at.astimezone(self.zone).replace(tzinfo=None)


def _told(value: float | None) -> float | None:
    """Return what is known: frames have NaN for what is not."""
    return None if value is None or isnan(value) else float(value)


def too_few(count: int) -> str:
    """Say that a rate of so few would mean nothing."""
    return f"too few (n = {count})"


def utc(at: datetime) -> str:
    """Return an instant in UTC for a machine."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
