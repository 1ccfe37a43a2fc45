"""Tradovate: the Fills export of the Reports page.

Every row is an execution. Machine columns (leading underscore) stand beside the printed ones and
say the same, which shows a file whose columns were moved. `_timestamp` is UTC; `Timestamp` is
local without a zone and serves as a check only. The commission is a cost per row in US dollars.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.moment import Moment
from journal.domain.money import EXACT, clip
from journal.importers import cme
from journal.importers.cells import number
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    Identified,
    Importer,
    OtherExport,
    Sample,
    mostly,
    other_of,
)
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import TableRow, read_table

NAME = "tradovate"


class Column(StrEnum):
    """The columns of the Fills export."""

    RAW_ID = "_id"
    RAW_ORDER = "_orderId"
    RAW_CONTRACT = "_contractId"
    RAW_TIME = "_timestamp"
    RAW_TRADE_DATE = "_tradeDate"
    RAW_ACTION = "_action"
    RAW_QUANTITY = "_qty"
    RAW_PRICE = "_price"
    ACTIVE = "_active"
    RAW_ACCOUNT = "_accountId"
    FILL = "Fill ID"
    ORDER = "Order ID"
    LOCAL_TIME = "Timestamp"
    DATE = "Date"
    ACCOUNT = "Account"
    SIDE = "B/S"
    QUANTITY = "Quantity"
    PRICE = "Price"
    PRICE_FORMAT = "_priceFormat"
    PRICE_FORMAT_TYPE = "_priceFormatType"
    TICK = "_tickSize"
    CONTRACT = "Contract"
    PRODUCT = "Product"
    DESCRIPTION = "Product Description"
    COMMISSION = "commission"


_FETCH_FILLS = "export the Fills instead: Reports, Fills, Download CSV"

# What each export alone has; more than half of it is enough to recognise a damaged one.
_FILLS_ONLY = frozenset({"_id", "_orderId", "_action", "_qty", "_price", "_active", "Fill ID"})
_OTHER_EXPORTS = (
    OtherExport(
        frozenset({"buyFillId", "sellFillId", "boughtTimestamp", "soldTimestamp", "duration"}),
        "this is Tradovate's Performance export, which lists first-in-first-out pairs, not fills",
        _FETCH_FILLS,
    ),
    OtherExport(
        frozenset({"Position ID", "Pair ID", "Buy Fill ID", "Sell Fill ID", "Paired Qty"}),
        "this is Tradovate's Position History export, which lists pairs of fills, not fills",
        _FETCH_FILLS,
    ),
    OtherExport(
        frozenset({"avgPrice", "filledQty", "Fill Time", "Avg Fill Price", "decimalFillAvg"}),
        "this is Tradovate's Orders export, which lists orders without fees, not fills",
        _FETCH_FILLS,
    ),
)

_ID = re.compile(r"\d{1,20}", re.ASCII)
_ACCOUNT = re.compile(r"[!-~]{1,64}", re.ASCII)
_UTC_TIME = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?Z", re.ASCII)
_LOCAL_TIME = re.compile(r"(\d{2})/(\d{2})/(\d{4}) (\d{2}:\d{2}:\d{2})", re.ASCII)
_PLAIN_PRICE = re.compile(r"-?[\d,]+(?:\.\d*)?", re.ASCII)
_EXPIRY = re.compile(r"[FGHJKMNQUVXZ]\d{1,2}", re.ASCII)
_SIDES = {("0", "Buy"): Side.BUY, ("1", "Sell"): Side.SELL}
_BUSTED = "busted fill (_active is false)"

# A side of a contract costs a few dollars on any plan and exchange, fees of all included.
_HIGHEST_COMMISSION = Decimal(20)

# All zones lie within this of UTC, on a quarter of an hour.
_FARTHEST_ZONE = timedelta(hours=14)
_ZONE_STEP = timedelta(minutes=15)


def identify(sample: Sample) -> Identified:
    """Claim Fills; recognise the other exports of the same page."""
    header = sample.header()
    if mostly(_FILLS_ONLY, header):
        return MINE
    return other_of(_OTHER_EXPORTS, header)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    busted: list[str] = []
    contracts: dict[str, Mapping[str, str]] = {}

    def said(line: TableRow) -> Event | Ignored:
        if line.cells[Column.ACTIVE] == "false":
            busted.append(line.cells[Column.FILL])
            return Ignored(_BUSTED)
        event = _event(line.cells)
        contracts.setdefault(line.cells[Column.CONTRACT], line.cells)
        return event

    reading = collect(read_table(file, Column), said, lambda line: line.cells[Column.ACCOUNT])
    reading = replace(reading, rows=oldest_first(reading.rows), notes=_notes(busted))
    return declared(reading, lambda symbol: _terms(contracts[symbol]))


def _event(cells: Mapping[str, str]) -> Event:
    if cells[Column.ACTIVE] != "true":
        raise InputError(f"_active {clip(cells[Column.ACTIVE])!r} is neither true nor false")
    for raw, printed in (
        (Column.RAW_ID, Column.FILL),
        (Column.RAW_ORDER, Column.ORDER),
    ):
        if cells[raw] != cells[printed] or not _ID.fullmatch(cells[raw]):
            raise _disagree(cells, raw, printed)
    if not _ACCOUNT.fullmatch(cells[Column.ACCOUNT]):
        raise InputError(f"Account {clip(cells[Column.ACCOUNT])!r} is not an account's name")
    return Event(_at(cells), _fill(cells))


def _fill(cells: Mapping[str, str]) -> Fill:
    check_symbol(cells[Column.CONTRACT])
    if number(cells[Column.TICK], Column.TICK) <= 0:
        raise InputError(f"_tickSize {clip(cells[Column.TICK])!r} is not above zero")
    quantity = _agreed(cells, Column.RAW_QUANTITY, Column.QUANTITY)
    return Fill(
        cells[Column.CONTRACT],
        _side(cells),
        quantity,
        _price(cells),
        _fee(cells[Column.COMMISSION], quantity),
        venue_id=cells[Column.FILL],
        order_id=cells[Column.ORDER],
        source=NAME,
    )


def _fee(commission: str, quantity: Decimal) -> Fee | None:
    if not commission:
        return None
    paid = number(commission, Column.COMMISSION)
    if abs(paid) > EXACT.multiply(quantity, _HIGHEST_COMMISSION):
        raise InputError(f"a commission of {paid} for {quantity} is too much: a cell was changed")
    return Fee(paid, cme.CURRENCY)


def _side(cells: Mapping[str, str]) -> Side:
    side = _SIDES.get((cells[Column.RAW_ACTION], cells[Column.SIDE].strip(" ")))
    if side is None:
        raise _disagree(cells, Column.RAW_ACTION, Column.SIDE)
    return side


def _price(cells: Mapping[str, str]) -> Decimal:
    """Return the machine's price; the printed one may be in 32nds, as those of bonds are."""
    if _PLAIN_PRICE.fullmatch(cells[Column.PRICE]):
        return _agreed(cells, Column.RAW_PRICE, Column.PRICE)
    return number(cells[Column.RAW_PRICE], Column.RAW_PRICE)


