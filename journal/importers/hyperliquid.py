"""Hyperliquid: fills as its API gives them (`userFills`, `userFillsByTime`, slices of TWAPs).

The fee is a cost in `feeToken`, negative where a maker is paid, the builder's share included.
Perpetuals of the main exchange are settled in USDC; those of a builder's exchange (`xyz:TSLA`)
in the token of their fee. Sizes are base units. `startPosition` is what was held before the
fill: it shows a history that begins in the middle of a position, and fills that are missing.
`dir` says whether a fill opens, closes or does both. The block `liquidation` stands at both
sides of one: who was liquidated took, and closed. Spot pairs but PURR/USDC are told by a number
only and refused; prediction markets are none of the journal's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import EXACT, canonical, clip
from journal.importers.cells import check_fee, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.times import epoch_ms
from journal.importers.words import one_of, yes

NAME = "hyperliquid"


class Field(StrEnum):
    """The fields of a fill that are read."""

    COIN = "coin"
    PRICE = "px"
    SIZE = "sz"
    SIDE = "side"
    TIME = "time"
    HELD = "startPosition"
    DIRECTION = "dir"
    PROFIT = "closedPnl"
    ORDER = "oid"
    TAKER = "crossed"
    FEE = "fee"
    FEE_COIN = "feeToken"
    ID = "tid"
    LIQUIDATION = "liquidation"


_TELLING = frozenset({"coin", "px", "sz", "side", "startPosition", "dir", "closedPnl", "tid"})
_SIDES = {"B": Side.BUY, "A": Side.SELL}
_USDC = "USDC"
_NUMBERED_PAIR = re.compile(r"@\d+", re.ASCII)
_PERPETUAL = re.compile(r"(?:[a-z0-9]+:)?[A-Za-z0-9]+", re.ASCII)
_PAIR = re.compile(r"([A-Za-z0-9]+)/([A-Za-z0-9]+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Direction:
    """What a word says of a fill: its side, what must have been held (-1, 0, +1), if it closes."""

    side: Side | None = None
    held: int | None = None
    closes: bool = False
    opens: bool = False
    liquidation: bool = False


_DIRECTIONS = {
    "Open Long": _Direction(Side.BUY, 1, opens=True),
    "Open Short": _Direction(Side.SELL, -1, opens=True),
    "Close Long": _Direction(Side.SELL, 1, closes=True),
    "Close Short": _Direction(Side.BUY, -1, closes=True),
    "Long > Short": _Direction(Side.SELL, 1, closes=True, opens=True),
    "Short > Long": _Direction(Side.BUY, -1, closes=True, opens=True),
    "Liquidated Isolated Long": _Direction(Side.SELL, 1, closes=True, liquidation=True),
    "Liquidated Isolated Short": _Direction(Side.BUY, -1, closes=True, liquidation=True),
    "Liquidated Cross Long": _Direction(Side.SELL, 1, closes=True, liquidation=True),
    "Liquidated Cross Short": _Direction(Side.BUY, -1, closes=True, liquidation=True),
    "Auto-Deleveraging": _Direction(closes=True),
    "Settlement": _Direction(closes=True),
    "Buy": _Direction(Side.BUY),
    "Sell": _Direction(Side.SELL),
}
_IGNORED = {"Spot Dust Conversion": "dust conversion"}


def identify(sample: Sample) -> Identified:
    """Claim answers with fills."""
    return MINE if mostly(_TELLING, sample.json_keys()) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first, and tell where they do not follow on each other."""
    known: dict[str, InstrumentTerms] = {}
    held: dict[int, Decimal] = {}
    reading = collect(read_json(file, _TELLING), lambda row: _said(row, known, held))
    rows = _chained(oldest_first(reading.rows), held)
    return declared(replace(reading, rows=rows, notes=tuple(_gaps(rows, held))), known.get)


def _said(
    row: JsonRow, known: dict[str, InstrumentTerms], held: dict[int, Decimal]
) -> Event | Ignored:
    word = row[Field.DIRECTION]
    if word in _IGNORED:
        return Ignored(_IGNORED[word])
    direction = _DIRECTIONS.get(word)
    if direction is None:
        raise InputError(f"dir {clip(word)!r} is no direction that is known here")
    symbol, terms = _instrument(row)
    fill = _fill(row, symbol, direction)
    before = number(row[Field.HELD], Field.HELD)
    number(row[Field.PROFIT], Field.PROFIT)
    if terms:
        _check_held(fill, before, direction, word)
        held[row.number] = before
    event = Event(epoch_ms(row[Field.TIME]), fill)
    if terms:
        known[symbol] = terms
    return event


