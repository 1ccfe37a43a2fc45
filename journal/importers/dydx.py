"""dYdX: fills as the exchange's API gives them, of its chain (v4) and of v3 before.

The fee is a cost in USDC, negative where a maker is paid. Sizes are base units; perpetuals are
quoted in US dollars and settled in USDC, one for one. A subaccount is an account of its own.
`LIQUIDATED` and `DELEVERAGED` are of an account that was closed out; `LIQUIDATION` and
`OFFSETTING` are the other side of that, a fill like others.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_fee, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.times import TimeFormat
from journal.importers.words import liquidity_of, one_of, side_of

NAME = "dydx"

Word = TypeVar("Word")


class Field(StrEnum):
    """The fields of a fill that are read."""

    ID = "id"
    SIDE = "side"
    LIQUIDITY = "liquidity"
    TYPE = "type"
    MARKET = "market"
    MARKET_TYPE = "marketType"
    PRICE = "price"
    SIZE = "size"
    FEE = "fee"
    CREATED = "createdAt"
    ORDER = "orderId"
    SUBACCOUNT = "subaccountNumber"


_TELLING = frozenset({"id", "side", "liquidity", "type", "market", "size", "createdAt", "orderId"})
_TIME = TimeFormat("YYYY-MM-DDThh:mm:ss.fZ")
_SETTLED_IN = "USDC"

# Whether the account was closed out.
_TYPES = {
    "LIMIT": False,
    "MARKET": False,
    "STOP_LIMIT": False,
    "STOP_MARKET": False,
    "TRAILING_STOP": False,
    "TAKE_PROFIT": False,
    "TAKE_PROFIT_MARKET": False,
    "TWAP": False,
    "TWAP_SUBORDER": False,
    "LIQUIDATION": False,
    "OFFSETTING": False,
    "LIQUIDATED": True,
    "DELEVERAGED": True,
}


def identify(sample: Sample) -> Identified:
    """Claim answers with fills."""
    keys = sample.json_keys()
    return MINE if mostly(_TELLING, keys) and {"market", "liquidity"} & keys else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    known: dict[str, InstrumentTerms] = {}
    reading = collect(read_json(file, _TELLING), lambda row: _event(row, known), _account)
    return declared(replace(reading, rows=oldest_first(reading.rows)), known.get)


def _account(row: JsonRow) -> str | None:
    number_of_it = row[Field.SUBACCOUNT]
    return f"subaccount {number_of_it}" if number_of_it else None


def _event(row: JsonRow, known: dict[str, InstrumentTerms]) -> Event:
    symbol, terms = _instrument(row)
    closed_out = one_of(_TYPES, row[Field.TYPE], Field.TYPE)
    if not closed_out:  # nobody ordered a liquidation
        row.require([Field.ORDER])
    quantity = positive(number(row[Field.SIZE], Field.SIZE), Field.SIZE)
    price = positive(number(row[Field.PRICE], Field.PRICE), Field.PRICE)
    fill = Fill(
        symbol,
        side_of(row[Field.SIDE]),
        quantity,
        price,
        Fee(number(row[Field.FEE], Field.FEE), _SETTLED_IN),
        venue_id=identifier(row[Field.ID], Field.ID),
        order_id=identifier(row[Field.ORDER], Field.ORDER) if row[Field.ORDER] else None,
        liquidity=liquidity_of(row[Field.LIQUIDITY], Field.LIQUIDITY),
        is_liquidation=closed_out,
        source=NAME,
    )
    event = Event(_TIME.read(row[Field.CREATED], what=Field.CREATED), fill)
    check_fee(fill.fee, {_SETTLED_IN: EXACT.multiply(quantity, price)})
    known[symbol] = terms
    return event


def _instrument(row: JsonRow) -> tuple[str, InstrumentTerms]:
    kind = row[Field.MARKET_TYPE]
    if kind not in ("PERPETUAL", ""):
        raise InputError(f"marketType {clip(kind)!r} is not PERPETUAL, which is all that is known")
    base, quote = split_pair(row[Field.MARKET])
    symbol = f"{base}-{quote}-PERP"
    check_symbol(symbol)
    return symbol, InstrumentTerms(Kind.LINEAR, base, _SETTLED_IN, Decimal(1))


IMPORTER = Importer(NAME, "dYdX fills from the API (JSON)", identify, read)
