"""OKEx: the trades of 2020 and before, one row a fill, spot only.

Amount is positive for a purchase and negative for a sale, Total is what the other coin changed by,
with its unit behind it. Fees are negative where they are a cost. The times have no zone.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, check_fee, glued, identifier, number, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import liquidity_of
from journal.importers.zones import Zone, asked_zone

NAME = "okx-v1"


class Column(StrEnum):
    """The columns of the old trades."""

    ORDER = "Order ID"
    TRADE = "Trade ID"
    TIME = "Trade Time"
    PAIR = "Pairs"
    AMOUNT = "Amount"
    PRICE = "Price"
    TOTAL = "Total"
    LIQUIDITY = "taker/maker"
    FEE = "Fee"
    UNIT = "unit"


_TELLING = frozenset({"Trade ID", "Trade Time", "Pairs", "taker/maker", "unit"})
# The last cell must be the coin of the pair, so that a cut in it is noticed.
_LAYOUT = Layout(Column, ends_lines=False)
_TIME = TimeFormat("YYYY-MM-DD hh:mm:ss")
_HIGHEST_FEE = Decimal("0.01")
# Some exports count the rows in Order ID; the venue's own ids have more digits.
_COUNTER = re.compile(r"\d{1,7}", re.ASCII)


def identify(sample: Sample) -> Identified:
    """Claim the old trades."""
    return MINE if mostly(_TELLING, sample.header()) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    lines = list(read_table(file, _LAYOUT))
    zone = asked_zone(options.zone, file.name)
    reading = collect(lines, lambda line: _event(line, zone))
    return replace(reading, rows=oldest_first(reading.rows), used_zone=True)


def _event(line: TableRow, zone: Zone) -> Event:
    base, quote = split_pair(line[Column.PAIR].upper())
    if line[Column.UNIT].upper() != base:
        raise InputError(f"unit {clip(line[Column.UNIT])!r} is not the coin {base} of the pair")
    amount = number(line[Column.AMOUNT], Column.AMOUNT)
    total, _ = glued(line[Column.TOTAL].upper(), Column.TOTAL, (quote,))
    if amount * total > 0:
        raise InputError(f"Amount {amount} and Total {total} cannot both be received or paid")
    fee, fee_coin = glued(line[Column.FEE].upper(), Column.FEE, (base, quote))
    fill = Fill(
        f"{base}-{quote}",
        Side.BUY if amount > 0 else Side.SELL,
        positive(abs(amount), Column.AMOUNT),
        positive(number(line[Column.PRICE], Column.PRICE), Column.PRICE),
        Fee(EXACT.minus(fee), fee_coin),
        venue_id=identifier(line[Column.TRADE], Column.TRADE),
        order_id=_order(line[Column.ORDER]),
        liquidity=liquidity_of(line[Column.LIQUIDITY], Column.LIQUIDITY),
        source=NAME,
    )
    check_amount(fill.quantity, fill.price, total, Column.TOTAL)
    check_fee(fill.fee, {base: amount, quote: total}, _HIGHEST_FEE)
    return Event(_TIME.read(line[Column.TIME], zone, Column.TIME), fill)


def _order(cell: str) -> str | None:
    return None if _COUNTER.fullmatch(cell) else identifier(cell, Column.ORDER)


IMPORTER = Importer(NAME, "OKEx trades until 2020 (CSV)", identify, read)
