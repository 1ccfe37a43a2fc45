"""thinkorswim: the Account Statement (Monitor, Account Statement, Export to File).

Fills stand in its section "Account Trade History", the newest first, by the platform's clock,
which the statement does not name. Years have two digits, the month stands first. Only the cash
sections know what was charged; see `cash`. The second leg of a spread has neither
time nor spread of its own: it belongs to the row above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers import cme
from journal.importers.cells import grouped
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    other_export,
)
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.thinkorswim.cash import Charge, Execution, charges
from journal.importers.thinkorswim.sections import sections
from journal.importers.times import TimeFormat
from journal.importers.words import side_of
from journal.importers.zones import UTC_ZONE, Zone, asked_zone

NAME = "thinkorswim"


class Column(StrEnum):
    """The columns of the section of fills; the first has no title."""

    NOTES = ""
    TIME = "Exec Time"
    SPREAD = "Spread"
    SIDE = "Side"
    QUANTITY = "Qty"
    EFFECT = "Pos Effect"
    SYMBOL = "Symbol"
    EXPIRY = "Exp"
    STRIKE = "Strike"
    TYPE = "Type"
    PRICE = "Price"
    NET_PRICE = "Net Price"
    ORDER_TYPE = "Order Type"


_HISTORY = "Account Trade History"
_CASH = "Cash Balance"
_FUTURES = "Futures Statements"
_LAST = "Account Summary"
_TITLES = frozenset(
    {
        _CASH, _FUTURES, "Forex Statements", "Crypto Statements", "Account Order History",
        _HISTORY, "Equities", "Options", "Futures", "Futures Options", "Crypto", "Forex",
        "Profits and Losses", "Forex Account Summary", "Crypto Account Summary", _LAST,
    }
)  # fmt: skip
_LAYOUT = Layout(Column, ends_lines=False)

_STATEMENT = re.compile(
    r"Account Statement for (?P<account>\S+).* since (?P<since>\S+) through (?P<through>\S+)"
)
_DATE = TimeFormat("M/D/YY")
_TIME = TimeFormat("M/D/YY hh:mm:ss")
# The statement's days are the exchange's, its times the user's.
_DAY = timedelta(days=1)

_FETCH_STATEMENT = (
    "export the account statement instead: Monitor, Account Statement, menu, Export to File"
)
_OTHER_EXPORTS = (
    ("Today's Trade Activity", "this is thinkorswim's Trade Activity, which is of one day only"),
    ("Position Statement", "this is thinkorswim's Position Statement, which lists no fills"),
)

_EFFECTS = frozenset({"TO OPEN", "TO CLOSE", "OPENING", "CLOSING", "AUTO"})
_SHARES = frozenset({"STOCK", "ETF"})
_OPTIONS = frozenset({"CALL", "PUT"})
_OUTRIGHT = frozenset({"STOCK", "ETF", "FUTURE"})
_FUTURE = re.compile(r"/(?P<root>[A-Z0-9]{1,4}?)(?P<expiry>[FGHJKMNQUVXZ]\d{2})?(?::[A-Z]+)?")
_EXPIRY = re.compile(r"(?:\d{1,2} )?(?P<month>[A-Z]{3}) (?P<year>\d{2})(?: .*)?")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class _Statement:
    """What the first line says: whose statement, of which days; masked accounts are None."""

    account: str | None
    since: Moment
    through: Moment


def identify(sample: Sample) -> Identified:
    """Claim the account statement; recognise the other statements of the Monitor page."""
    first = sample.lines[0] if sample.lines else ""
    if "Account Statement for" in first:
        return MINE
    for words, what in _OTHER_EXPORTS:
        if words in first:
            return other_export(what, _FETCH_STATEMENT)
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    statement = _statement(file)
    tables = sections(file, _TITLES)
    if _HISTORY not in tables or _LAST not in tables:
        missing = _HISTORY if _HISTORY not in tables else _LAST
        raise InputError(
            f"the statement has no section {missing!r}: it was cut",
            where=file.name,
            hint="export it again",
        )
    zone = asked_zone(options.zone, file.name)
    charged = charges(tables.get(_CASH), tables.get(_FUTURES))
    executions: dict[int, Execution] = {}
    roots: dict[str, str | None] = {}
    leading: list[TableRow] = []

    def said(line: TableRow) -> Event | Ignored:
        if line[Column.TIME]:
            leading[:] = [line]
        if not leading:
            raise InputError("the first row of the section has no time")
        if line[Column.TYPE] in _OPTIONS:
            return Ignored("option")
        symbol, root = _instrument(line)
        fill = _fill(line, symbol, leading[0][Column.SPREAD])
        time = leading[0][Column.TIME]
        executions[line.number] = Execution(
            _TIME.read(time, UTC_ZONE, Column.TIME).at,
            fill.side,
            fill.quantity,
            line[Column.SYMBOL],
            fill.price,
        )
        roots[symbol] = root
        return Event(_at(time, statement, zone), fill)

    reading = collect(read_table(tables[_HISTORY], _LAYOUT), said, lambda _: statement.account)
    rows = oldest_first(reading.rows)
    found = charged.of([executions[row.number] for row in rows])
    rows = [_with_charge(row, charge) for row, charge in zip(rows, found, strict=True)]
    reading = replace(reading, rows=rows, used_zone=True, notes=_notes(found))
    return declared(reading, lambda symbol: _terms(roots[symbol]))


def _statement(file: SourceFile) -> _Statement:
    first = file.text().partition("\n")[0].strip().rstrip(",").strip('"')
    match = _STATEMENT.fullmatch(first)
    if match is None:
        raise InputError(
            f"the first line {clip(first)!r} does not name the account and the days",
            where=f"{file.name} line 1",
            hint="import the file exactly as it was exported",
        )
    account = match["account"]
    return _Statement(
        None if "*" in account else account,
        _DATE.read(match["since"], UTC_ZONE, "since"),
        _DATE.read(match["through"], UTC_ZONE, "through"),
    )


def _fill(line: TableRow, symbol: str, spread: str) -> Fill:
    quantity = grouped(line[Column.QUANTITY], Column.QUANTITY)
    side = side_of(line[Column.SIDE], Column.SIDE)
    if quantity * side.sign <= 0:
        raise InputError(
            f"Side {clip(line[Column.SIDE])!r} and Qty {clip(line[Column.QUANTITY])!r} do not agree"
        )
    if line[Column.EFFECT] not in _EFFECTS:
        raise InputError(f"Pos Effect {clip(line[Column.EFFECT])!r} is not known")
    if spread in _OUTRIGHT and line[Column.NET_PRICE] != line[Column.PRICE]:
        raise InputError(
            f"Price {clip(line[Column.PRICE])!r} and Net Price {clip(line[Column.NET_PRICE])!r} "
            "do not agree"
        )
    return Fill(
        symbol,
        side,
        abs(quantity),
        grouped(line[Column.PRICE], Column.PRICE),
        closes=_closes(line),
        source=NAME,
    )


def _at(cell: str, statement: _Statement, zone: Zone) -> Moment:
    moment = _TIME.read(cell, zone, Column.TIME)
    day = _DATE.read(cell.partition(" ")[0], UTC_ZONE, Column.TIME).at
    if not statement.since.at - _DAY <= day <= statement.through.at + _DAY:
        raise InputError(f"Exec Time {clip(cell)!r} is not within the days of the statement")
    return moment


def _instrument(line: TableRow) -> tuple[str, str | None]:
    """Return the journal's symbol, and the product where it is a future."""
    kind, text = line[Column.TYPE], line[Column.SYMBOL]
    if kind in _SHARES:
        check_symbol(text)
        return text, None
    match = _FUTURE.fullmatch(text) if kind == "FUTURE" else None
    if match is None:
        raise InputError(f"Symbol {clip(text)!r} of Type {clip(kind)!r} is not known")
    if match["expiry"]:
        return f"{match['root']}{match['expiry']}", match["root"]
    return f"{match['root']}-{_month(line[Column.EXPIRY])}", match["root"]


