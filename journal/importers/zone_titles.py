"""Columns whose title names the clock: `Filled Time(UTC+02:00)`, `Date(UTC+8)`."""

from __future__ import annotations

import re
from dataclasses import replace

from journal.domain.errors import InputError
from journal.importers.importer import Sample
from journal.importers.source import SourceFile
from journal.importers.zones import Zone, asked_zone, fixed_offset

_TITLE = re.compile(r"(?<=[A-Za-z]) ?\((UTC(?:[+-]\d{1,2}(?::\d{2})?)?)\)")
_HEAD_LINES = 3


def without_zones(sample: Sample) -> Sample:
    """Return the sample with plain titles, for telling formats apart."""
    text = "\n".join(
        [_TITLE.sub("", line) for line in sample.lines[:_HEAD_LINES]] + list(sample.lines[3:])
    )
    return Sample(text, tuple(text.splitlines()))


def zone_for(file: SourceFile, named: Zone | None, asked: Zone | None) -> Zone:
    """Return the zone that the titles name, else the one the user gave, or ask for it."""
    return named or asked_zone(asked, file.name)


def zone_of_titles(file: SourceFile) -> tuple[SourceFile, Zone | None]:
    """Return the file with plain titles, and the zone that they name, if any does.

    Titles that name different clocks refuse the file.
    """
    lines = file.text().splitlines(keepends=True)
    named: set[str] = set()
    for at, line in enumerate(lines[:_HEAD_LINES]):
        named |= set(_TITLE.findall(line))
        lines[at] = _TITLE.sub("", line)
    if not named:
        return file, None
    zones = {fixed_offset(text) for text in named}
    if len(zones) > 1 or None in zones:
        raise InputError(
            "the titles name no clock or several: " + ", ".join(sorted(named)),
            where=file.name,
            hint="import the file exactly as it was exported",
        )
    return replace(
        file, data="".join(lines).encode(), original=file.original or file.data
    ), zones.pop()
