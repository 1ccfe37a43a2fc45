"""Numbers and times for reading; what is not known is `?`, and no rate stands without its n."""

from __future__ import annotations

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from journal.domain.money import canonical

UNKNOWN = "?"

_SIGNIFICANT = 6
_SMALL = 0.1
_NOISE = 1e-9
_CENT = Decimal("0.01")


def minute(at: datetime | None) -> str:
    """Return a UTC time for reading, to the minute."""
    return UNKNOWN if at is None else f"{at:%Y-%m-%d %H:%M}"


def minute_or_date(at: datetime, on: date | None) -> str:
    """Return a UTC time to the minute, or the date that was all that was written."""
    return minute(at) if on is None else on.isoformat()


def day(at: datetime) -> str:
    """Return a UTC day for reading."""
    return f"{at:%Y-%m-%d}"


def number(value: float | str | None) -> str:
    """Return a price or a quantity for reading: six significant digits, or all before the point."""
    if value is None:
        return UNKNOWN
    given = Decimal(value) if isinstance(value, str) else Decimal(f"{value:.15g}")
    whole = len(str(abs(int(given))))
    return canonical(Decimal(f"{given:.{max(_SIGNIFICANT, whole + 2)}g}"))


def money(value: float | None, *, signed: bool = False) -> str:
    """Return an amount of money for reading: to the cent, below one in three figures (coins)."""
    if value is None:
        return UNKNOWN
    if _NOISE < abs(value) < _SMALL:
        small = format(Decimal(f"{value:.3g}"), "f")
        return small if small.startswith("-") or not signed else f"+{small}"
    cents = Decimal(f"{value:.15g}").quantize(_CENT, ROUND_HALF_UP)
    text = f"{cents:+,}" if signed else f"{cents:,}"
    return "0.00" if not cents else text


def multiple(value: float | None) -> str:
    """Return an R multiple for reading, with its sign."""
    if value is None:
        return UNKNOWN
    text = f"{value:+.2f}R"
    return "+0.00R" if text == "-0.00R" else text


def percent(value: float | None, digits: int = 0) -> str:
    """Return a fraction for reading."""
    return UNKNOWN if value is None else f"{100 * value:.{digits}f}%"


def rate(part: int, whole: int) -> str:
    """Return a rate that is never without its denominator."""
    return f"{percent(part / whole)} ({part} of {whole})" if whole else "nothing judged yet (n = 0)"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return `3 trades`, `1 trade`; `many` where the plural is not made with an s."""
    return f"{number} {one if number == 1 else many or one + 's'}"
