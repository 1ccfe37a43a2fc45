"""OKX: the Trading History, a ledger of the trading account as CSV.

A spot fill is two rows, one for each coin, whose Action is that of its own coin; a fill of a
contract is one row, its Amount in contracts. Fees are negative where they are a cost. Funding
stands in PnL (in isolated margin the balance does not move). Position Change and Balance are the
isolated margin of the position, zero otherwise; what both balances changed by is PnL and fee,
which checks the numbers. Rows stand in no order; ids grow. The zone is in a line above the
header, where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms
from journal.domain.moment import Moment
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    SAMPLE_BYTES,
    Identified,
    Importer,
    Sample,
    mostly,
)
from journal.importers.okx.actions import Meaning, funding_sign, meaning_of, other_kind
from journal.importers.okx.checks import LEFT_OUT, check_balance, told
from journal.importers.okx.columns import Column, Column2023, layout_of
from journal.importers.okx.contracts import Product, Shape, product_of, size_in, terms_of
from journal.importers.okx.history import (
    Moved,
    held_before,
    realised_lines,
    with_funding_sides,
    without_unsided,
)
from journal.importers.okx.legs import Leg, Legs, joined
from journal.importers.okx.other_exports import no_fills
from journal.importers.okx.preamble import Preamble
from journal.importers.okx.trust import Trust
from journal.importers.order import by_sequence, natural
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.realised import with_reductions
from journal.importers.source import SourceFile
from journal.importers.table import TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.zones import Zone

NAME = "okx-trades"

_TELLING = frozenset(
    {
        "Order id",
        "Trade Type",
        "Symbol",
        "Action",
        "Trading Unit",
        "Filled Price",
        "Position Change",
        "Balance Change",
    }
)
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")
_SPOT_TYPES = frozenset({"spot", "margin", "transfer"})
_CONTRACT_TYPES = frozenset({"swap", "perpetual", "futures", "options", "transfer"})
_NO_ORDER = frozenset({"", "0", "--"})


def identify(sample: Sample) -> Identified:
    """Claim the Trading History; recognise OKX's exports that hold no fills."""
    if any(mostly(_TELLING, header) for header in sample.headers(3, ",")):
        return MINE
    return no_fills(sample)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read fills and funding, oldest first, with the contracts they are in."""
    titles = [
        title for header in Sample.of(file.data[:SAMPLE_BYTES]).headers(3, ",") for title in header
    ]
    layout = layout_of(titles)
    lines = list(read_table(file, layout))
    head = Preamble.of(file, layout, options.zone)
    history = _History(head.zone, Trust.of(lines))
    reading = collect(joined(lines, _leg), history.said, lambda _: head.account)
    rows = by_sequence(reading.rows, _id)
    rows = with_reductions(rows, realised_lines(history.moved), options.held)
    reading = replace(
        reading,
        rows=with_funding_sides(rows, history.funded),
        notes=(*held_before(rows, history.moved, options.held), *history.trust.notes),
        used_zone=head.asked,
    )
    return declared(without_unsided(reading, _both_sides(lines)), history.terms.get)


def _both_sides(lines: Sequence[TableRow]) -> set[str]:
    """Return the symbols whose fills name the side they open or close."""
    meanings = ((line[Column.SYMBOL], meaning_of(line[Column.ACTION])) for line in lines)
    return {symbol for symbol, meaning in meanings if meaning and meaning.position_side}


def _id(row: Row) -> tuple[int | str, ...]:
    body = row.event.body
    return natural(body.venue_id if isinstance(body, Fill | Funding) else None)


class _History:
    """The reading of one file: what its rows say, and what it tells of the contracts."""

    def __init__(self, zone: Zone, trust: Trust) -> None:
        self.zone = zone
        self.trust = trust
        self.moved: dict[int, Moved] = {}
        self.funded: dict[int, Decimal] = {}
        self.terms: dict[str, InstrumentTerms | None] = {}

    def said(self, line: TableRow | Legs) -> Event | Ignored:
        """Return what one row, or the two of a spot fill, say."""
        if isinstance(line, Legs):
            return Event(self._at(line.base), _exchange(line.base, line.quote))
        action = line[Column.ACTION] or line[Column.TRADE_TYPE]
        sign = funding_sign(action)
        if sign is not None:
            return Event(self._at(line), self._funding(line, sign))
        product = _product(line)
        if product is not None and product.shape in (Shape.OPTION, Shape.CONVERSION):
            return Ignored(product.shape)
        meaning = meaning_of(action)
        if meaning is not None:
            return Event(self._at(line), self._fill(line, meaning))
        kind = other_kind(action) or other_kind(line[Column.TRADE_TYPE])
        if kind is None:
            raise InputError(
                f"rows of {clip(line[Column.TRADE_TYPE])!r} {clip(line[Column.ACTION])!r} "
                "are not known: they may be fills"
            )
        return Ignored(kind)

    def _at(self, line: TableRow) -> Moment:
        return _TIME.read(line[Column.TIME], self.zone, Column.TIME)

    def _fill(self, line: TableRow, meaning: Meaning) -> Fill:
        product = product_of(line[Column.SYMBOL])
        _check_type(line, product)
        if product.shape is Shape.SPOT:
            _leg(line)
            raise InputError(
                f"no row of order {clip(line[Column.ORDER])} fits this one as its other half: "
                "a fill is two rows, one for each coin"
            )
        terms = self._terms(line, product)
        fill = Fill(
            product.symbol,
            meaning.side,
            positive(number(line[Column.AMOUNT], Column.AMOUNT), Column.AMOUNT),
            positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE),
            Fee(_cost(line), line[Column.FEE_UNIT]) if line[Column.FEE] not in LEFT_OUT else None,
            venue_id=identifier(line[Column.ID], Column.ID),
            order_id=_order(line),
            position_side=meaning.position_side,
            is_liquidation=meaning.is_liquidation,
            closes=_closes(meaning),
            source=NAME,
        )
        self.trust.check_contract(line, fill, terms)
        self.terms[product.symbol] = terms
        self.moved[line.number] = _moved(line, meaning)
        return fill

    def _terms(self, line: TableRow, product: Product) -> InstrumentTerms:
        """Return the terms of a contract; one that has two sizes in a file has none."""
        settlement = _settlement(line)
        size = size_in(line[Column.UNIT], product)
        terms = terms_of(product, settlement, size)
        before = self.terms.get(product.symbol)
        if terms is None or (before is not None and before.quote != terms.quote):
            raise InputError(f"{product.symbol} is settled in two coins: a cell was changed")
        if before is not None and before.multiplier != terms.multiplier:
            return replace(terms, multiplier=None)
        return terms

    def _funding(self, line: TableRow, sign: int) -> Funding:
        product = product_of(line[Column.SYMBOL])
        pnl = _pnl(line)
        amount = pnl or told(line, Column.BALANCE_CHANGE)
        if amount * sign < 0:
            raise InputError(f"{clip(line[Column.ACTION])!r} cannot be {amount}")
        if pnl:
            self.trust.check_ledger(line)
        currency = _settlement(line)
        terms_of(product, currency)
        self.funded[line.number] = abs(told(line, Column.AMOUNT))
        return Funding(
            product.symbol,
            amount,
            currency,
            source=NAME,
            venue_id=identifier(line[Column.ID], Column.ID),
        )


def _product(line: TableRow) -> Product | None:
    return product_of(line[Column.SYMBOL]) if line[Column.SYMBOL] else None


def _check_type(line: TableRow, product: Product) -> None:
    contrary = _CONTRACT_TYPES if product.shape is Shape.SPOT else _SPOT_TYPES
    if line[Column.TRADE_TYPE].casefold() in contrary:
        raise InputError(f"{product.symbol} is not traded as {line[Column.TRADE_TYPE]!r}")


def _settlement(line: TableRow) -> str:
    fee_unit, balance_unit = line[Column.FEE_UNIT], line[Column.BALANCE_UNIT]
    if fee_unit != balance_unit or not fee_unit:
        raise InputError(
            f"Fee Unit {clip(fee_unit)!r} and Balance Unit {clip(balance_unit)!r} do not agree"
        )
    return fee_unit


def _pnl(line: TableRow) -> Decimal:
    return told(line, Column.PNL)


def _cost(line: TableRow) -> Decimal:
    """Return the fee as a cost: OKX prints costs negative."""
    return EXACT.subtract(Decimal(0), number(line[Column.FEE], Column.FEE))


def _order(line: TableRow) -> str | None:
    cell = line[Column.ORDER]
    return None if cell in _NO_ORDER else identifier(cell, Column.ORDER)


def _closes(meaning: Meaning) -> bool:
    """Whether OKX says that the fill reduces a position and opens none."""
    return meaning.closes


def _moved(line: TableRow, meaning: Meaning) -> Moved:
    change = told(line, Column.POSITION_CHANGE)
    balance = told(line, Column.POSITION_BALANCE)
    return Moved(_closes(meaning), _pnl(line) != 0, EXACT.subtract(balance, change) > 0)


def _leg(line: TableRow) -> Leg | None:
    """Read one row of a spot fill, its own numbers checked."""
    meaning = meaning_of(line[Column.ACTION])
    product = _product(line)
    if meaning is None or product is None or product.shape is not Shape.SPOT:
        return None
    coin = line[Column.BALANCE_UNIT]
    if coin not in (product.base, product.quote):
        raise InputError(f"Balance Unit {clip(coin)!r} is no coin of {product.symbol}")
    if line[Column.FEE_UNIT] not in (product.base, product.quote):
        raise InputError(f"Fee Unit {clip(line[Column.FEE_UNIT])!r} is no coin of {product.symbol}")
    if Column2023.PRICE_UNIT in line.cells and line[Column2023.PRICE_UNIT] != product.quote:
        raise InputError(f"the price is not in {product.quote}: a cell was changed")
    amount = number(line[Column.AMOUNT], Column.AMOUNT)
    change = amount if meaning.side is Side.BUY else EXACT.subtract(Decimal(0), amount)
    if line[Column.FEE_UNIT] == coin:
        change = EXACT.add(change, number(line[Column.FEE], Column.FEE))
    check_balance(line, change)
    return Leg(
        line,
        (line[Column.ORDER], line[Column.SYMBOL], line[Column.TIME]),
        _number_of(line[Column.ID]),
        coin == product.base,
        meaning.side,
        amount,
        positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE),
    )


def _number_of(cell: str) -> int:
    return int(cell) if cell.isascii() and cell.isdigit() else 0


def _exchange(base: TableRow, quote: TableRow) -> Fill:
    """Return the fill that two rows say together; its id is that of the base coin's row."""
    product = product_of(base[Column.SYMBOL])
    for line in (base, quote):
        _check_type(line, product)
        identifier(line[Column.ID], Column.ID)
    meaning = meaning_of(base[Column.ACTION])
    if meaning is None:
        raise InputError(f"Action {clip(base[Column.ACTION])!r} is neither Buy nor Sell")
    quantity = positive(number(base[Column.AMOUNT], Column.AMOUNT), Column.AMOUNT)
    price = number(base[Column.PRICE], Column.PRICE)
    check_amount(quantity, price, number(quote[Column.AMOUNT], Column.AMOUNT))
    return Fill(
        product.symbol,
        meaning.side,
        quantity,
        price,
        _fee((base, quote) if meaning.side is Side.BUY else (quote, base)),
        venue_id=identifier(base[Column.ID], Column.ID),
        order_id=_order(base),
        is_liquidation=meaning.is_liquidation,
        closes=_closes(meaning),
        source=NAME,
    )


def _fee(legs: Sequence[TableRow]) -> Fee:
    """Return the fee of two legs, the one received first: it bears the fee, which may be zero."""
    fees = [Fee(_cost(line), line[Column.FEE_UNIT]) for line in legs]
    charged = [fee for fee in fees if fee.amount]
    if len(charged) > 1:
        raise InputError("both rows of the fill have a fee, which no fill has")
    return charged[0] if charged else fees[0]


IMPORTER = Importer(NAME, "OKX Trading History (CSV)", identify, read)