def _instrument(row: JsonRow) -> tuple[str, InstrumentTerms | None]:
    """Return the journal's symbol, and the terms of a perpetual."""
    coin = row[Field.COIN]
    if _NUMBERED_PAIR.fullmatch(coin):
        raise InputError(f"the spot pair {coin} is told by its number only, not by its coins")
    if pair := _PAIR.fullmatch(coin):
        row.require([Field.FEE_COIN])
        return f"{pair[1]}-{pair[2]}", None
    if not _PERPETUAL.fullmatch(coin):
        raise InputError(f"coin {clip(coin)!r} is no perpetual that is known here")
    quote = row[Field.FEE_COIN] or _USDC
    symbol = f"{coin}-{quote}-PERP"
    check_symbol(symbol)
    return symbol, InstrumentTerms(Kind.LINEAR, coin, quote, Decimal(1))


def _fill(row: JsonRow, symbol: str, direction: _Direction) -> Fill:
    side = one_of(_SIDES, row[Field.SIDE], Field.SIDE)
    if direction.side not in (None, side):
        raise InputError(f"side {row[Field.SIDE]} and dir {row[Field.DIRECTION]!r} do not agree")
    taker = yes(row[Field.TAKER], Field.TAKER)
    fill = Fill(
        symbol,
        side,
        positive(number(row[Field.SIZE], Field.SIZE), Field.SIZE),
        positive(number(row[Field.PRICE], Field.PRICE), Field.PRICE),
        Fee(number(row[Field.FEE], Field.FEE), row[Field.FEE_COIN] or _USDC),
        venue_id=identifier(row[Field.ID], Field.ID),
        order_id=identifier(row[Field.ORDER], Field.ORDER),
        liquidity=Liquidity.TAKER if taker else Liquidity.MAKER,
        is_liquidation=direction.liquidation or _was_liquidated(row, direction, taker=taker),
        closes=direction.closes and not direction.opens,
        source=NAME,
    )
    quote = symbol.removesuffix("-PERP").rpartition("-")[2]
    check_fee(fill.fee, {quote: EXACT.multiply(fill.quantity, fill.price)})
    return fill


def _was_liquidated(row: JsonRow, direction: _Direction, *, taker: bool) -> bool:
    """Whether it is a liquidation of this account: the other side of one made, or opened."""
    block = row.inner(Field.LIQUIDATION).fields
    return bool(block) and taker and direction.closes and not direction.opens


def _check_held(fill: Fill, before: Decimal, direction: _Direction, word: str) -> None:
    """Refuse a fill that cannot be what its direction says, given what was held."""
    if direction.held is None:
        return
    ours = before * direction.held
    wrong = ours < 0
    if direction.closes:
        wrong = ours <= 0 or (fill.quantity <= ours) == direction.opens
    if wrong:
        raise InputError(
            f"{word!r} of {canonical(fill.quantity)} cannot be where {canonical(before)} was held"
        )


def _chained(rows: Sequence[Row], held: Mapping[int, Decimal]) -> list[Row]:
    """Return the rows with those of one instant in the order in which they follow on each other.

    The venue tells many fills of one block in any order; each begins where another ends.
    """
    after: dict[str, Decimal] = {}
    found = []
    for _, together in groupby(rows, key=lambda row: row.event.at.at):
        left = list(together)
        while left:
            row = next((one for one in left if _follows(one, left, held, after)), left[0])
            left.remove(row)
            found.append(row)
            if isinstance(fill := row.event.body, Fill) and row.number in held:
                after[fill.symbol] = _held_after(fill, held[row.number])
    return found


def _follows(
    row: Row, left: Sequence[Row], held: Mapping[int, Decimal], after: Mapping[str, Decimal]
) -> bool:
    """Whether a fill comes next: it begins where its contract stands, or where no other ends."""
    fill = row.event.body
    if not isinstance(fill, Fill) or row.number not in held:
        return True
    if fill.symbol in after:
        return held[row.number] == after[fill.symbol]
    return all(
        _held_after(other.event.body, held[other.number]) != held[row.number]
        for other in left
        if isinstance(other.event.body, Fill)
        and other.event.body.symbol == fill.symbol
        and other.number in held
    )


def _held_after(fill: Fill, before: Decimal) -> Decimal:
    return EXACT.add(before, fill.side.sign * fill.quantity)


def _gaps(rows: Sequence[Row], held: Mapping[int, Decimal]) -> Iterator[str]:
    """Yield where a history begins in the middle of a position, or misses fills."""
    after: dict[str, Decimal] = {}
    for row in rows:
        fill = row.event.body
        if not isinstance(fill, Fill) or row.number not in held:
            continue
        before, symbol = held[row.number], fill.symbol
        if symbol not in after and before:
            yield (
                f"{symbol}: {canonical(before)} was held before the first fill; "
                f"record it with `journal opening {symbol} {canonical(before)}`"
            )
        elif after.get(symbol, before) != before:
            yield (
                f"{symbol}: {canonical(before)} was held before the fill of line {row.number}, "
                f"but the fills before it make {canonical(after[symbol])}: some are missing"
            )
        after[symbol] = _held_after(fill, before)


IMPORTER = Importer(NAME, "Hyperliquid fills from the API (JSON)", identify, read)
