"""OKX: what the API answers on fills (v5, `/trade/fills`, `/trade/fills-history`), saved as JSON.

`fillSz` is coins for spot and contracts for contracts. `fee` is negative where it is a cost and
positive where it is a rebate. `posSide` is net, or long and short in accounts that hold both.
Times are milliseconds of UTC; `billId` grows and orders what happened in one of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.instrument import InstrumentTerms
from journal.domain.money import EXACT, clip
from journal.domain.plan import Direction
from journal.importers.cells import identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.okx.actions import Meaning, numbered_meaning
from journal.importers.okx.checks import check_fee
from journal.importers.okx.contracts import Product, Shape, product_of, terms_of
from journal.importers.okx.history import Moved, held_before, realised_lines
from journal.importers.okx.other_exports import no_fills_in_answer
from journal.importers.order import by_sequence, natural, oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.realised import with_reductions
from journal.importers.source import SourceFile
from journal.importers.times import epoch_ms
from journal.importers.words import one_of, side_of

NAME = "okx-api"


class Field(StrEnum):
    """The fields of a fill that matter here."""

    TYPE = "instType"
    SYMBOL = "instId"
    TRADE = "tradeId"
    ORDER = "ordId"
    BILL = "billId"
    SUBTYPE = "subType"
    PRICE = "fillPx"
    QUANTITY = "fillSz"
    SIDE = "side"
    POSITION = "posSide"
    LIQUIDITY = "execType"
    PNL = "fillPnl"
    FEE_COIN = "feeCcy"
    FEE = "fee"
    TIME = "ts"


_TELLING = frozenset(
    {
        Field.SYMBOL,
        Field.TRADE,
        Field.BILL,
        Field.PRICE,
        Field.QUANTITY,
        Field.FEE_COIN,
        Field.LIQUIDITY,
        Field.ORDER,
    }
)
# What ccxt makes of these answers holds them too, as `info`.
_CCXT = frozenset({"info", "takerOrMaker"})
_POSITIONS = {"long": Direction.LONG, "short": Direction.SHORT, "net": None, "": None}
_LIQUIDITY = {"T": Liquidity.TAKER, "M": Liquidity.MAKER, "": None}
_SPOT_TYPES = frozenset({"SPOT", "MARGIN"})
_CONTRACT_TYPES = frozenset({"SWAP", "FUTURES"})
# Fields that older answers lack, and what is not known without them.
_OPTIONAL = {
    Field.LIQUIDITY: "maker or taker",
    Field.SUBTYPE: "whether it was a liquidation",
    Field.ORDER: "the order",
}
_NO_ID = frozenset({"", "0"})
_NOTHING = frozenset({"", "0"})


def identify(sample: Sample) -> Identified:
    """Claim fills; recognise the API's other answers."""
    keys = sample.json_keys()
    if keys >= _CCXT:
        return NOT_MINE
    found = no_fills_in_answer(keys)
    if found is not NOT_MINE:
        return found
    return MINE if mostly(_TELLING, keys) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    lines = list(read_json(file, _TELLING))
    terms: dict[str, InstrumentTerms | None] = {}
    reading = collect(lines, lambda line: _said(line, terms))
    rows = _ordered(reading.rows, lines)
    moved = _moved(rows, lines)
    rows = with_reductions(rows, realised_lines(moved), options.held)
    notes = (*held_before(rows, moved, options.held), *_lacking(lines), *_odd(rows))
    return declared(replace(reading, rows=rows, notes=notes), terms.get)


def _ordered(rows: Sequence[Row], lines: Sequence[JsonRow]) -> list[Row]:
    bills = {line.number: str(line.fields.get(Field.BILL) or "") for line in lines}
    turned = oldest_first(rows)
    if any(not bills[row.number].isdigit() for row in turned):
        return turned
    return by_sequence(turned, lambda row: natural(bills[row.number]))


def _moved(rows: Sequence[Row], lines: Sequence[JsonRow]) -> dict[int, Moved]:
    """Return what fills of contracts tell of the position before them."""
    realised = {line.number: line[Field.PNL] not in _NOTHING for line in lines}
    return {
        row.number: Moved(row.event.body.closes, realised[row.number], had_margin=False)
        for row in rows
        if isinstance(row.event.body, Fill)
        and product_of(row.event.body.symbol).shape is Shape.CONTRACT
    }


