"""The text of a map: TOML, whose every key is known and every error names its key."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import TypeVar

from journal.domain.errors import InputError
from journal.domain.fill import Liquidity, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip
from journal.domain.plan import Direction
from journal.importers.mapped.clock import PrintedTimes
from journal.importers.mapped.mapping import (
    AmountIs,
    Columns,
    FeeSign,
    LineEnd,
    Map,
    Shape,
    SymbolKind,
    Words,
)
from journal.importers.mapped.section import Section
from journal.importers.source import SourceFile

_DELIMITERS = (",", ";", "\t", "|")

Meaning = TypeVar("Meaning")


def read_map(file: SourceFile) -> Map:
    """Read a map, or say which line or key of it is wrong and what to write."""
    try:
        content = tomllib.loads(file.text())
    except tomllib.TOMLDecodeError as error:
        problem, _, place = str(error).partition(" (at ")
        raise InputError(
            f"the map is not TOML: {problem[:1].lower()}{problem[1:]}",
            where=f"{file.name} {place.rstrip(')')}",
            hint='texts stand in quotes, names with blanks too: "Trade Date" = "..."',
        ) from error
    except RecursionError as error:
        raise InputError(
            "the map is nested too deeply", where=file.name, hint="a map has tables of two levels"
        ) from error
    try:
        return _map(Section(content))
    except InputError as error:
        raise error.located(file.name) from error


def _map(top: Section) -> Map:
    name = top.required("name", "my-broker")
    shape = _shape(top.section("file"))
    columns = _columns(top.section("columns"))
    times, zone = _times(top.section("time"))
    words = _words(top, columns)
    symbol_kind = _symbol_kind(top.section("symbol"))
    amount, fee = top.section("amount"), top.section("fee")
    found = Map(
        name,
        columns,
        times,
        words,
        symbol_kind,
        zone,
        shape,
        amount.choice("is", AmountIs),
        fee.choice("sign", FeeSign),
        fee.optional("currency", "USD"),
        _symbols(top.section("symbols")),
        _ignored(top.section("ignore")),
        _instruments(top.section("instruments")),
    )
    for section in (amount, fee, top):
        section.done()
    return found


def _shape(section: Section) -> Shape:
    found = Shape(
        section.optional("delimiter", ";"),
        section.several("header", "Trade Date"),
        section.optional("decimal", ".") or ".",
        section.several("footer", "Total"),
        section.choice("line_end", LineEnd) or LineEnd.REQUIRED,
    )
    section.done()
    if found.delimiter not in (None, *_DELIMITERS):
        raise InputError(
            f"`file.delimiter` is {clip(str(found.delimiter))!r}, which parts no cells",
            hint='write "," or ";" or "\\t" (tab) or "|", or leave it out',
        )
    if found.decimal not in (".", ","):
        raise InputError(
            f"`file.decimal` is {clip(found.decimal)!r}, which is no decimal mark",
            hint='write "." where 1.5 is one and a half, "," where 1,5 is',
        )
    if "" in found.footer:
        raise InputError(
            "`file.footer` has an empty text, with which every row begins",
            hint='write how the rows below the table begin, e.g. footer = ["Total"]',
        )
    return found


def _columns(section: Section) -> Columns:
    time = section.optional("time", "Time")
    date, clock = section.optional("date", "Date"), section.optional("clock", "Time")
    if bool(time) == bool(date) or (clock and not date):
        raise InputError(
            "`columns` needs `time`, or `date` and `clock`",
            hint='write time = "Trade Date" if one column says when, else date = "Date" and '
            'clock = "Time"',
        )
    found = Columns(
        (time,) if time else tuple(title for title in (date, clock) if title),
        section.required("symbol", "Symbol"),
        section.required("quantity", "Quantity"),
        _price(section),
        section.optional("side", "Side"),
        section.optional("amount", "Net Amount"),
        section.several("fee", "Commission"),
        *(
            section.optional(key, title)
            for key, title in (
                ("fee_currency", "Fee Currency"),
                ("id", "Trade ID"),
                ("order", "Order ID"),
                ("account", "Account"),
                ("liquidity", "Liquidity"),
                ("position", "Position"),
                ("closes", "Open/Close"),
            )
        ),
    )
    section.done()
    return found


def _price(section: Section) -> str:
    price = section.optional("price", "Price")
    if price is None:
        raise section.missing(
            "price", "name its column: a price is never computed from the amount, which may be net"
        )
    return price


def _times(section: Section) -> tuple[PrintedTimes, str | None]:
    patterns = section.several("format", "YYYY-MM-DD hh:mm:ss")
    if not patterns:
        raise section.missing("format", 'write e.g. format = "YYYY-MM-DD hh:mm:ss"')
    zone = section.optional("zone", "Europe/Berlin")
    section.done()
    return PrintedTimes(patterns), zone


def _words(top: Section, columns: Columns) -> Words:
    found = Words(
        _meanings(top.section("side"), {"buy": Side.BUY, "sell": Side.SELL}),
        _meanings(top.section("liquidity"), {"maker": Liquidity.MAKER, "taker": Liquidity.TAKER}),
        _meanings(
            top.section("position"),
            {"long": Direction.LONG, "short": Direction.SHORT, "net": None},
        ),
        _meanings(top.section("closes"), {"yes": True, "no": False}),
    )
    for name in ("side", "liquidity", "position", "closes"):
        if getattr(columns, name) is None and top.section(name).words():
            raise InputError(
                f"[{name}] explains the words of a column that `columns.{name}` does not name",
                hint=f"name the column, or leave [{name}] out",
            )
    return found


def _meanings(section: Section, meanings: Mapping[str, Meaning]) -> dict[str, Meaning]:
    """Return what each word means, in small letters; a meaning's own name by default."""
    found: dict[str, Meaning] = {}
    for key, meaning in meanings.items():
        for word in section.several(key, key.upper()) or (key,):
            if word.strip().casefold() in found:
                raise InputError(
                    f"{section.named(key)} has {clip(word)!r}, which is given another meaning",
                    hint="capitals make no difference; leave the word in one of them",
                )
            found[word.strip().casefold()] = meaning
    section.done()
    return found


def _symbol_kind(section: Section) -> SymbolKind:
    kind = section.choice("kind", SymbolKind)
    section.done()
    if kind is None:
        raise section.missing(
            "kind",
            'write kind = "as written", "pair" (BTCUSDT is BTC-USDT) or "perpetual" '
            "(BTCUSDT is BTC-USDT-PERP)",
        )
    return kind


def _symbols(section: Section) -> dict[str, str]:
    found = {name: section.required(name, "TSLA") for name in section.words()}
    for symbol in found.values():
        check_symbol(symbol)
    return found


def _ignored(section: Section) -> dict[str, dict[str, str]]:
    found = {}
    for column in section.words():
        words = section.section(column)
        found[column] = {word: words.required(word, "dividend") for word in words.words()}
    return found


def _instruments(section: Section) -> dict[str, InstrumentTerms]:
    found = {}
    for symbol in section.words():
        check_symbol(symbol)
        one = section.section(symbol)
        found[symbol] = _terms(one)
        one.done()
    return found


def _terms(section: Section) -> InstrumentTerms:
    kind = section.choice("kind", Kind)
    if kind is None:
        raise section.missing("kind", 'write kind = "linear", "spot" or "inverse"')
    return InstrumentTerms(
        kind,
        section.required("base", "BTC"),
        section.required("quote", "USD"),
        section.number("multiplier"),
        section.number("tick"),
        section.number("lot"),
    )
