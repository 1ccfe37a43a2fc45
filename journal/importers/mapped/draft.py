"""A first map of a file: what its cells prove is filled in, the rest is asked in comments.

A draft of a file that proves everything can be used as it is. Where something has two readings
both are written down, and the map is refused until one of them is chosen.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from decimal import Decimal
from itertools import takewhile

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.instrument import check_symbol
from journal.domain.money import EXACT
from journal.importers.cells import check_amount
from journal.importers.mapped.guess import Guess, guess_of
from journal.importers.mapped.guessing import SIDES, closes, currency_in, misleading, status_of
from journal.importers.mapped.mapping import AmountIs, Columns, FeeSign
from journal.importers.mapped.rows import MappedRow
from journal.importers.mapped.shown import shown
from journal.importers.pairs import split_pair
from journal.importers.source import SourceFile

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ZONE = re.compile(r"\b(?:UTC|GMT)\b(?: ?[+-]\d{1,2}(?::\d{2})?)?")
_LISTED = 8
_WIDTH = 96


def draft(file: SourceFile) -> str:
    """Return the TOML of a map for this file."""
    found = guess_of(shown(file))
    lines = [
        f"# What the columns of {json.dumps(file.name)} mean. Correct it; --dry-run tries it.",
        'name = "my-broker"  # the source that its fills will name',
        *_file_lines(found),
        *_column_lines(found),
        *_time_lines(found),
        *_side_lines(found),
        *_closes_lines(found),
        *_status_lines(found),
        *_amount_lines(found),
        *_fee_lines(found),
        *_symbol_lines(found),
    ]
    return "\n".join(lines) + "\n"


def _file_lines(found: Guess) -> Iterator[str]:
    table = found.table
    yield from ("", "[file]")
    if table.delimiter:
        yield f"delimiter = {quoted(table.delimiter)}"
    yield from _listed("header", table.titles)
    if found.decimal:
        yield f"decimal = {quoted(found.decimal)}"
    else:
        numbers = [cell for title in found.columns.values() for cell in table.cells(title)]
        yield f'decimal = "?"  # {quoted(misleading(numbers))} can be read both ways: "." or ","'
    if table.open_end:
        yield 'line_end = "optional"  # so a cut in the last cell is not noticed'
    if footers := list(dict.fromkeys(row.first for row in _below(found))):
        yield f"# footer = [{_quoted(footers[:3])}]  # if rows that begin so are no fills"


def _listed(name: str, texts: Sequence[str]) -> Iterator[str]:
    """Return a list, of many texts one to a line."""
    line = f"{name} = [{_quoted(texts)}]"
    if len(line) <= _WIDTH:
        yield line
        return
    yield f"{name} = ["
    yield from (f"  {quoted(text)}," for text in texts)
    yield "]"


def _quoted(texts: Iterable[str]) -> str:
    return ", ".join(quoted(text) for text in texts)


def _below(found: Guess) -> list[MappedRow]:
    """Return the last rows, as far as they have no time."""
    rows = list(takewhile(lambda row: not _has_time(found, row), reversed(found.table.rows)))
    return rows[::-1] if len(rows) < len(found.table.rows) else []


def _has_time(found: Guess, row: MappedRow) -> bool:
    if row.problem:
        return False
    text = " ".join(row[title] for title in found.time).strip()
    return bool(text) and text not in found.proof.unreadable


def _column_lines(found: Guess) -> Iterator[str]:
    yield from ("", "[columns]")
    names = ("time",) if len(found.time) < 2 else ("date", "clock")  # noqa: PLR2004 - the pair
    for name, title in zip(names, found.time or ("",), strict=True):
        yield f"{name} = {quoted(title)}" if title else '# time = ""  # which column says when?'
    for each in fields(Columns):
        if each.name in found.columns:
            yield f"{each.name} = {quoted(found.columns[each.name])}"
        elif each.name in ("symbol", "quantity", "price"):
            yield f'# {each.name} = ""  # which column is it?'
    taken = {*found.time, *found.columns.values()}
    if others := [title for title in found.table.titles if title and title not in taken]:
        yield f"# not read: {_quoted(others)}"


def _time_lines(found: Guess) -> Iterator[str]:
    yield from ("", "[time]")
    for value, patterns in found.proof.doubts:
        yield f"# {quoted(value)} can be read in {len(patterns)} ways, and no value says which:"
        yield from (f"# format = {quoted(pattern)}" for pattern in patterns)
    patterns = found.proof.patterns
    if found.proof.doubts:
        yield from (f"# and, beside it in a list: {quoted(pattern)}" for pattern in patterns)
    elif not patterns:
        yield '# format = "YYYY-MM-DD hh:mm:ss"'
    elif len(patterns) == 1:
        yield f"format = {quoted(patterns[0])}"
    else:
        yield f"format = [{_quoted(patterns)}]"
    footers = {row.first for row in _below(found)}
    strange = [value for value in found.proof.unreadable if value not in footers]
    for value in strange[:_LISTED]:
        yield f"# no time, so its row is refused: {quoted(value)}"
    yield from _zone_lines(found)


def _zone_lines(found: Guess) -> Iterator[str]:
    if not found.proof.has_clock:
        return
    patterns = [*found.proof.patterns, *(one for _, some in found.proof.doubts for one in some)]
    local = [one for one in patterns if "h" in one and not one.endswith("ZZ")]
    if not local:
        return
    named = _ZONE.search(" ".join((*found.time, *local)))
    if named:
        yield f"zone = {quoted(named[0].replace(' ', ''))}"
    else:
        yield '# zone = "Europe/Berlin"  # whose clock printed them? Or say --timezone'


def _side_lines(found: Guess) -> Iterator[str]:
    title = found.columns.get("side")
    if title is None:
        yield from ("", "# No column of sides: a quantity below zero is a sell.")
        return
    words = Counter(row[title] for row in found.table.rows if not row.problem)
    yield from ("", "[side]")
    for side in Side:
        known = [word for word in words if SIDES.get(word.casefold()) is side]
        yield f"{side} = [{_quoted(known or [side])}]"
    others = [word for word in words if word.casefold() not in SIDES]
    if others:
        yield from ("", "# Rows of other words are refused, unless they are sides or no fills:")
        yield f"# [ignore.{key(title)}]"
    for word in others:
        kind = word.casefold() or "nothing"
        yield f"# {key(word)} = {quoted(kind)}  # {_rows(words[word])}"


def _closes_lines(found: Guess) -> Iterator[str]:
    title = found.columns.get("closes")
    if title is None:
        return
    is_side = title == found.columns.get("side")
    words = dict.fromkeys(found.table.cells(title))
    said = {word: closes(word, is_side=is_side) for word in words if word}
    yield from ("", "[closes]  # whether a fill can only reduce a position")
    for name, meaning in (("yes", True), ("no", False)):
        if known := [word for word, means in said.items() if means is meaning]:
            yield f"{name} = [{_quoted(known)}]"
    if not is_side and (unknown := [word for word, means in said.items() if means is None]):
        yield f"# not known, so their rows are refused: {_quoted(unknown)}"


def _rows(count: int) -> str:
    return f"{count} row" if count == 1 else f"{count} rows"


def _status_lines(found: Guess) -> Iterator[str]:
    for title in status_of(found.table.titles):
        words = Counter(row[title] for row in found.table.rows if not row.problem)
        yield from ("", "# Are all of these fills? A word that marks a row as none goes here:")
        yield f"# [ignore.{key(title)}]"
        for word, count in words.most_common(_LISTED):
            yield f"# {key(word)} = {quoted(word.casefold() or 'nothing')}  # {_rows(count)}"


def _amount_lines(found: Guess) -> Iterator[str]:
    if "amount" not in found.columns:
        return
    rows, fits = _tried(found)
    best = max(AmountIs, key=lambda each: fits[each])
    yield from ("", "[amount]  # checks quantity and price")
    if 2 * fits[best] > rows:
        yield f"is = {quoted(best)}  # fits {fits[best]} of {_rows(rows)}"
    else:
        yield 'is = "?"  # "gross" or "net" of fees; it fits neither: leave columns.amount out?'


def _tried(found: Guess) -> tuple[int, Counter[AmountIs]]:
    """Return how many rows have all numbers, and how many of them each kind of amount fits."""
    rows, fits = 0, Counter[AmountIs]()
    for row in found.table.rows:
        numbers = found.numbers(row, "quantity", "price", "amount")
        side = found.side(row)
        if numbers and side:
            rows += 1
            fits.update(_fitting(numbers, found.numbers(row, "fee"), side))
    return rows, fits


def _fitting(numbers: Sequence[Decimal], fee: Sequence[Decimal], side: Side) -> Iterator[AmountIs]:
    quantity, price, amount = numbers
    paid = EXACT.multiply(abs(fee[0]), Decimal(side.sign)) if fee else Decimal(0)
    for each, gross in (
        (AmountIs.GROSS, abs(amount)),
        (AmountIs.NET, EXACT.subtract(abs(amount), paid)),
    ):
        try:
            check_amount(quantity, price, gross)
        except InputError:
            continue
        yield each


def _fee_lines(found: Guess) -> Iterator[str]:
    if "fee" not in found.columns:
        return
    fees = [fee for row in found.table.rows for fee in found.numbers(row, "fee")]
    yield from ("", "[fee]")
    if all(fee >= 0 for fee in fees):
        yield f"sign = {quoted(FeeSign.COST)}"
    elif all(fee <= 0 for fee in fees):
        yield f"sign = {quoted(FeeSign.NEGATIVE_IS_COST)}  # unless all of them are rebates"
    else:
        yield 'sign = "?"  # there are fees above and below zero: "cost" or "negative is cost"'
    if "fee_currency" in found.columns:
        return
    if currency := currency_in(found.columns["fee"]):
        yield f"currency = {quoted(currency)}"
    else:
        yield '# currency = "USD"  # or "quote": what a pair is quoted in'


def _symbol_lines(found: Guess) -> Iterator[str]:
    names = found.table.cells(found.columns["symbol"]) if "symbol" in found.columns else []
    names = list(dict.fromkeys(names))
    yield from ("", "[symbol]")
    if names and all(_is_glued_pair(name) for name in names):
        yield f"# {quoted(names[0])} is a pair: keep the line that says of what."
        yield '# kind = "pair"  # spot'
        yield '# kind = "perpetual"'
        return
    yield 'kind = "as written"'
    if strange := [name for name in names if not _is_symbol(name)]:
        yield from ("", "# [symbols]")
        yield from (f'# {key(name)} = "SYMBOL"' for name in strange[:_LISTED])


def _is_glued_pair(name: str) -> bool:
    try:
        split_pair(name)
    except InputError:
        return False
    return name.isalnum()


def _is_symbol(name: str) -> bool:
    try:
        check_symbol(name)
    except InputError:
        return False
    return True


def quoted(text: str) -> str:
    """Return a text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def key(text: str) -> str:
    """Return a key as TOML writes it."""
    return text if _BARE.fullmatch(text) else quoted(text)
