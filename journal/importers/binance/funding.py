"""Binance: the transaction history of futures, as CSV and as the API's income history.

It is a ledger of the futures wallet. Funding is taken from it, negative where it was paid; what
fills did to the wallet (`REALIZED_PNL`, `COMMISSION`) is worked out from the fills, and transfers
are no trades. Files until 2023 print UTC (`Date(UTC)`); later ones head the column `Time` and
tell no zone. A transaction id is unique among the transactions of its type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding, InstrumentEntry
from journal.domain.instrument import InstrumentTerms
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers.binance.cells import at
from journal.importers.binance.contracts import contract
from journal.importers.binance.other_exports import other_export_of_binance
from journal.importers.cells import identifier, number
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import by_sequence, natural
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import epoch_ms
from journal.importers.zones import UTC_ZONE, asked_zone

NAME = "binance-funding"

_Known = dict[str, InstrumentTerms]


class Column(StrEnum):
    """The columns of the transaction history; time and type have one of two titles each."""

    UID = "Uid"
    DATE = "Date(UTC)"
    TIME = "Time"
    OLD_TYPE = "type"
    TYPE = "Type"
    AMOUNT = "Amount"
    ASSET = "Asset"
    SYMBOL = "Symbol"
    ID = "Transaction ID"


_LAYOUT = Layout(
    Column,
    optional=frozenset({Column.UID, Column.DATE, Column.TIME, Column.OLD_TYPE, Column.TYPE}),
)
_TELLING = frozenset({"Amount", "Asset", "Symbol", "Transaction ID"})
_TYPES = frozenset({"type", "Type"})
_INCOME = frozenset({"symbol", "incomeType", "income", "asset", "time", "tranId"})

_FUNDING = "FUNDING_FEE"
_IGNORED = {
    "REALIZED_PNL": "realised profit, which follows from the fills",
    "COMMISSION": "commission, which stands at the fills",
    "COMMISSION_REBATE": "commission rebate",
    "API_REBATE": "commission rebate",
    "REFERRAL_KICKBACK": "referral bonus",
    "CONTEST_REWARD": "bonus",
    "WELCOME_BONUS": "bonus",
    "FEE_RETURN": "commission rebate",
    "TRANSFER": "transfer",
    "INTERNAL_TRANSFER": "transfer",
    "CROSS_COLLATERAL_TRANSFER": "transfer",
    "STRATEGY_UMFUTURES_TRANSFER": "transfer",
    "BFUSD_REWARD": "bonus",
    "DEPOSIT": "transfer",
    "WITHDRAW": "transfer",
    "COIN_SWAP_DEPOSIT": "currency conversion",
    "COIN_SWAP_WITHDRAW": "currency conversion",
    "AUTO_EXCHANGE": "currency conversion",
    "INSURANCE_CLEAR": "insurance fund",
    "OPTIONS_PREMIUM_FEE": "option",
    "OPTIONS_SETTLE_PROFIT": "option",
    "DELIVERED_SETTELMENT": "delivery, which is no fill",
    "POSITION_LIMIT_INCREASE_FEE": "position limit fee",
}


def identify(sample: Sample) -> Identified:
    """Claim the transaction history, and the API's answer with the same in it."""
    header = sample.header()
    if mostly(_TELLING, header) and _TYPES & set(header):
        return MINE
    if mostly(_INCOME, sample.json_keys()):
        return MINE
    return other_export_of_binance(sample)


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the funding, oldest first."""
    known: _Known = {}
    if mostly(_INCOME, Sample.of(file.data).json_keys()):
        reading = collect(read_json(file, _INCOME), lambda row: _income(row, known))
    else:
        reading = _table(file, options, known)
    rows = by_sequence(reading.rows, _sequence)
    return replace(reading, rows=rows, declarations=tuple(_declarations(rows, known)))


def _declarations(rows: Iterable[Row], known: _Known) -> Iterator[Event]:
    """Yield the contracts that funding was paid for, each at its first payment."""
    seen = set()
    for row in rows:
        body = row.event.body
        if isinstance(body, Funding) and body.symbol not in seen:
            seen.add(body.symbol)
            yield Event(row.event.at, InstrumentEntry(body.symbol, known[body.symbol]))


def _sequence(row: Row) -> tuple[int | str, ...]:
    return natural(row.event.body.venue_id) if isinstance(row.event.body, Funding) else ()


def _table(file: SourceFile, options: ReadOptions, known: _Known) -> Reading:
    lines = list(read_table(file, _LAYOUT))
    titles = set(lines[0].cells) if lines else {Column.DATE, Column.TYPE}
    for pair in ({Column.DATE, Column.TIME}, {Column.TYPE, Column.OLD_TYPE}):
        if len(titles & pair) != 1:
            raise InputError(
                "the columns are not the ones this export has: "
                f"not one of {' and '.join(repr(str(each)) for each in sorted(pair))}",
                where=file.name,
                hint="import the file exactly as it was exported",
            )
    told = Column.DATE in titles
    zone = UTC_ZONE if told else asked_zone(options.zone, file.name)

    def said(line: TableRow) -> Event | Ignored:
        kind = line[Column.TYPE] or line[Column.OLD_TYPE]
        return _said(
            kind,
            line[Column.SYMBOL],
            (line[Column.AMOUNT], line[Column.ASSET]),
            line[Column.ID],
            lambda: at(line[Column.DATE] or line[Column.TIME], zone),
            known,
        )

    reading = collect(lines, said, lambda line: line[Column.UID] or None)
    return replace(reading, used_zone=not told)


def _income(row: JsonRow, known: _Known) -> Event | Ignored:
    return _said(
        row["incomeType"],
        row["symbol"],
        (row["income"], row["asset"]),
        row["tranId"],
        lambda: epoch_ms(row["time"]),
        known,
    )


def _said(
    kind: str,
    name: str,
    money: tuple[str, str],
    transaction: str,
    time: Callable[[], Moment],
    known: _Known,
) -> Event | Ignored:
    """Return the funding of a row, or what else it is."""
    if kind in _IGNORED:
        return Ignored(_IGNORED[kind])
    if kind != _FUNDING:
        raise InputError(f"type {clip(kind)!r} is no kind of transaction that is known here")
    amount, asset = money
    traded = contract(name)
    if not asset:
        raise InputError("the funding is in no coin")
    funding = Funding(
        traded.symbol,
        number(amount, "amount"),
        asset,
        source=NAME,
        venue_id=identifier(transaction, "transaction id"),
    )
    event = Event(time(), funding)
    known[traded.symbol] = traded.terms
    return event


IMPORTER = Importer(NAME, "Binance futures transaction history (CSV, JSON)", identify, read)
