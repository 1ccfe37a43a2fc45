"""OKX: the trades of 2021 and 2022, a ledger like the later Trading History but without a price.

A spot fill is two rows, one for each coin (the second `Unit` is the row's coin; the first need not
be), with one id, or with an order of their own; the price is what both amounts make. Contracts have
no price here and are refused. Fees are negative where they are a cost. The times have no zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill, Side
from journal.domain.moment import Moment
from journal.domain.money import EXACT, clip
from journal.importers.cells import identifier, number, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.okx.actions import funding_sign, meaning_of, other_kind
from journal.importers.okx.checks import check_change
from journal.importers.okx.contracts import Shape, product_of, terms_of
from journal.importers.okx.legs import Legs
from journal.importers.okx.other_exports import FETCH
from journal.importers.order import by_sequence, natural
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.zones import Zone, asked_zone

NAME = "okx-v2"


class Column(StrEnum):
    """The columns of these trades; two are called Unit."""

    ID = "id"
    ORDER = "Order id"
    TIME = "Time"
    TRADE_TYPE = "Trade Type"
    INSTRUMENT = "Instrument"
    TYPE = "Type"
    AMOUNT = "Amount"
    UNIT = "Unit"
    PNL = "PL"
    FEE = "Fee"
    POSITION_CHANGE = "Position Change"
    POSITION_BALANCE = "Position Balance"
    BALANCE_CHANGE = "Balance Change"
    BALANCE = "Balance"
    COIN = "Unit 2"


_TELLING = frozenset({"Order id", "Trade Type", "Instrument", "Type", "PL", "Unit"})
# The last cell must be a coin of the pair, so that a cut in it is noticed.
_LAYOUT = Layout(Column, ends_lines=False)
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")
_DERIVED = "this export prints no prices: they are worked out from both amounts of each fill"

_LONG = Context(prec=80)
_STEP = Decimal("0.00000001")
_MOST_PLACES = 18


def identify(sample: Sample) -> Identified:
    """Claim the trades without a price."""
    return MINE if mostly(_TELLING, sample.header()) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills and funding, oldest first."""
    lines = list(read_table(file, _LAYOUT))
    zone = asked_zone(options.zone, file.name)
    reading = collect(_joined(lines), lambda line: _said(line, zone))
    rows = by_sequence(reading.rows, _id)
    notes = (_DERIVED,) if any(isinstance(row.event.body, Fill) for row in rows) else ()
    return replace(reading, rows=rows, notes=notes, used_zone=True)


def _id(row: Row) -> tuple[int | str, ...]:
    body = row.event.body
    return natural(body.venue_id if isinstance(body, Fill | Funding) else None)


def _joined(lines: Sequence[TableRow]) -> list[TableRow | Legs]:
    """Return the lines with both rows of a fill in one, those that are surely of one fill."""
    legs = [line for line in lines if _is_leg(line)]
    partner: dict[int, TableRow] = {}
    for key in (lambda line: line[Column.ID], lambda line: line[Column.ORDER]):
        taken = {*partner, *(line.number for line in partner.values())}
        partner |= _pairs([line for line in legs if line.number not in taken], key)
    quotes = {line.number for line in partner.values()}
    return [
        Legs(line, partner[line.number]) if line.number in partner else line
        for line in lines
        if line.number not in quotes
    ]


def _pairs(legs: Sequence[TableRow], key: Callable[[TableRow], str]) -> dict[int, TableRow]:
    groups: defaultdict[tuple[str, str, str], list[TableRow]] = defaultdict(list)
    for line in legs:
        groups[key(line), line[Column.INSTRUMENT], line[Column.TIME]].append(line)
    found = {}
    for group in groups.values():
        bases = [line for line in group if _is_base(line)]
        quotes = [line for line in group if not _is_base(line)]
        if len(bases) == len(quotes) == 1:
            found[bases[0].number] = quotes[0]
    return found


def _is_leg(line: TableRow) -> bool:
    try:
        product = product_of(line[Column.INSTRUMENT])
        return (
            product.shape is Shape.SPOT
            and meaning_of(line[Column.TYPE]) is not None
            and line[Column.COIN] in (product.base, product.quote)
        )
    except InputError:
        return False


def _is_base(line: TableRow) -> bool:
    return line[Column.COIN] == product_of(line[Column.INSTRUMENT]).base


