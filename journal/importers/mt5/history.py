"""MetaTrader 5: the history report (History tab, Report), whose section Deals lists the fills.

Commission, Fee and Swap change the balance as they are printed: a cost is negative. The swap of a
deal is what its position was charged for the nights it was held. Volumes are lots, whose size is
the broker's choice: it is asked for. Times are those of the broker's server, which the report does
not name. In hedging accounts a deal belongs to the long or to the short position.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill, Side
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.money import EXACT, clip
from journal.domain.plan import Direction
from journal.importers.cells import identifier, money, positive
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    mostly,
    other_export,
)
from journal.importers.mt5.checks import Checks, size_notes, totals_notes
from journal.importers.mt5.report import ACCOUNT, COLUMNS, Column, Report, read_report
from journal.importers.order import by_sequence
from journal.importers.reading import Ignored, Reading, ReadOptions, Row, collect
from journal.importers.source import SourceFile
from journal.importers.table import TableRow
from journal.importers.times import TimeFormat
from journal.importers.words import SIDES
from journal.importers.zones import Zone, asked_zone

NAME = "mt5"

_TIMES = (
    TimeFormat("YYYY.MM.DD hh:mm:ss"),
    TimeFormat("YYYY.MM.DD hh:mm"),
    TimeFormat("YYYY-MM-DD hh:mm:ss"),  # as a workbook's date cells come
)
_DIRECTIONS = frozenset({"in", "out", "in/out", "out by"})
_NOT_FILLS = {
    "balance": "deposit or withdrawal",
    "credit": "credit",
    "charge": "charge",
    "correction": "correction",
    "bonus": "bonus",
    "commission": "commission without a deal",
    "commission daily": "commission without a deal",
    "commission monthly": "commission without a deal",
    "daily commission": "commission without a deal",
    "monthly commission": "commission without a deal",
    "agent": "agent commission",
    "daily agent": "agent commission",
    "monthly agent": "agent commission",
    "interest": "interest",
    "interest rate": "interest",
    "dividend": "dividend",
    "franked dividend": "dividend",
    "tax": "tax",
    "buy canceled": "cancelled deal",
    "sell canceled": "cancelled deal",
    "so compensation": "negative balance made up",
}
_SYMBOL_MARKS = "#+!^$&*"
_POSITIONS = frozenset({"Position", "S / L", "T / P", "Volume", "Swap", "Profit"})
_TESTER = "Strategy Tester Report"
_FETCH_REPORT = (
    "export the report instead: History tab, Positions, Orders and Deals, right-click, Report"
)
_HTML_BLANK = re.compile(r"&nbsp;|\u00a0")


def identify(sample: Sample) -> Identified:
    """Claim the history report in any language; recognise what only looks like it."""
    text = _HTML_BLANK.sub(" ", sample.text)
    if _TESTER in text:
        return other_export(
            "this is MetaTrader 5's Strategy Tester report, of simulated deals", _FETCH_REPORT
        )
    if "Trade History Report" in text or ACCOUNT.search(text):
        return MINE
    for delimiter in ",;\t":
        header = sample.header(delimiter=delimiter)
        if mostly(COLUMNS, header) and {"Deal", "Direction"} & {*header}:
            return MINE
        if mostly(_POSITIONS, header) and header[:1] == ["Time"]:
            return other_export(
                "this is MetaTrader 5's list of positions, which are results, not fills",
                _FETCH_REPORT,
            )
    return NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the deals, oldest first, and the swaps charged with them."""
    report = read_report(file)
    zone = asked_zone(options.zone, file.name)
    checks = Checks.of(report)
    hedging = _is_hedging(report)

    def said(line: TableRow) -> list[Event | Ignored]:
        if line[Column.TYPE] in _NOT_FILLS:
            return [Ignored(_NOT_FILLS[line[Column.TYPE]])]
        checks.check(line)
        return list(_events(line, report.currency, zone, hedging=hedging))

    reading = collect(report.deals, said, lambda _: report.account)
    rows = by_sequence(reading.rows, _sequence)
    notes = (*_notes(report, rows), *totals_notes(report), *size_notes(report))
    reading = replace(reading, rows=rows, used_zone=True, notes=notes)
    return declared(reading, lambda _: InstrumentTerms(Kind.LINEAR))


def _is_hedging(report: Report) -> bool:
    """Whether long and short are kept apart; where nobody says so, no deal may turn one over."""
    if report.mode is not None:
        return report.mode == "Hedge"
    return not any(line[Column.DIRECTION] == "in/out" for line in report.deals)


def _sequence(row: Row) -> tuple[int]:
    body = row.event.body
    number = body.venue_id if isinstance(body, Fill | Funding) else None
    return (int(number or 0),)


def _events(
    line: TableRow, currency: str | None, zone: Zone, *, hedging: bool
) -> Iterator[Event | Ignored]:
    """Yield the swap and the fill; the swap first, while the position is open."""
    side, direction = SIDES.get(line[Column.TYPE]), line[Column.DIRECTION]
    if side is None or direction not in _DIRECTIONS:
        raise InputError(
            f"a deal of Type {clip(line[Column.TYPE])!r} and Direction {clip(direction)!r} "
            "is not known"
        )
    at = _time(line[Column.TIME]).read(line[Column.TIME], zone, Column.TIME)
    deal = identifier(line[Column.DEAL], Column.DEAL)
    if not deal.isdecimal():
        raise InputError(f"Deal {clip(deal)!r} is not the number of a deal")
    symbol = line[Column.SYMBOL].strip(_SYMBOL_MARKS)
    check_symbol(symbol)
    position = _position_side(side, direction) if hedging else None
    swap = money(line[Column.SWAP], Column.SWAP)
    if swap and currency is None:
        yield Ignored("swap in an unknown currency")
    elif swap and currency:
        yield Event(at, Funding(symbol, swap, currency, position, NAME, deal))
    fill = Fill(
        symbol,
        side,
        positive(money(line[Column.VOLUME], Column.VOLUME), Column.VOLUME),
        money(line[Column.PRICE], Column.PRICE),
        _fee(line, currency),
        venue_id=deal,
        order_id=identifier(line[Column.ORDER], Column.ORDER) if line[Column.ORDER] else None,
        position_side=position,
        closes=_closes(line),
        source=NAME,
    )
    yield Event(at, fill)


def _time(cell: str) -> TimeFormat:
    return next((format_ for format_ in _TIMES if format_.fits(cell)), _TIMES[0])


def _position_side(side: Side, direction: str) -> Direction:
    """Return which position a deal changes: what goes in by buying is long."""
    if direction == "in/out":
        raise InputError("Direction in/out turns a position over, which no hedging account does")
    opens = direction == "in"
    return Direction.LONG if (side is Side.BUY) is opens else Direction.SHORT


def _closes(line: TableRow) -> bool:
    """Whether the venue says that the fill reduces a position and opens none."""
    return line[Column.DIRECTION] in ("out", "out by")


def _fee(line: TableRow, currency: str | None) -> Fee | None:
    """Return what the deal cost: commission and fee are printed as the balance changes."""
    charged = money(line[Column.COMMISSION], Column.COMMISSION)
    if Column.FEE in line.cells:
        charged = EXACT.add(charged, money(line[Column.FEE], Column.FEE))
    return Fee(-charged if charged else Decimal(0), currency) if currency else None


def _notes(report: Report, rows: Sequence[Row]) -> list[str]:
    if report.currency or not rows:
        return []
    return ["the file does not name the account's currency: commissions and swaps stay unknown"]


IMPORTER = Importer(NAME, "MetaTrader 5 history report (HTML, XLSX, CSV)", identify, read)
