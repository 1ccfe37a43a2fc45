"""KuCoin: spot fills as its exports of 2017 to today print them.

The clock stands in a title (`Filled Time(UTC+02:00)`) or nowhere. Files that were saved anew by a
spreadsheet have semicolons, decimal commas and days first, with dots. The fee is a cost, in the
quote coin or in KCS. There are ids of orders only, and not always, so fills are told apart by how
often they stand there. Price times amount is the volume, which shows a number that was changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.money import clip
from journal.importers.cells import check_amount, check_fee, grouped, identifier, positive
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample
from journal.importers.kucoin.layouts import Orders, is_ours, layout_of, other
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import TableRow, read_table
from journal.importers.times import TimeFormat
from journal.importers.words import LIQUIDITIES, side_of
from journal.importers.zone_titles import without_zones, zone_for, zone_of_titles
from journal.importers.zones import Zone

NAME = "kucoin"

_TIMES = tuple(
    TimeFormat(pattern)
    for pattern in (
        *("YYYY-MM-DD hh:mm:ss", "YYYY/MM/DD hh:mm:ss"),
        *("DD.MM.YYYY hh:mm:ss", "DD.MM.YYYY hh:mm"),
    )
)
_TYPES = frozenset({"", "limit", "market", "limit_stop", "market_stop"})
_DISCOUNT_COIN = "KCS"
_NUMBERS = ("PRICE", "AMOUNT", "VOLUME", "FEE")


@dataclass(frozen=True, slots=True)
class _Format:
    """How this file writes: what its columns are called, whose clock, which decimal mark."""

    titles: Mapping[str, str]
    zone: Zone
    decimal: str

    def cell(self, line: TableRow, name: str) -> str:
        """Return a cell; of a column this export lacks, nothing."""
        return line[self.titles[name]] if name in self.titles else ""

    def number(self, line: TableRow, name: str) -> Decimal:
        """Return a number as this file writes it."""
        return grouped(self.cell(line, name), self.titles[name], self.decimal)


def identify(sample: Sample) -> Identified:
    """Claim exports of spot fills; recognise the other files of the bundle."""
    for header in without_zones(sample).headers(lines=1):
        found = other(header)
        if found is not NOT_MINE:
            return found
        if is_ours(header):
            return MINE
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    file, zone = zone_of_titles(file)
    sample = Sample.of(file.data[: 1 << 12])
    layout = layout_of(max(sample.headers(lines=1), key=len))
    lines = list(read_table(file, layout))
    titles = {column.name: str(column) for column in layout.columns}
    form = _Format(
        titles,
        zone_for(file, zone, options.zone),
        _decimal_mark(lines, titles) if ";" in sample.text.partition("\n")[0] else ".",
    )
    reading = collect(
        lines, lambda line: _said(line, form), lambda line: form.cell(line, "ACCOUNT") or None
    )
    whole_orders = layout.columns is Orders and reading.rows
    return replace(
        reading,
        rows=oldest_first(reading.rows),
        notes=(_WHOLE_ORDERS,) if whole_orders else (),
        used_zone=zone is None,
    )


_WHOLE_ORDERS = (
    "each row is a whole order at its average price; the export with order-splitting lists the "
    "same fills one by one, so import only one of the two"
)


def _decimal_mark(lines: Sequence[TableRow], titles: Mapping[str, str]) -> str:
    """Return the decimal mark of a file with semicolons: a comma where there is no point."""
    numbers = "".join(line[titles[name]] for line in lines for name in _NUMBERS)
    return "," if "," in numbers and "." not in numbers else "."


def _said(line: TableRow, form: _Format) -> Event | Ignored:
    amount = form.number(line, "AMOUNT")
    if amount == 0:
        return Ignored("cancelled order")
    base, quote = split_pair(form.cell(line, "PAIR"))
    _check_coins(line, form, base, quote)
    price = positive(form.number(line, "PRICE"), form.titles["PRICE"])
    positive(amount, form.titles["AMOUNT"])
    volume = form.number(line, "VOLUME")
    check_amount(amount, price, volume, form.titles["VOLUME"])
    if form.cell(line, "TYPE").lower() not in _TYPES:
        raise InputError(f"order type {clip(form.cell(line, 'TYPE'))!r} is not known")
    order = form.cell(line, "ORDER")
    fill = Fill(
        f"{base}-{quote}",
        side_of(form.cell(line, "SIDE"), form.titles["SIDE"]),
        amount,
        price,
        _fee(line, form, {base: amount, quote: volume}),
        order_id=identifier(order, form.titles["ORDER"]) if order else None,
        liquidity=LIQUIDITIES.get(form.cell(line, "LIQUIDITY").lower()),
        source=NAME,
    )
    text = form.cell(line, "TIME")
    written = next((each for each in _TIMES if each.fits(text)), _TIMES[0])
    return Event(written.read(text, form.zone), fill)


def _fee(line: TableRow, form: _Format, traded: Mapping[str, Decimal]) -> Fee:
    """Return the fee; `traded` tells how much of each coin of the pair changed hands."""
    coin = form.cell(line, "FEE_COIN")
    if coin not in (*traded, _DISCOUNT_COIN):
        raise InputError(f"the fee is in {clip(coin)!r}, not in {' or '.join(traded)} nor in KCS")
    fee = Fee(form.number(line, "FEE"), coin)
    check_fee(fee, traded)
    return fee


def _check_coins(line: TableRow, form: _Format, base: str, quote: str) -> None:
    """Refuse a row whose coins beside the numbers are not those of the pair."""
    for name, coin in (("PRICE_COIN", quote), ("AMOUNT_COIN", base), ("VOLUME_COIN", quote)):
        if name in form.titles and form.cell(line, name) != coin:
            raise InputError(
                f"{form.titles[name]} {clip(form.cell(line, name))!r} is not {coin} of the pair"
            )


IMPORTER = Importer(NAME, "KuCoin spot fills (CSV)", identify, read)
