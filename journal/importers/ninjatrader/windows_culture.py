"""Times and numbers of programs that print them by the culture of the computer they run on.

Which culture that was is decided from the whole file, and only where something proves it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.importers.times import TimeFormat

_POINT = re.compile(r"\.(?!\d{3}(?:\D|$))")
_SHAPE = re.compile(
    r"(?P<first>\d{1,4})(?P<mark>[./-])(?P<second>\d{1,2})[./-](?P<third>\d{2,4}) "
    r"\d{1,2}:\d{2}(?P<seconds>:\d{2})?(?P<half> [AaPp][Mm])?",
    re.ASCII,
)
_YEAR_DIGITS = 4
_MONTHS = 12


def decimal_mark(cells: Sequence[str]) -> str:
    """Return the mark of a file parted by semicolons: a comma, unless points only can be it."""
    if any("," in cell for cell in cells) or not any(_POINT.search(cell) for cell in cells):
        return ","
    return "."


def time_format(cells: Sequence[str], *, day_first: bool, where: str) -> TimeFormat:
    """Return how the times of a column are written.

    With slashes, day and month are told apart by a value above 12, or by the culture: month first
    is only written without leading zeros and with AM and PM, and `day_first` says that the file's
    delimiter is none of such a culture. With points or hyphens the day stands before the month.
    """
    for cell in cells:
        if match := _SHAPE.fullmatch(cell):
            return _format(_Shape.of(match), cells, day_first=day_first, where=where)
    return TimeFormat("M/D/YYYY h:mm:ss AP")


@dataclass(frozen=True, slots=True)
class _Shape:
    year_first: bool
    mark: str
    seconds: bool
    half: bool

    @classmethod
    def of(cls, match: re.Match[str]) -> _Shape:
        year_first = len(match["first"]) == _YEAR_DIGITS
        return cls(year_first, match["mark"], bool(match["seconds"]), bool(match["half"]))

    def format(self, *, day_first: bool) -> TimeFormat:
        first, second, third = ("D", "M", "YYYY") if day_first else ("M", "D", "YYYY")
        if self.year_first:
            first, second, third = "YYYY", "M", "D"
        clock = "h:mm" + (":ss" if self.seconds else "") + (" AP" if self.half else "")
        return TimeFormat(f"{first}{self.mark}{second}{self.mark}{third} {clock}")


def _format(shape: _Shape, cells: Sequence[str], *, day_first: bool, where: str) -> TimeFormat:
    if shape.year_first or shape.mark != "/":
        return shape.format(day_first=True)
    dates = [match for cell in cells if (match := _SHAPE.fullmatch(cell))]
    days_lead = any(int(date["first"]) > _MONTHS for date in dates)
    months_lead = any(int(date["second"]) > _MONTHS for date in dates)
    if days_lead != months_lead:
        return shape.format(day_first=days_lead)
    padded = any("0" in (date["first"][0], date["second"][0]) for date in dates)
    if not days_lead and (day_first or (shape.half and not padded)):
        return shape.format(day_first=day_first)
    raise InputError(
        "the times can be read with the day first or with the month first",
        where=where,
        hint="export a range with a day after the 12th in it",
    )
