"""A trade's plan beside its execution, measured for the picture of both over time.

Times are wall-clock times of the report's zone, as an axis shows them; prices are in quote.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
import pandas as pd

from journal.book.clock import to_datetime
from journal.book.comparison import Ints
from journal.book.keys import fill_key, trade_key
from journal.book.states import STATES
from journal.book.tables import Book
from journal.book.violation import Violation
from journal.reporting.fill_roles import fill_role, is_unplanned
from journal.reporting.report import Report
from journal.reporting.values import direction_word
from journal.reporting.words import Words

_GOES_ON = 10  # an open trade goes on for this part of the time drawn

SHOWN = 30
"""So many trades are drawn; of more than that the breached ones come first."""


@dataclass(frozen=True, slots=True)
class LadderPicture:
    """What is drawn of one trade, its numbers in the reader's `words`.

    tranches   number, price, quantity, state, filled: the newest version's planned entries
    exits      number, target, taken: those with a fixed target
    fills      at, price, quantity, is_entry, is_buy, unplanned, role, key: in order
    average    at, price: the average entry after each fill, to the end
    stops      at, price: in force from then on, NaN for none
    levels     at, price: the invalidation in force from then on
    breaches   at, price, mark, id, name: numbered as in the list below the picture
    """

    trade: str
    symbol: str
    currency: str
    direction: str
    begin: datetime
    end: datetime
    tranches: pd.DataFrame
    exits: pd.DataFrame
    fills: pd.DataFrame
    average: pd.DataFrame
    stops: pd.DataFrame
    levels: pd.DataFrame
    breaches: pd.DataFrame
    words: Words = field(default_factory=Words)

    @property
    def prices(self) -> pd.Series:
        """Return every price known, planned or made; where there is none nothing can be drawn."""
        columns = (
            self.tranches["price"],
            self.exits["target"],
            self.fills["price"],
            self.stops["price"],
            self.levels["price"],
        )
        return pd.concat([column.astype(float) for column in columns]).dropna()


def pictured(report: Report) -> list[int]:
    """Return the trades that are drawn, in order of opening."""
    trades = [int(trade) for trade in report.trades]
    if len(trades) <= SHOWN:
        return trades
    first = sorted(trades, key=lambda trade: trade not in report.breaches)[:SHOWN]
    return [trade for trade in trades if trade in set(first)]


def breaches_of(report: Report, trade: int) -> Sequence[Violation]:
    """Return a trade's violations in order of time: their place is their mark in the picture."""
    return report.breaches.get(trade, ())


def ladder_picture(report: Report, trade: int) -> LadderPicture:
    """Return what is drawn of a row of the book's trades."""
    book = report.book
    first, count = int(book.trades.first[trade]), int(book.trades.count[trade])
    rows = np.arange(first, first + count)
    instrument = book.instruments.known[book.trades.instrument[trade]]
    fills = _fills(report, rows)
    begin, end = _span(report, trade, rows)
    return LadderPicture(
        trade=trade_key(book, trade),
        symbol=instrument.symbol,
        currency=instrument.quote,
        direction=direction_word(book.trades.direction[trade]),
        begin=begin,
        end=end,
        tranches=_tranches(book, trade),
        exits=_exits(book, trade, rows),
        fills=fills,
        average=_average(report, rows),
        stops=_stops(report, trade),
        levels=_levels(report, trade, begin),
        breaches=_breaches(report, trade, fills),
        words=report.words,
    )


