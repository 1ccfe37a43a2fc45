"""A table of fills read by a map.

Quantity, price and fee are taken as printed; the amount only checks them. With a column of sides
the quantity may be negative for a sell, never for a buy; without one its sign is the side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import Instrument, InstrumentTerms, Kind, check_symbol, infer
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, identifier, money, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, Importer
from journal.importers.json_rows import JsonRow
from journal.importers.mapped.mapping import AmountIs, FeeSign, Map, SymbolKind
from journal.importers.mapped.rows import MappedRow, table_of, unread
from journal.importers.order import oldest_first
from journal.importers.pairs import perpetual_symbol, spot_symbol
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.zones import Zone, asked_zone

_Line = MappedRow | JsonRow
_QUOTE = "quote"
_UNSAID = "?"

Meaning = TypeVar("Meaning")


def importer_of(mapping: Map) -> Importer:
    """Return the importer that reads files by this map; it looks like any other."""

    def read(file: SourceFile, options: ReadOptions) -> Reading:
        needs_zone = mapping.times.needs_zone
        zone = asked_zone(options.zone, file.name) if needs_zone else None
        table = table_of(file, mapping)
        rows = _Rows(mapping, zone, options.known.instruments)
        reading = collect(table.rows, rows.said, rows.account)
        reading = replace(reading, rows=oldest_first(reading.rows), used_zone=needs_zone)
        if titles := unread(table, mapping):
            note = "columns that the map does not read: " + ", ".join(map(clip, titles))
            reading = replace(reading, notes=(note,))
        return declared(reading, rows.terms)

    return Importer(mapping.name, f"what the map {mapping.name} reads", lambda _: MINE, read)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Reads rows; `instruments` are those that the journal has terms of."""

    mapping: Map
    zone: Zone | None
    instruments: Mapping[str, Instrument]

    def said(self, line: _Line) -> Event | Ignored:
        """Return what a row says: a fill, or the kind of thing that it is instead."""
        if kind := self._no_fill(line):
            return Ignored(kind)
        columns = self.mapping.columns
        side, quantity = self._side_and_quantity(line)
        symbol = self._symbol(line)
        fill = Fill(
            symbol,
            side,
            quantity,
            positive(self._number(line, columns.price), columns.price),
            self._fee(line, symbol),
            venue_id=_id(line, columns.id),
            order_id=_id(line, columns.order),
            liquidity=_optional(line, columns.liquidity, self.mapping.words.liquidity),
            position_side=_optional(line, columns.position, self.mapping.words.position),
            closes=_optional(line, columns.closes, self.mapping.words.closes) or False,
            source=self.mapping.name,
        )
        self._check_amount(line, fill)
        return Event(self.mapping.times.read(self._time(line), self.zone, columns.time[0]), fill)

    def account(self, line: _Line) -> str | None:
        """Return the table's own name of the row's account."""
        title = self.mapping.columns.account
        return line[title] or None if title else None

    def terms(self, symbol: str) -> InstrumentTerms | None:
        """Return the terms that the map or the symbol tells, None for spot and shares."""
        if stated := self.mapping.instruments.get(symbol):
            return stated
        if symbol in self.instruments:
            return None
        said = infer(symbol)
        if said.multiplier is not None or said.kind is Kind.SPOT:
            return None
        return InstrumentTerms(said.kind, said.base, said.quote)

    def _time(self, line: _Line) -> str:
        return " ".join(line[title] for title in self.mapping.columns.time)

    def _no_fill(self, line: _Line) -> str | None:
        for title, words in self.mapping.ignore.items():
            cell = line[title].casefold() if self._has_cells(line) else None
            for word, kind in words.items():
                if word.casefold() == cell:
                    return kind
        return "footer" if self._is_footer(line) else None

    def _has_cells(self, line: _Line) -> bool:
        return not (isinstance(line, MappedRow) and line.problem)

    def _is_footer(self, line: _Line) -> bool:
        """Whether a row begins as a footer does; one with a time would be a fill."""
        if isinstance(line, JsonRow) or not line.first.startswith(self.mapping.shape.footer):
            return False
        return not (self._has_cells(line) and self.mapping.times.fits(self._time(line)))

    def _number(self, line: _Line, title: str) -> Decimal:
        return money(line[title], title, self.mapping.shape.decimal)

    def _side_and_quantity(self, line: _Line) -> tuple[Side, Decimal]:
        columns = self.mapping.columns
        side = None
        if columns.side:
            side = _meaning(line[columns.side], columns.side, self.mapping.words.side)
        quantity = self._number(line, columns.quantity)
        if side is None:
            side = Side.SELL if quantity < 0 else Side.BUY
        elif side is Side.BUY and quantity < 0:
            raise InputError(f"a buy cannot be of {columns.quantity} {quantity}")
        return side, positive(abs(quantity), columns.quantity)

    def _symbol(self, line: _Line) -> str:
        cell = line[self.mapping.columns.symbol]
        symbol = self.mapping.symbols.get(cell) or self._written(cell)
        if symbol not in self.mapping.instruments and symbol not in self.instruments:
            infer(symbol)  # refuses a name that says nothing of what it is
        return symbol

    def _written(self, cell: str) -> str:
        match self.mapping.symbol_kind:
            case SymbolKind.PAIR:
                return spot_symbol(cell)
            case SymbolKind.PERPETUAL:
                return perpetual_symbol(cell)
            case SymbolKind.AS_WRITTEN:
                check_symbol(cell)
                return cell

    def _fee(self, line: _Line, symbol: str) -> Fee | None:
        """Return the fee as a cost, None where its cells are empty: nobody said that it is 0."""
        printed = [title for title in self.mapping.columns.fee if line[title]]
        if not printed:
            return None
        total = Decimal(0)
        for title in printed:
            total = EXACT.add(total, self._number(line, title))
        if self.mapping.fee_sign is FeeSign.NEGATIVE_IS_COST and total:
            total = -total
        return Fee(total, self._fee_currency(line, symbol))

    def _fee_currency(self, line: _Line, symbol: str) -> str:
        if title := self.mapping.columns.fee_currency:
            if not line[title].isalnum():
                raise InputError(f"{title} {clip(line[title])!r} is not a currency")
            return line[title]
        stated = self.mapping.fee_currency or _QUOTE
        if stated != _QUOTE:
            return stated
        if terms := self.mapping.instruments.get(symbol):
            return str(terms.quote)
        known = self.instruments.get(symbol) or infer(symbol, _UNSAID)
        if known.quote == _UNSAID:
            raise InputError(f"{symbol} does not say what it is quoted in, so its fee has no unit")
        return known.quote

    def _check_amount(self, line: _Line, fill: Fill) -> None:
        title = self.mapping.columns.amount
        if title is None or not line[title]:
            return
        amount = abs(self._number(line, title))
        if self.mapping.amount_is is AmountIs.NET and fill.fee:
            paid = EXACT.multiply(fill.fee.amount, Decimal(fill.side.sign))
            amount = EXACT.subtract(amount, paid)
            title += " without the fee"
        check_amount(EXACT.multiply(fill.quantity, self._size(fill)), fill.price, amount, title)

    def _size(self, fill: Fill) -> Decimal:
        """Return what one unit of quantity is worth at a price of 1, as far as known."""
        stated = self.mapping.instruments.get(fill.symbol)
        known = self.instruments.get(fill.symbol)
        return (stated and stated.multiplier) or (known and known.multiplier) or Decimal(1)


def _id(line: _Line, title: str | None) -> str | None:
    return identifier(line[title], title) if title and line[title] else None


def _optional(line: _Line, title: str | None, words: Mapping[str, Meaning]) -> Meaning | None:
    """Return what a word means; a cell that is empty says nothing."""
    return _meaning(line[title], title, words) if title and line[title] else None


def _meaning(cell: str, title: str, words: Mapping[str, Meaning]) -> Meaning:
    if cell.casefold() not in words:
        listed = ", ".join(words)
        raise InputError(f"{title} {clip(cell)!r} is none of the words of the map: {listed}")
    return words[cell.casefold()]