def _month(cell: str) -> str:
    match = _EXPIRY.fullmatch(cell)
    if match is None or match["month"] not in _MONTHS:
        raise InputError(f"Exp {clip(cell)!r} names no month of a future")
    return f"20{match['year']}-{_MONTHS.index(match['month']) + 1:02}"


def _closes(line: TableRow) -> bool:
    """Whether the venue says that the fill reduces a position and opens none."""
    return line[Column.EFFECT] in ("TO CLOSE", "CLOSING")


def _with_charge(row: Row, charge: Charge | None) -> Row:
    if charge is None or not isinstance(row.event.body, Fill):
        return row
    fill = replace(row.event.body, fee=Fee(charge.fee, cme.CURRENCY), order_id=charge.reference)
    return replace(row, event=replace(row.event, body=fill))


def _notes(found: Sequence[Charge | None]) -> tuple[str, ...]:
    unknown = found.count(None)
    if not unknown:
        return ()
    return (f"the cash sections do not tell surely what {unknown} fills cost",)


def _terms(root: str | None) -> InstrumentTerms | None:
    """Return the terms of a future; a share's are its ticker's."""
    if root is None:
        return None
    return InstrumentTerms(Kind.LINEAR, root, cme.CURRENCY, cme.POINT_VALUES.get(root))


IMPORTER = Importer(NAME, "thinkorswim account statement (CSV)", identify, read)