def _agreed(cells: Mapping[str, str], raw: Column, printed: Column) -> Decimal:
    value = number(cells[raw], raw)
    if cells[raw] != cells[printed] and value != number(cells[printed].replace(",", ""), printed):
        raise _disagree(cells, raw, printed)
    return value


def _at(cells: Mapping[str, str]) -> Moment:
    text = cells[Column.RAW_TIME]
    if not _UTC_TIME.fullmatch(text):
        raise InputError(
            f"_timestamp {clip(text)!r} is not a time such as 2026-03-13 14:10:45.244Z"
        )
    moment = Moment.parse(text)
    printed = _LOCAL_TIME.fullmatch(cells[Column.LOCAL_TIME])
    if printed is None:
        raise _disagree(cells, Column.RAW_TIME, Column.LOCAL_TIME)
    month, day, year, clock = printed.groups()
    try:
        local = datetime.fromisoformat(f"{year}-{month}-{day}T{clock}+00:00")
    except ValueError as error:
        raise _disagree(cells, Column.RAW_TIME, Column.LOCAL_TIME) from error
    shift = local - moment.at.replace(microsecond=0)
    if abs(shift) > _FARTHEST_ZONE or shift % _ZONE_STEP:
        raise _disagree(cells, Column.RAW_TIME, Column.LOCAL_TIME)
    return moment


def _disagree(cells: Mapping[str, str], raw: Column, printed: Column) -> InputError:
    return InputError(
        f"{raw} {clip(cells[raw])!r} and {printed} {clip(cells[printed])!r} do not agree"
    )


def _terms(cells: Mapping[str, str]) -> InstrumentTerms:
    return InstrumentTerms(
        kind=Kind.LINEAR,
        base=cells[Column.PRODUCT],
        quote=cme.CURRENCY,
        multiplier=_multiplier(cells),
        tick=number(cells[Column.TICK], Column.TICK),
    )


def _multiplier(cells: Mapping[str, str]) -> Decimal | None:
    """Return what a point is worth, where the contract is plainly a future of its product."""
    contract, product = cells[Column.CONTRACT], cells[Column.PRODUCT]
    if contract.startswith(product) and _EXPIRY.fullmatch(contract, len(product)):
        return cme.POINT_VALUES.get(product)
    return None


def _notes(busted: list[str]) -> tuple[str, ...]:
    if not busted:
        return ()
    ids = ", ".join(clip(fill) for fill in busted)
    return (f"busted by the venue: {ids}; void them if an earlier import took them",)


IMPORTER = Importer(NAME, "Tradovate fills (CSV)", identify, read)
