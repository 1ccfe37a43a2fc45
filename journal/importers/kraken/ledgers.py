"""Kraken: ledgers.csv of the History page.

A ledger: a trade stands in two rows that share a `refid`, the id of the trade, one row of what was
given and one of what was received, each with its own fee; a fee paid in fee credits (KFEE) in a
third, with amount zero. Card purchases and conversions are pairs of `spend` and `receive`. The
fee is a cost on top of the amount. Times are UTC.

The ledger prints no price. It is the amount of the quote over that of the base; where that does
not end, the shortest price that gives both amounts as they are printed, and a note says so. What
margin positions are opened and closed at is not told here at all: trades.csv tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import clip
from journal.importers.cells import identifier, number
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.kraken.assets import asset, base_and_quote
from journal.importers.order import oldest_first
from journal.importers.ratio import exact_price, shortest_price
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat

NAME = "kraken-ledgers"


class Column(StrEnum):
    """The columns of all years."""

    ENTRY = "txid"
    REFERENCE = "refid"
    TIME = "time"
    TYPE = "type"
    SUBTYPE = "subtype"
    CLASS = "aclass"
    SUBCLASS = "subclass"
    ASSET = "asset"
    WALLET = "wallet"
    AMOUNT = "amount"
    FEE = "fee"
    BALANCE = "balance"
    AMOUNT_USD = "amountusd"
    FEE_USD = "feeusd"
    BALANCE_USD = "balanceusd"
    FEE_CURRENCY = "feecurrency"


_OPTIONAL = frozenset({
    Column.SUBTYPE, Column.SUBCLASS, Column.WALLET, Column.AMOUNT_USD, Column.FEE_USD,
    Column.BALANCE_USD, Column.FEE_CURRENCY,
})  # fmt: skip
_OLD = Layout(Column, optional=_OPTIONAL, trailing=True, ends_lines=False)
# Every ledger that tells the wallet has subtypes, without which a dust sweep looks like a trade.
_NEW = Layout(Column, optional=_OPTIONAL - {Column.SUBTYPE}, trailing=True, ends_lines=False)
_TELLING = frozenset({"txid", "refid", "type", "aclass", "asset", "amount", "balance"})
_SECONDS = TimeFormat("YYYY-MM-DD hh:mm:ss")
_FRACTIONS = TimeFormat("YYYY-MM-DD hh:mm:ss.f")
_TRADES = frozenset({"trade", "spend", "receive"})
_DUST = "dustsweeping"
_CREDITS = "KFEE"
_MARGIN = "margin position"
_HEAD = 2_000  # bytes that hold the header
_LEGS = 2
_SHOWN = 3
_OTHERS = {
    "deposit": "deposit", "withdrawal": "withdrawal", "transfer": "transfer",
    "custodytransfer": "transfer", "hybridearndeposit": "transfer",
    "hybridearnwithdrawal": "transfer", "staking": "staking reward", "earn": "staking reward",
    "reward": "staking reward", "dividend": "dividend", "margin": _MARGIN,
    "rollover": "rollover fee of a margin position", "settled": "settled margin position",
    "adjustment": "adjustment", "credit": "credit", "invite bonus": "bonus",
    "nft_rebate": "fee refund", "sale": "sale of a token",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Trade:
    """The rows that share the id of a trade."""

    rows: tuple[TableRow, ...]

    @property
    def number(self) -> int:
        return self.rows[0].number

    @property
    def raw(self) -> str:
        return "\n".join(row.raw for row in self.rows)


def identify(sample: Sample) -> Identified:
    """Claim ledgers.csv."""
    return MINE if mostly(_TELLING, sample.header()) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    rounded: list[str] = []

    def said(line: TableRow | _Trade) -> Event | Ignored | list[Ignored]:
        return _fill(line, rounded) if isinstance(line, _Trade) else _other(line)

    header = Sample.of(file.data[:_HEAD]).header()
    layout = _NEW if {Column.SUBCLASS, Column.WALLET} & set(header) else _OLD
    reading = collect(_lines(list(read_table(file, layout))), said)
    notes = tuple(_notes(len(rounded), reading.ignored[_MARGIN]))
    return replace(reading, rows=oldest_first(reading.rows), notes=notes)


def _notes(rounded: int, margins: int) -> Iterator[str]:
    if rounded:
        yield (
            f"of {rounded} fills the price does not end, as the ledger prints only amounts: the "
            "shortest one that gives them is taken; trades.csv has the exact prices"
        )
    if margins:
        yield (
            "what margin positions were opened and closed at is not in the ledger: "
            "import trades.csv for them"
        )


def _lines(rows: Sequence[TableRow]) -> Iterator[TableRow | _Trade]:
    """Yield trades and other rows, each trade at its first row."""
    trades: defaultdict[str, list[TableRow]] = defaultdict(list)
    for row in rows:
        if row[Column.TYPE] in _TRADES and row[Column.ENTRY]:
            trades[row[Column.REFERENCE]].append(row)
    for row in rows:
        if row[Column.TYPE] not in _TRADES or not row[Column.ENTRY]:
            yield row
        elif trades[row[Column.REFERENCE]][0] is row:
            yield _Trade(tuple(trades[row[Column.REFERENCE]]))


def _other(row: TableRow) -> Ignored:
    if not row[Column.ENTRY] and row[Column.TYPE]:
        return Ignored("entry that was not booked")
    kind = _OTHERS.get(row[Column.TYPE])
    if kind is None:
        raise InputError(f"type {clip(row[Column.TYPE])!r} is not known")
    return Ignored(kind)


def _fill(trade: _Trade, rounded: list[str]) -> Event | list[Ignored]:
    rows = trade.rows
    if any(row[Column.SUBTYPE] == _DUST for row in rows):
        return [Ignored("dust sweep")] * len(rows)
    legs = {asset(row[Column.ASSET]): row for row in rows if row[Column.ASSET] != _CREDITS}
    credit_rows = [row for row in rows if row[Column.ASSET] == _CREDITS]
    if len(legs) != _LEGS or len(legs) + len(credit_rows) != len(rows):
        raise InputError(_not_a_pair(rows))
    base, quote = _sides(legs)
    moved, paid = _amount(legs[base]), _amount(legs[quote])
    if not moved * paid < 0:
        raise InputError(f"amounts {moved} and {paid} are not one given and one received")
    price = exact_price(abs(paid), abs(moved))
    if price is None:
        price = shortest_price(abs(paid), abs(moved))
        rounded.append(base)
    fill = Fill(
        f"{base}-{quote}",
        Side.BUY if moved > 0 else Side.SELL,
        abs(moved),
        price,
        _fee(rows, quote),
        venue_id=identifier(rows[0][Column.REFERENCE], Column.REFERENCE),
        source=NAME,
    )
    time = rows[0][Column.TIME]
    form = _FRACTIONS if "." in time else _SECONDS
    return Event(form.read(time, what=Column.TIME), fill)


def _not_a_pair(rows: Sequence[TableRow]) -> str:
    amounts = " and ".join(
        f"{clip(row[Column.AMOUNT])} {clip(row[Column.ASSET])}" for row in rows[:_SHOWN]
    )
    return f"{amounts} under one refid are not the two rows of a trade"


def _sides(legs: Mapping[str, TableRow]) -> tuple[str, str]:
    """Return base and quote; in a conversion of two coins the one received is the base."""
    one, other = legs
    sides = base_and_quote(one, other)
    if sides is not None:
        return sides
    if any(row[Column.TYPE] == "trade" for row in legs.values()):
        raise InputError(f"neither {one} nor {other} is what Kraken quotes prices in")
    return (one, other) if _amount(legs[one]) > 0 else (other, one)


def _amount(row: TableRow) -> Decimal:
    """Return the amount, which has a decimal mark where the balance has one."""
    cell = row[Column.AMOUNT]
    if "." in row[Column.BALANCE] and "." not in cell:
        raise InputError(f"amount {clip(cell)!r} lost its decimal mark")
    return number(cell, Column.AMOUNT)


def _fee(rows: Sequence[TableRow], quote: str) -> Fee:
    """Return the fee, which stands on one of the rows; on none, it is zero."""
    fees = []
    for row in rows:
        fee, amount = number(row[Column.FEE], Column.FEE), number(row[Column.AMOUNT], Column.AMOUNT)
        if amount and abs(fee) * 2 > abs(amount):
            raise InputError(f"a fee of {fee} is out of proportion to an amount of {amount}")
        if fee:
            fees.append(Fee(fee, asset(row[Column.ASSET])))
    if len(fees) > 1:
        raise InputError("the rows of one trade have fees in two coins")
    return fees[0] if fees else Fee(Decimal(0), quote)


IMPORTER = Importer(NAME, "Kraken ledgers (CSV)", identify, read)
