"""The indented lines of `plan` and `amend`: the ladder, its exits and its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.instrument import Instrument
from journal.domain.moment import Precision
from journal.domain.money import canonical
from journal.domain.notation.details import Detail, read_details
from journal.domain.notation.lexer import Line, quoted
from journal.domain.notation.quantities import (
    percent_text,
    read_at_price,
    read_price,
    read_size,
    size_text,
)
from journal.domain.notation.words import Words
from journal.domain.plan import EntryTranche, ExitTranche, Margin, PlanTerms, Size, SizeUnit

MARGINS: Mapping[str, Margin] = {margin.value: margin for margin in Margin}
REST = Size(SizeUnit.REST)


@dataclass(frozen=True, slots=True)
class Terms:
    """What terms are read in; only an amendment may drop a field with `none`."""

    instrument: Instrument
    zone: ZoneInfo | None
    amending: bool


TermReader = Callable[[Words, Terms], tuple[str, object]]


def read_terms(lines: Sequence[Line], context: Terms) -> tuple[PlanTerms, frozenset[str]]:
    """Return the terms and the names of the fields that were given."""
    found = read_details(lines, _TERMS, context)
    named = frozenset(found)
    for ladder in ("enters", "exits"):
        found[ladder] = tuple(found.get(ladder) or ())
    return PlanTerms(**found), named


def _dropped(words: Words, context: Terms) -> bool:
    if not words.accept("none"):
        return False
    if not context.amending:
        raise InputError("`none` drops what a plan said before", hint="leave the line out")
    return True


def _droppable(field: str, read: TermReader) -> TermReader:
    def read_or_drop(words: Words, context: Terms) -> tuple[str, object]:
        return (field, None) if _dropped(words, context) else read(words, context)

    return read_or_drop


def _thesis(words: Words, _context: Terms) -> tuple[str, object]:
    return "thesis", words.text("thesis")


def _enter(words: Words, context: Terms) -> tuple[str, object]:
    if words.accept("until"):
        if _dropped(words, context):
            return "enter_until_exit", None
        return "enter_until_exit", _exit_number(words)
    size = None
    if words.starts_with_number():
        size = read_size(words, context.instrument, "size")
    price = read_at_price(words, context.instrument) if words or size is None else None
    return "enters", EntryTranche(size, price)


def _maximum(words: Words, context: Terms) -> tuple[str, object]:
    size = read_size(words, context.instrument, "maximum")
    if size.unit is SizeUnit.FRACTION:
        raise InputError("a maximum is given in units or in money")
    return "maximum", size


def _price(field: str) -> TermReader:
    return lambda words, context: (field, read_price(words, context.instrument, field))


def _exit(words: Words, context: Terms) -> tuple[str, object]:
    rest = words.accept("rest")
    size = REST if rest else read_size(words, context.instrument, "size", "trail")
    if words.accept("trail"):
        return _trail_of(size, words)
    return "exits", ExitTranche(size, read_at_price(words, context.instrument, "target"))


def _trail(words: Words, _context: Terms) -> tuple[str, object]:
    return _trail_of(REST, words)


def _trail_of(size: Size, words: Words) -> tuple[str, object]:
    fraction = words.percent("trail")
    after = None
    if words.accept("after"):
        after = _exit_number(words)
    return "exits", ExitTranche(size, trail=fraction, trail_after=after)


def _breakeven(words: Words, _context: Terms) -> tuple[str, object]:
    words.expect("after")
    return "breakeven_after", _exit_number(words)


def _exit_number(words: Words) -> int:
    words.expect("exit")
    return words.whole("exit")


def _leverage(words: Words, _context: Terms) -> tuple[str, object]:
    leverage = words.number("leverage")
    if leverage <= 0:
        raise InputError(f"leverage {canonical(leverage)} is not above zero")
    return "leverage", leverage


def _margin(words: Words, _context: Terms) -> tuple[str, object]:
    return "margin", words.choice(MARGINS, "margin")


def _until(words: Words, context: Terms) -> tuple[str, object]:
    until = words.moment("time", context.zone)
    if until.precision is Precision.DAY:
        raise InputError(
            f"a plan ends at a time of day, not on {until}",
            hint=f"write it like `until {until}T00:00Z`",
        )
    return "until", until


def _detail(field: str, read: TermReader, example: str) -> Detail[Terms]:
    collected = field if field in ("enters", "exits") else None
    return Detail(_droppable(field, read), example, collected)


_TERMS: Mapping[str, Detail[Terms]] = {
    "thesis": _detail("thesis", _thesis, 'thesis "Weekly range low reclaimed"'),
    "enter": _detail("enters", _enter, "enter 3 @ 100"),
    "max": _detail("maximum", _maximum, "max 900 USDT"),
    "invalidation": _detail("invalidation", _price("invalidation"), "invalidation 88"),
    "stop": _detail("stop", _price("stop"), "stop 88"),
    "exit": _detail("exits", _exit, "exit 50% @ 110"),
    "trail": Detail(_trail, "trail 3% after exit 1", "exits"),
    "breakeven": _detail("breakeven_after", _breakeven, "breakeven after exit 1"),
    "leverage": _detail("leverage", _leverage, "leverage 5"),
    "margin": _detail("margin", _margin, "margin isolated"),
    "liquidation": _detail("liquidation", _price("liquidation"), "liquidation 81.5"),
    "until": _detail("until", _until, "until 2026-01-12T00:00Z"),
}


def write_terms(
    terms: PlanTerms, instrument: Instrument, named: frozenset[str] = frozenset()
) -> Iterator[tuple[str, str]]:
    """Write what the terms say, and `none` for what an amendment names without a value."""
    for field, (write, dropped) in _WRITTEN.items():
        value = getattr(terms, field)
        if isinstance(value, tuple) and value:
            yield from (write(tranche, instrument) for tranche in value)
        elif value is not None and value != ():
            yield write(value, instrument)
        elif field in named:
            yield dropped


def _write_enter(enter: EntryTranche, instrument: Instrument) -> tuple[str, str]:
    parts = []
    if enter.size is not None:
        parts.append(size_text(enter.size, instrument))
    if enter.price is not None:
        parts.append(f"@ {canonical(enter.price)}")
    return "enter", " ".join(parts)


def _write_exit(exit_: ExitTranche, instrument: Instrument) -> tuple[str, str]:
    size = size_text(exit_.size, instrument)
    if exit_.trail is None or exit_.target is not None:
        return "exit", f"{size} @ {canonical(exit_.target or Decimal())}"
    trail = percent_text(exit_.trail)
    if exit_.trail_after is not None:
        trail += f" after exit {exit_.trail_after}"
    return ("trail", trail) if exit_.size == REST else ("exit", f"{size} trail {trail}")


TermWriter = Callable[[Any, Instrument], tuple[str, str]]


def _single(keyword: str, text: Callable[[Any], str], before: str = "") -> TermWriter:
    return lambda value, _instrument: (keyword, before + text(value))


_WRITTEN: Mapping[str, tuple[TermWriter, tuple[str, str]]] = {
    "thesis": (_single("thesis", quoted), ("thesis", "none")),
    "enters": (_write_enter, ("enter", "none")),
    "maximum": (lambda size, inst: ("max", size_text(size, inst)), ("max", "none")),
    "invalidation": (_single("invalidation", canonical), ("invalidation", "none")),
    "stop": (_single("stop", canonical), ("stop", "none")),
    "exits": (_write_exit, ("exit", "none")),
    "breakeven_after": (_single("breakeven", str, "after exit "), ("breakeven", "none")),
    "enter_until_exit": (_single("enter", str, "until exit "), ("enter", "until none")),
    "leverage": (_single("leverage", canonical), ("leverage", "none")),
    "margin": (_single("margin", str), ("margin", "none")),
    "liquidation": (_single("liquidation", canonical), ("liquidation", "none")),
    "until": (_single("until", str), ("until", "none")),
}