def _span(report: Report, trade: int, rows: Ints) -> tuple[datetime, datetime]:
    """Return the time drawn: from the first fill to the last.

    An open trade is drawn to now, but only a little beyond the days reported and what happened
    last: months in which nothing did would leave its ladder no room.
    """
    book = report.book
    times = np.take(book.fills.at, rows)
    begin, last = int(times[0]), int(times[-1])
    end = last
    if book.trades.is_open[trade]:
        own = np.compress(book.stops.trade == trade, book.stops.at)
        versions = book.versions.effective_at[_versions(book, trade)]
        happened = max([report.period.until, last, *own.tolist(), *versions.tolist()])
        end = min(book.as_of, happened + (happened - begin) // _GOES_ON)
    if end <= begin:
        end = begin + 60_000_000  # a trade of one instant is given a minute
    return _local(report, begin), _local(report, end)


def _local(report: Report, at: int) -> datetime:
    return report.words.local(to_datetime(at))


def _tranches(book: Book, trade: int) -> pd.DataFrame:
    plan, rows = int(book.trades.plan[trade]), range(0)
    if plan >= 0:
        version = int(book.plans.last_version[plan])
        first = int(book.versions.first_tranche[version])
        rows = range(first, first + int(book.versions.tranche_count[version]))
    tranches = book.tranches
    return pd.DataFrame(
        {
            "number": [int(tranches.number[row]) for row in rows],
            "price": [float(tranches.price[row]) for row in rows],
            "quantity": [float(tranches.quantity[row]) for row in rows],
            "state": [STATES[tranches.state[row]] for row in rows],
            "filled": [float(tranches.filled_quantity[row]) for row in rows],
        }
    )


def _exits(book: Book, trade: int, parts: Ints) -> pd.DataFrame:
    plan, rows = int(book.trades.plan[trade]), range(0)
    if plan >= 0:
        version = int(book.plans.last_version[plan])
        first = int(book.versions.first_exit[version])
        rows = range(first, first + int(book.versions.exit_count[version]))
    made = book.allocations
    own = ~made.is_entry & np.isin(made.fill, parts)
    targets = [row for row in rows if not np.isnan(book.exits.target[row])]
    return pd.DataFrame(
        {
            "number": [int(book.exits.number[row]) for row in targets],
            "target": [float(book.exits.target[row]) for row in targets],
            "taken": [
                float(made.quantity[own & (made.tranche == book.exits.number[row])].sum())
                for row in targets
            ],
        }
    )


def _fills(report: Report, rows: Ints) -> pd.DataFrame:
    book, fills = report.book, report.book.fills
    return pd.DataFrame(
        {
            "at": [_local(report, int(at)) for at in np.take(fills.at, rows)],
            "price": [float(fills.price[row]) for row in rows],
            "quantity": [float(fills.quantity[row]) for row in rows],
            "is_entry": [bool(fills.is_entry[row]) for row in rows],
            "is_buy": [bool(fills.side[row] > 0) for row in rows],
            "unplanned": [is_unplanned(book, int(row)) for row in rows],
            "role": [fill_role(book, int(row)) for row in rows],
            "key": [fill_key(book, int(row)) for row in rows],
        }
    )


def _average(report: Report, rows: Ints) -> pd.DataFrame:
    """Return the average after each fill; the last one stands until the position is flat."""
    fills = report.book.fills
    prices = pd.Series(fills.average_entry_after[rows])
    flat = fills.position_after[rows] == 0
    return pd.DataFrame(
        {
            "at": [_local(report, int(at)) for at in np.take(fills.at, rows)],
            "price": prices.mask(flat).ffill().astype(float),
        }
    )


def _stops(report: Report, trade: int) -> pd.DataFrame:
    stops = report.book.stops
    rows = np.flatnonzero((stops.trade == trade) & (stops.at <= report.book.as_of))
    return pd.DataFrame(
        {
            "at": [_local(report, int(at)) for at in np.take(stops.at, rows)],
            "price": [float(stops.price[row]) for row in rows],
        }
    )


def _versions(book: Book, trade: int) -> list[int]:
    """Return the versions of a trade's plan, in order."""
    plan = int(book.trades.plan[trade])
    if plan < 0:
        return []
    return list(range(int(book.plans.first_version[plan]), int(book.plans.last_version[plan]) + 1))


def _levels(report: Report, trade: int, begin: datetime) -> pd.DataFrame:
    book = report.book
    versions, rows = book.versions, _versions(book, trade)
    return pd.DataFrame(
        {
            "at": [max(_local(report, int(versions.effective_at[row])), begin) for row in rows],
            "price": [float(versions.invalidation[row]) for row in rows],
        }
    )


def _breaches(report: Report, trade: int, fills: pd.DataFrame) -> pd.DataFrame:
    """Return where each breach is marked: at its fill, else at the price held then."""
    fills = fills[fills["price"].notna()]
    if fills.empty:
        return pd.DataFrame(columns=["at", "price", "mark", "id", "name"])
    prices = dict(zip(fills["key"], fills["price"], strict=True))
    times = dict(zip(fills["key"], fills["at"], strict=True))
    rows = []
    for mark, each in enumerate(breaches_of(report, trade), start=1):
        subject = each.id.partition("-")[2]
        at = times.get(subject, _local(report, each.at))
        before = fills[fills["at"] <= at]
        nearest = before if len(before) else fills
        fallback = float(nearest["price"].iloc[-1 if len(before) else 0])
        rows.append(
            {
                "at": at,
                "price": prices.get(subject, fallback),
                "mark": mark,
                "id": each.id,
                "name": each.rule.name,
            }
        )
    return pd.DataFrame(rows, columns=["at", "price", "mark", "id", "name"])
