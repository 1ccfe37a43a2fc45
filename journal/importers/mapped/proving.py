"""Which formats a column's times are printed in: only what all of its values prove."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from itertools import product

from journal.importers.mapped.clock import EPOCHS, printed, readings

_YEARS_FIRST = ("YYYY-MM-DD", "YYYY/MM/DD", "YYYY.MM.DD", "YYYYMMDD")
_ORDERS = (
    ("DD", "MM", "YYYY"), ("MM", "DD", "YYYY"), ("D", "M", "YYYY"), ("M", "D", "YYYY"),
    ("YYYY", "M", "D"), ("DD", "MM", "YY"), ("MM", "DD", "YY"), ("YY", "MM", "DD"),
    ("D", "M", "YY"), ("M", "D", "YY"),
)  # fmt: skip
_JOINS = (" ", "T", ", ", ";")
_CLOCKS = (
    "hh:mm:ss", "hh:mm:ss.f", "hh:mm", "h:mm:ss AP", "h:mm AP", "h:mm:ssAP", "h:mmAP", "h:mm:ss",
    "h:mm", "hhmmss",
)  # fmt: skip
_ENDS = ("", "ZZ", " ZZ", " UTC")
_PROBE = datetime(2031, 10, 12, 11, 14, 15, tzinfo=UTC)

_FRACTION = re.compile(r"(:\d{2})\.\d+")
_OFFSET = re.compile(r"(:\d{2}(?:\.f)?)( ?)(?:Z|[+-]\d{2}(?::?\d{2})?)$")
_HALF = re.compile(r"[AaPp][Mm]\b")
_DIGITS = re.compile(r"\d+")
_CLOCK_ONLY = re.compile(r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?[AaPp][Mm])?")


@dataclass(frozen=True, slots=True)
class Proof:
    """The formats that are proved; what may be either of several; what none can read."""

    patterns: tuple[str, ...]
    doubts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unreadable: tuple[str, ...] = ()

    @property
    def has_clock(self) -> bool:
        """Whether some of the formats print more than the day."""
        every = [*self.patterns, *(one for _, several in self.doubts for one in several)]
        return any("h" in one or one in EPOCHS for one in every)


def proof(values: Sequence[str]) -> Proof:
    """Return which formats read the values; those that look alike must be read by one."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for value in dict.fromkeys(values):
        alike[_shape(value)].append(value)
    patterns: list[str] = []
    doubts: list[tuple[str, tuple[str, ...]]] = []
    unreadable: list[str] = []
    for shape, group in alike.items():
        meanings = {value: readings(value, _by_shape().get(shape, ())) for value in group}
        unreadable += [value for value, meaning in meanings.items() if not meaning]
        read = [meaning for meaning in meanings.values() if meaning]
        if not read:
            continue
        fitting = [one for one in read[0] if all(one in meaning for meaning in read)]
        different = _different(fitting, read)
        if len(different) == 1:
            patterns += [one for one in different if one not in patterns]
        else:
            said = different or dict.fromkeys(one for meaning in read for one in meaning)
            doubts.append((group[0], tuple(said)))
    return Proof(tuple(patterns), tuple(doubts), tuple(unreadable))


def is_clock(values: Sequence[str]) -> bool:
    """Whether a column holds times of day only."""
    return bool(values) and all(_CLOCK_ONLY.fullmatch(value) for value in values)


def _different(patterns: Sequence[str], read: Sequence[Mapping[str, object]]) -> list[str]:
    """Return the patterns without those that say the same of all values as an earlier one."""
    found: dict[tuple[object, ...], str] = {}
    for pattern in patterns:
        found.setdefault(tuple(meaning[pattern] for meaning in read), pattern)
    return list(found.values())


def _shape(text: str) -> str:
    """Return a text with its numbers told by length, one and two digits being alike."""
    text = _OFFSET.sub(r"\1\2Q", _FRACTION.sub(r"\1.f", text))
    text = _HALF.sub("H", text)
    return _DIGITS.sub(lambda run: str(max(len(run[0]), 2)), text)


@cache
def _by_shape() -> dict[str, list[str]]:
    dates = [*_YEARS_FIRST, *(mark.join(order) for order in _ORDERS for mark in "/.-")]
    clocks = ["".join(parts) for parts in product(_JOINS, _CLOCKS, _ENDS)]
    found: defaultdict[str, list[str]] = defaultdict(list)
    for date, clock in product(dates, ("", *clocks)):
        found[_shape(printed(date + clock, _PROBE))].append(date + clock)
    found["13"].append("milliseconds")
    found["10"].append("seconds")
    return dict(found)