def _said(line: JsonRow, terms: dict[str, InstrumentTerms | None]) -> Event | Ignored:
    product = product_of(line[Field.SYMBOL])
    _check_type(line, product)
    if product.shape in (Shape.OPTION, Shape.CONVERSION):
        return Ignored(product.shape)
    side, position, meaning = _side(line, product)
    fill = Fill(
        product.symbol,
        side,
        positive(number(line[Field.QUANTITY], Field.QUANTITY), Field.QUANTITY),
        positive(number(line[Field.PRICE], Field.PRICE), Field.PRICE),
        _fee(line, product),
        venue_id=_id(line),
        order_id=None
        if line[Field.ORDER] in _NO_ID
        else identifier(line[Field.ORDER], Field.ORDER),
        liquidity=one_of(_LIQUIDITY, line[Field.LIQUIDITY], Field.LIQUIDITY),
        position_side=position,
        is_liquidation=meaning is not None and meaning.is_liquidation,
        closes=_closes(side, position, meaning),
        source=NAME,
    )
    known = terms_of(product, fill.fee.currency if fill.fee else None)
    if known and known.multiplier is not None:
        check_fee(fill, known, known.multiplier)
    terms[product.symbol] = known
    return Event(epoch_ms(line[Field.TIME], Field.TIME), fill)


def _check_type(line: JsonRow, product: Product) -> None:
    kind = line[Field.TYPE]
    contrary = _CONTRACT_TYPES if product.shape is Shape.SPOT else _SPOT_TYPES
    if kind in contrary:
        raise InputError(f"{product.symbol} is no {clip(kind)}")


def _side(line: JsonRow, product: Product) -> tuple[Side, Direction | None, Meaning | None]:
    """Return side, position and what `subType` says, which must agree with them."""
    side = side_of(line[Field.SIDE], Field.SIDE)
    if product.shape is not Shape.SPOT and Field.POSITION not in line.fields:
        raise InputError("there is no posSide, so what the fill opened or closed is not known")
    position = one_of(_POSITIONS, line[Field.POSITION], Field.POSITION)
    meaning = numbered_meaning(line[Field.SUBTYPE])
    if meaning is not None and (
        meaning.side is not side or (position and meaning.position_side not in (None, position))
    ):
        raise InputError(
            f"subType {line[Field.SUBTYPE]} is not a {side} of {line[Field.POSITION] or 'spot'}"
        )
    return side, position, meaning


def _closes(side: Side, position: Direction | None, meaning: Meaning | None) -> bool:
    """Whether OKX says that the fill reduces a position and opens none."""
    opening = Side.BUY if position is Direction.LONG else Side.SELL
    return (position is not None and side is not opening) or (
        meaning is not None and meaning.closes
    )


def _fee(line: JsonRow, product: Product) -> Fee | None:
    if Field.FEE not in line.fields:
        raise InputError("there is no fee, which every fill of the API has, even if it is zero")
    if not line[Field.FEE]:
        return None
    coin = line[Field.FEE_COIN]
    if product.shape is Shape.SPOT and coin not in (product.base, product.quote):
        raise InputError(f"feeCcy {clip(coin)!r} is no coin of {product.symbol}")
    if not coin.isalnum():
        raise InputError(f"feeCcy {clip(coin)!r} is no coin")
    return Fee(EXACT.subtract(Decimal(0), number(line[Field.FEE], Field.FEE)), coin)


def _id(line: JsonRow) -> str:
    """Return the trade's id; what no trade made (some liquidations) has that of its bill only."""
    if Field.TRADE not in line.fields:
        raise InputError("there is no tradeId, so the fill could not be told from others")
    trade = line[Field.TRADE]
    if trade in _NO_ID:
        return identifier(line[Field.BILL], Field.BILL)
    return identifier(trade, Field.TRADE)


def _order(line: JsonRow) -> str | None:
    order = line[Field.ORDER]
    return None if order in _NO_ID else identifier(order, Field.ORDER)


def _lacking(lines: Sequence[JsonRow]) -> list[str]:
    """Return a sentence for each field that some fills lack."""
    missing = Counter(field for line in lines for field in _OPTIONAL if field not in line.fields)
    return [
        f"{count} of {len(lines)} fills have no {field}: {_OPTIONAL[field]} is not known"
        for field, count in missing.items()
    ]


def _odd(rows: Sequence[Row]) -> list[str]:
    """Return a sentence on rebates to takers, which OKX does not give: the sign may be wrong."""
    odd = [
        row.number
        for row in rows
        if isinstance(row.event.body, Fill)
        and row.event.body.liquidity is Liquidity.TAKER
        and row.event.body.fee
        and row.event.body.fee.amount < 0
    ]
    if not odd:
        return []
    note = (
        f"{len(odd)} taker fills have a positive fee (the first is number {odd[0]}), which is read "
        "as a rebate, as OKX's API means it; if a program turned the sign, fetch them anew"
    )
    return [note]


IMPORTER = Importer(NAME, "OKX fills from the API (JSON)", identify, read)
