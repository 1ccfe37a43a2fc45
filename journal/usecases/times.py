"""When something happened, as it is typed: a time of day, a local time, or a full one."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.domain.policy import SETTING_BY_KEY

_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?", re.ASCII)
_CLOCK_SLACK = float(SETTING_BY_KEY["clock_tolerance"].default or 0)


def typed_time(text: str, zone: ZoneInfo, now: Moment) -> Moment:
    """Read `14:30` as today in the zone, `2026-01-05 14:30` in the zone, or any full time."""
    if _TIME_OF_DAY.fullmatch(text):
        today = now.at.astimezone(zone).date()
        return Moment.parse(f"{today}T{text.zfill(5 if text.count(':') == 1 else 8)}", zone)
    return Moment.parse(text, zone)


def refuse_future(at: Moment, now: Moment) -> None:
    """Refuse what has not happened yet, give or take the difference of two clocks."""
    if (at.at - now.at).total_seconds() > _CLOCK_SLACK:
        raise InputError(
            f"{clip(str(at))} is in the future: it is {now} now",
            hint="times are in the account's time zone unless they end in Z or an offset",
        )
