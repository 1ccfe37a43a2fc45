"""Bybit: the Transaction Log of a Unified Trading Account (CSV).

A ledger: spot fills stand in two rows each (see `ledger`), a fill of a derivative in one,
whose `Action` is OPEN or CLOSE, and SETTLEMENT rows are funding. `Fee Paid` and `Funding` are
negative where paid, the fee of a spot fill on the row of the coin that was received. Only some
logs have ids. Prices of derivatives stand nowhere else in a row, so they are only held against
what fees can be.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill
from journal.domain.money import clip
from journal.importers.bybit.contracts import (
    Contract,
    contract,
    declare,
    is_option,
)
from journal.importers.bybit.ledger import (
    Column,
    SpotFill,
    Stray,
    amount,
    check_change,
    joined,
    way_of,
)
from journal.importers.bybit.other_exports import other_tables
from journal.importers.bybit.spot import account_in
from journal.importers.cells import check_fee, identifier, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, preamble_of, read_table
from journal.importers.times import TimeFormat
from journal.importers.zones import UTC_ZONE, Zone, asked_zone

NAME = "bybit-log"

_OPTIONAL = frozenset({Column.UID, Column.ORDER, Column.TRADE, Column.TIME_UTC, Column.TIME})
_LAYOUT = Layout(Column, optional=_OPTIONAL, preamble=1)
_TELLING = frozenset({
    "Funding", "Fee Paid", "Cash Flow", "Change", "Wallet Balance", "Action", "Position",
})  # fmt: skip
_SECONDS = TimeFormat("YYYY-MM-DD hh:mm:ss")
_MILLISECONDS = TimeFormat("YYYY-MM-DD hh:mm:ss.f")
_MILLISECONDS_LENGTH = len("2026-01-10 10:00:00.000")
_NOTHING = ("", "--")
_OF_DERIVATIVES = frozenset({"OPEN", "CLOSE"})
_FILLS = frozenset({"TRADE", "LIQUIDATION", "DELIVERY", "ADL"})
_OTHERS = {
    "TRANSFER_IN": "transfer", "TRANSFER_OUT": "transfer", "INTEREST": "interest",
    "CURRENCY_BUY": "currency conversion", "CURRENCY_SELL": "currency conversion",
    "FEE_REFUND": "fee refund", "BONUS": "bonus", "BONUS_RECOLLECT": "bonus", "AIRDROP": "airdrop",
}  # fmt: skip


def identify(sample: Sample) -> Identified:
    """Claim the transaction log of a Unified Trading Account."""
    if other_tables(sample) is not NOT_MINE:
        return NOT_MINE
    return MINE if any(mostly(_TELLING, header) for header in sample.headers(2, ",")) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read fills and funding, oldest first, with the contracts they are in."""
    rows = list(read_table(file, _LAYOUT))
    zone = _zone(file, rows[0], options) if rows else UTC_ZONE
    owner = account_in(preamble_of(file, _LAYOUT))
    contracts: dict[str, Contract] = {}

    def said(line: TableRow | SpotFill | Stray) -> Event | Ignored:
        if isinstance(line, Stray):
            raise InputError(line.reason)
        if isinstance(line, SpotFill):
            return _spot(line, zone)
        return _single(line, zone, contracts)

    def account(line: TableRow | SpotFill | Stray) -> str | None:
        row = line if isinstance(line, TableRow) else line.rows[0]
        return row[Column.UID] or owner

    reading = collect(_lines(rows), said, account)
    reading = replace(
        reading,
        rows=oldest_first(reading.rows, usually_newest_first=True),
        used_zone=any(Column.TIME in row.cells for row in rows[:1]),
    )
    return declare(reading, contracts.values())


def _zone(file: SourceFile, row: TableRow, options: ReadOptions) -> Zone:
    """Return the zone of the times, having seen that the columns are those of one variant."""
    is_utc = Column.TIME_UTC in row.cells
    has_ids = [column in row.cells for column in (Column.ORDER, Column.TRADE)]
    if is_utc is (Column.TIME in row.cells) or any(has_ids) is not all(has_ids):
        raise InputError(
            "the columns are not the ones this export has: it has Time(UTC) or Time, and OrderId "
            "with TradeId or neither",
            where=file.name,
            hint="import the file exactly as it was exported",
        )
    return UTC_ZONE if is_utc else asked_zone(options.zone, file.name)


