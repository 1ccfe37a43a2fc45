"""The clocks that brokers in the United States name by a few letters, and offsets in words."""

from __future__ import annotations

from datetime import timedelta, timezone

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.zones import Zone, fixed_offset

# Each names one offset, in summer or in winter: nothing about them is ambiguous.
_HOURS = {
    "EDT": -4, "EST": -5, "CDT": -5, "CST": -6, "MDT": -6, "MST": -7, "PDT": -7, "PST": -8,
}  # fmt: skip


def named_zone(text: str) -> Zone:
    """Return the zone that `EDT`, `GMT-04` or `+01:00` names, or refuse the word."""
    hours = _HOURS.get(text)
    if hours is not None:
        return Zone(timezone(timedelta(hours=hours)))
    zone = fixed_offset(text)
    if zone is None:
        raise InputError(
            f"{clip(text)!r} is not a time zone that this venue prints",
            hint="known are EST, EDT, CST, CDT, MST, MDT, PST, PDT, UTC and offsets",
        )
    return zone