def _said(line: TableRow | Legs, zone: Zone) -> Event | Ignored:
    if isinstance(line, Legs):
        return Event(_at(line.base, zone), _fill(line.base, line.quote))
    action = line[Column.TYPE] or line[Column.TRADE_TYPE]
    sign = funding_sign(action)
    if sign is not None:
        return Event(_at(line, zone), _funding(line, sign))
    if meaning_of(action) is None:
        kind = other_kind(action) or other_kind(line[Column.TRADE_TYPE])
        if kind is None:
            raise InputError(
                f"rows of {clip(line[Column.TRADE_TYPE])!r} {clip(line[Column.TYPE])!r} "
                "are not known: they may be fills"
            )
        return Ignored(kind)
    product = product_of(line[Column.INSTRUMENT])
    if product.shape in (Shape.OPTION, Shape.CONVERSION):
        return Ignored(product.shape)
    if product.shape is Shape.CONTRACT:
        raise InputError(f"a fill of {product.symbol} has no price in this export; {FETCH}")
    _signed(line)
    raise InputError(
        f"what belongs to the row of order {clip(line[Column.ORDER])} as its other half cannot "
        f"be told surely; {FETCH}"
    )


def _at(line: TableRow, zone: Zone) -> Moment:
    return _TIME.read(line[Column.TIME], zone, Column.TIME)


def _signed(line: TableRow) -> tuple[Side, Decimal, Fee]:
    """Return side, amount and fee of one row, checked by what its balance changed by."""
    meaning = meaning_of(line[Column.TYPE])
    if meaning is None:
        raise InputError(f"Type {clip(line[Column.TYPE])!r} is neither Buy nor Sell")
    amount = positive(number(line[Column.AMOUNT], Column.AMOUNT), Column.AMOUNT)
    fee = number(line[Column.FEE], Column.FEE)
    check_change(_change(line), EXACT.add(amount * meaning.side.sign, fee))
    return meaning.side, amount, Fee(EXACT.subtract(Decimal(0), fee), line[Column.COIN])


def _change(line: TableRow) -> Decimal:
    """Return what the balance and the margin of the position changed by together."""
    return EXACT.add(
        number(line[Column.BALANCE_CHANGE], Column.BALANCE_CHANGE),
        number(line[Column.POSITION_CHANGE], Column.POSITION_CHANGE),
    )


def _fill(base: TableRow, quote: TableRow) -> Fill:
    product = product_of(base[Column.INSTRUMENT])
    side, quantity, base_fee = _signed(base)
    other, amount, quote_fee = _signed(quote)
    if side is other:
        raise InputError("both rows of the fill are of one side")
    if base_fee.amount and quote_fee.amount:
        raise InputError("both rows of the fill have a fee, which no fill has")
    received, paid = (base_fee, quote_fee) if side is Side.BUY else (quote_fee, base_fee)
    identifier(quote[Column.ID], Column.ID)
    return Fill(
        product.symbol,
        side,
        quantity,
        _price(amount, quantity),
        paid if paid.amount else received,
        venue_id=identifier(base[Column.ID], Column.ID),
        order_id=identifier(base[Column.ORDER], Column.ORDER),
        source=NAME,
    )


def _price(amount: Decimal, quantity: Decimal) -> Decimal:
    """Return the price with the fewest places that makes the amount of this quantity."""
    exact = _LONG.divide(amount, quantity)
    for places in range(_MOST_PLACES):
        price = exact.quantize(Decimal(1).scaleb(-places), context=_LONG)
        if price and abs(EXACT.multiply(price, quantity) - amount) <= _STEP:
            return price
    return positive(exact.quantize(Decimal(1).scaleb(-_MOST_PLACES), context=_LONG), "the price")


def _funding(line: TableRow, sign: int) -> Funding:
    amount = number(line[Column.PNL], Column.PNL)
    if amount * sign < 0:
        raise InputError(f"{clip(line[Column.TYPE])!r} cannot be {amount}")
    check_change(_change(line), amount)
    product, coin = product_of(line[Column.INSTRUMENT]), line[Column.COIN]
    if not coin.isalnum():  # the last cell, which a cut may empty
        raise InputError(f"the funding is in {clip(coin)!r}, which is no coin")
    terms_of(product, coin)
    return Funding(
        product.symbol,
        amount,
        coin,
        source=NAME,
        venue_id=identifier(line[Column.ID], Column.ID),
    )


IMPORTER = Importer(NAME, "OKX trades of 2021 and 2022 (CSV)", identify, read)