def _lines(rows: Sequence[TableRow]) -> Iterator[TableRow | SpotFill | Stray]:
    """Yield fills of spot and other rows in the order of the file."""
    spot = [row for row in rows if _is_spot(row)]
    others = [row for row in rows if not _is_spot(row)]
    yield from sorted([*joined(spot), *others], key=lambda line: line.number)


def _is_spot(row: TableRow) -> bool:
    return (
        row[Column.TYPE] in _FILLS
        and row[Column.ACTION] not in _OF_DERIVATIVES
        and not is_option(row[Column.CONTRACT])
    )


def _spot(fill: SpotFill, zone: Zone) -> Event:
    for row in fill.rows:
        check_change(row)
        if amount(row, Column.CASH) != amount(row, Column.QUANTITY):
            raise InputError("Quantity and Cash Flow of a spot row do not agree")
    base, into, fee = fill.base, fill.received, fill.fee()
    check_fee(fee, {into[Column.CURRENCY]: amount(into, Column.QUANTITY)})
    return _event(
        base,
        zone,
        Fill(
            f"{base[Column.CURRENCY]}-{fill.quote[Column.CURRENCY]}",
            way_of(base),
            abs(amount(base, Column.QUANTITY)),
            positive(amount(base, Column.PRICE), Column.PRICE),
            fee,
            venue_id=_id(base, Column.TRADE),
            order_id=_id(base, Column.ORDER),
            source=NAME,
        ),
    )


def _single(row: TableRow, zone: Zone, contracts: dict[str, Contract]) -> Event | Ignored:
    kind = row[Column.TYPE]
    if kind in _OTHERS:
        return Ignored(_OTHERS[kind])
    if is_option(row[Column.CONTRACT]):
        return Ignored("option")
    if kind != "SETTLEMENT" and kind not in _FILLS:
        raise InputError(f"Type {clip(kind)!r} is not known")
    traded = contract(row[Column.CONTRACT])
    if row[Column.CURRENCY] != traded.settlement:
        raise InputError(
            f"{clip(row[Column.CONTRACT])!r} is not settled in {clip(row[Column.CURRENCY])!r}"
        )
    check_change(row)
    if kind == "SETTLEMENT":
        paid = amount(row, Column.FUNDING)
        if not paid:
            return Ignored("settlement without funding")
        body: Fill | Funding = Funding(
            traded.symbol, paid, traded.settlement, source=NAME, venue_id=_id(row, Column.TRADE)
        )
    else:
        body = _derivative(row, traded)
    event = _event(row, zone, body)
    contracts[traded.symbol] = traded
    return event


def _derivative(row: TableRow, traded: Contract) -> Fill:
    side, quantity = way_of(row), amount(row, Column.QUANTITY)
    if quantity < 0 < side.sign:
        raise InputError(f"Quantity {quantity} is not that of a {row[Column.DIRECTION]}")
    price = positive(amount(row, Column.PRICE), Column.PRICE)
    fee = Fee(-amount(row, Column.FEE), traded.settlement)
    traded.check_proportion(abs(quantity), price, fee.amount)
    return Fill(
        traded.symbol,
        side,
        abs(quantity),
        price,
        fee,
        venue_id=_id(row, Column.TRADE),
        order_id=_id(row, Column.ORDER),
        is_liquidation=row[Column.TYPE] == "LIQUIDATION",
        closes=_closes(row),
        source=NAME,
    )


def _closes(row: TableRow) -> bool:
    """Whether the venue says that this fill of a derivative only reduced a position."""
    return row[Column.ACTION] == "CLOSE"


def _event(row: TableRow, zone: Zone, body: Fill | Funding) -> Event:
    column = Column.TIME_UTC if Column.TIME_UTC in row.cells else Column.TIME
    form = _MILLISECONDS if len(row[column]) == _MILLISECONDS_LENGTH else _SECONDS
    return Event(form.read(row[column], zone, column), body)


def _id(row: TableRow, column: Column) -> str | None:
    return None if row[column] in _NOTHING else identifier(row[column], column)


IMPORTER = Importer(NAME, "Bybit Transaction Log (CSV)", identify, read)
