"""Coinbase Pro: the account statement, a ledger of every change of the balances.

A fill is two `match` rows, what was received and what was given, and mostly a `fee` row in the
quote currency; they share trade id, order id and time. The price is not printed: it follows from
the two amounts. The statement lists every change, so a match without a fee row cost nothing.
Balances continue from row to row of a currency, which shows an amount that was changed. Some
statements print amounts with a sign of the currency, `-€597.49`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import clip
from journal.importers.cells import identifier, money
from journal.importers.coinbase.balances import Change, breaks
from journal.importers.coinbase.quotes import base_and_quote
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.order import oldest_first
from journal.importers.ratio import unit_price
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat

NAME = "coinbase-account"


class Column(StrEnum):
    """The columns of the account statement."""

    PORTFOLIO = "portfolio"
    TYPE = "type"
    TIME = "time"
    AMOUNT = "amount"
    BALANCE = "balance"
    UNIT = "amount/balance unit"
    TRANSFER = "transfer id"
    TRADE = "trade id"
    ORDER = "order id"


class Capital(StrEnum):
    """The same columns as other statements title them."""

    PORTFOLIO = "Portfolio"
    TYPE = "Type"
    TIME = "Timestamp"
    AMOUNT = "Amount"
    BALANCE = "Balance"
    UNIT = "Amount/balance unit"
    TRANSFER = "Transfer id"
    TRADE = "Trade id"
    ORDER = "Order id"


_TIME = TimeFormat("YYYY-MM-DDThh:mm:ss.fZ")
_MATCH, _FEE = "match", "fee"
_IGNORED = {
    "deposit": "deposit",
    "withdrawal": "withdrawal",
    "conversion": "currency conversion",
    "rebate": "fee rebate",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the ledger, whatever its columns are called."""

    number: int
    raw: str
    portfolio: str
    kind: str
    time: str
    amount: str
    balance: str
    unit: str
    trade: str
    order: str

    @property
    def key(self) -> tuple[str, ...]:
        """Return what the rows of one fill share; other rows stand for themselves."""
        if self.kind in (_MATCH, _FEE):
            return self.portfolio, self.trade, self.order, self.time
        return (str(self.number),)


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of one fill, or one other row."""

    entries: tuple[_Entry, ...]

    @property
    def number(self) -> int:
        """Return the line of its first row."""
        return self.entries[0].number

    @property
    def raw(self) -> str:
        """Return the text of its rows."""
        return "\n".join(entry.raw for entry in self.entries)


def identify(sample: Sample) -> Identified:
    """Claim the account statement."""
    header = sample.header()
    found = any(mostly([*titles][1:], header) for titles in (Column, Capital))
    return MINE if found else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first."""
    entries = list(_entries(file))
    wrong = breaks([change for entry in entries if (change := _change(entry))])
    groups = _groups(entries)
    last = max((group.number for group in groups), default=0)

    def said(group: _Group) -> Event | Ignored:
        kind = group.entries[0].kind
        if kind in _IGNORED:
            return Ignored(_IGNORED[kind])
        if kind not in (_MATCH, _FEE):
            raise InputError(f"type {clip(kind)!r} is none that a statement has")
        for entry in group.entries:
            money(entry.balance, "balance")
            if entry.number in wrong:
                raise InputError(
                    f"the balance {clip(entry.balance)} {clip(entry.unit)} does not continue the "
                    "rows before: a cell was changed or rows are missing"
                )
        return _event(group.entries, at_end=group.number == last)

    reading = collect(groups, said, lambda group: group.entries[0].portfolio or None)
    return replace(reading, rows=oldest_first(reading.rows))


def _entries(file: SourceFile) -> Iterator[_Entry]:
    capital = mostly([*Capital][1:], Sample.of(file.data[:1024]).header())
    titles: type[Column | Capital] = Capital if capital else Column
    layout = Layout(titles, optional=frozenset({titles.PORTFOLIO}))
    for line in read_table(file, layout):
        yield _entry(line, titles)


def _entry(line: TableRow, titles: type[Column | Capital]) -> _Entry:
    return _Entry(
        line.number,
        line.raw,
        line[titles.PORTFOLIO],
        line[titles.TYPE],
        line[titles.TIME],
        line[titles.AMOUNT],
        line[titles.BALANCE],
        line[titles.UNIT],
        line[titles.TRADE],
        line[titles.ORDER],
    )


def _groups(entries: Sequence[_Entry]) -> list[_Group]:
    found: dict[tuple[str, ...], list[_Entry]] = {}
    for entry in entries:
        found.setdefault(entry.key, []).append(entry)
    return [_Group(tuple(rows)) for rows in found.values()]


def _change(entry: _Entry) -> Change | None:
    """Return what the row did to a balance, unless its numbers cannot be read at all."""
    try:
        amount, balance = money(entry.amount, "amount"), money(entry.balance, "balance")
    except InputError:
        return None
    return Change(entry.number, (entry.portfolio, entry.unit), entry.time, amount, balance)


def _event(entries: Sequence[_Entry], *, at_end: bool) -> Event:
    legs = [entry for entry in entries if entry.kind == _MATCH]
    fees = [entry for entry in entries if entry.kind == _FEE]
    gave = [(entry, amount) for entry in legs if (amount := money(entry.amount, "amount")) < 0]
    got = [(entry, amount) for entry in legs if (amount := money(entry.amount, "amount")) > 0]
    trade = identifier(entries[0].trade, "trade id")
    if len(legs) != 2 or len(gave) != 1 or len(fees) > 1:  # noqa: PLR2004 - two legs
        raise InputError(
            f"trade {clip(trade)} has {len(got)} row(s) received, {len(gave)} given and "
            f"{len(fees)} of fees instead of one, one and at most one"
        )
    if at_end and not fees:
        raise InputError(
            f"trade {clip(trade)} is the last of the file and has no fee row, which may be cut off"
        )
    base, quote = base_and_quote(legs[0].unit, legs[1].unit)
    (received, plus), (_, minus) = got[0], gave[0]
    bought = received.unit == base
    quantity, paid = (plus, minus) if bought else (minus, plus)
    fill = Fill(
        f"{base}-{quote}",
        Side.BUY if bought else Side.SELL,
        abs(quantity),
        unit_price(paid, quantity),
        _fee(fees, quote),
        venue_id=trade,
        order_id=identifier(entries[0].order, "order id"),
        source=NAME,
    )
    return Event(_TIME.read(entries[0].time), fill)


def _fee(fees: Sequence[_Entry], quote: str) -> Fee:
    if not fees:
        return Fee(Decimal(), quote)
    if fees[0].unit != quote:
        raise InputError(f"the fee is in {clip(fees[0].unit)!r} instead of {quote}")
    return Fee(-money(fees[0].amount, "amount"), quote)


IMPORTER = Importer(NAME, "Coinbase Pro account statement (CSV)", identify, read)
