"""One trade: what was planned beside what was made, tranche by tranche."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import Ints
from journal.book.judging import Judgement
from journal.book.keys import fill_key
from journal.book.rolling import Period, roll_up
from journal.book.states import STATES
from journal.book.tables import Book
from journal.book.verdicts import NOT_APPLICABLE, UNKNOWN, VERDICTS
from journal.reporting.notes import NoteLine, notes_of
from journal.reporting.trade_lines import TradeLine, trade_lines
from journal.reporting.values import known
from journal.reporting.violation_lines import ViolationLine, violation_lines
from journal.usecases.find_trade import find_trade
from journal.usecases.ladder import Ladder
from journal.usecases.list_fills import FillLine, fill_lines
from journal.usecases.list_positions import invalidation_in_force, stop_in_force
from journal.usecases.plan_exits import exit_rows, planned_quantities
from journal.usecases.plan_versions import PlanRecord, plan_record


@dataclass(frozen=True, slots=True)
class TrancheMade:
    """An entry tranche of the newest version, and what became of it."""

    number: int
    price: float | None
    quantity: float | None
    quote: float | None
    state: str
    filled_quantity: float
    fills: list[str]


@dataclass(frozen=True, slots=True)
class ExitMade:
    """An exit of the newest version: `planned` of what was entered so far, and `taken`."""

    number: int
    target: float | None
    trail: float | None
    planned: float | None
    taken: float
    fills: list[str]


@dataclass(frozen=True, slots=True)
class StopLine:
    """A stop event; price None means removed, `source` is plan or logged."""

    at: datetime
    price: float | None
    source: str


@dataclass(frozen=True, slots=True)
class TradeSheet:
    """A trade with its plan, and every verdict on it; `undecided` says why some are unknown."""

    trade: TradeLine
    plan: PlanRecord | None
    tranches: list[TrancheMade]
    exits: list[ExitMade]
    fills: list[FillLine]
    stops: list[StopLine]
    notes: list[NoteLine]
    violations: list[ViolationLine]
    verdicts: dict[str, str]
    undecided: dict[str, str]
    filled_risk: float | None
    break_even: float | None
    stop: float | None
    invalidation: float | None
    unplanned_quantity: float


def show_trade(judgement: Judgement, name: str) -> TradeSheet:
    """Return the sheet of the trade that a name stands for."""
    return trade_sheet(judgement, find_trade(judgement, name))


def trade_sheet(judgement: Judgement, trade: int) -> TradeSheet:
    """Return the sheet of a row of the book's trades."""
    book = judgement.book
    trades, plan = book.trades, int(book.trades.plan[trade])
    first, count = int(trades.first[trade]), int(trades.count[trade])
    rows = np.arange(first, first + count)
    verdicts = _verdicts(judgement, trade)
    return TradeSheet(
        trade=trade_lines(judgement, np.array([trade]))[0],
        plan=None if plan < 0 else plan_record(book, plan),
        tranches=[] if plan < 0 else _tranches(book, plan, rows),
        exits=[] if plan < 0 else _exits(book, plan, rows),
        fills=fill_lines(book, rows[book.fills.is_fill[rows]]),
        stops=_stops(book, trade),
        notes=notes_of(book, trade),
        violations=violation_lines(
            judgement, [each for each in judgement.violations() if each.trade == trade]
        ),
        verdicts=verdicts,
        undecided={
            judged.rule.code: judged.rule.unknown
            for judged in judgement.judged
            if verdicts[judged.rule.code] == VERDICTS[UNKNOWN]
        },
        filled_risk=known(trades.filled_risk[trade]),
        break_even=known(trades.break_even[trade]),
        stop=known(stop_in_force(book, trade)),
        invalidation=known(invalidation_in_force(book, trade)),
        unplanned_quantity=float(book.fills.unplanned_quantity[rows].sum()),
    )


def _verdicts(judgement: Judgement, trade: int) -> dict[str, str]:
    """Return what each rule says of a trade, its fills, its plan and its stops together."""
    rolled = roll_up(judgement, Period(trades=frozenset({trade})))
    said = dict.fromkeys(rolled.codes, VERDICTS[NOT_APPLICABLE])
    for code, verdict in zip(rolled.code, rolled.verdict, strict=True):
        said[rolled.codes[code]] = VERDICTS[verdict]
    return said


def _tranches(book: Book, plan: int, rows: Ints) -> list[TrancheMade]:
    version, tranches = int(book.plans.last_version[plan]), book.tranches
    first = int(book.versions.first_tranche[version])
    money = Ladder.of(book, version).money
    return [
        TrancheMade(
            number=int(tranches.number[row]),
            price=known(tranches.price[row]),
            quantity=known(tranches.quantity[row]),
            quote=known(money[row - first]),
            state=STATES[tranches.state[row]],
            filled_quantity=float(tranches.filled_quantity[row]),
            fills=_taken(book, rows, int(tranches.number[row]), entry=True)[1],
        )
        for row in range(first, first + len(money))
    ]


def _exits(book: Book, plan: int, rows: Ints) -> list[ExitMade]:
    version, exits = int(book.plans.last_version[plan]), book.exits
    entered = float(book.fills.quantity[rows][book.fills.is_entry[rows]].sum())
    planned = planned_quantities(book, version, entered)
    lines = []
    for row, quantity in zip(exit_rows(book, version), planned, strict=True):
        taken, fills = _taken(book, rows, int(exits.number[row]), entry=False)
        lines.append(
            ExitMade(
                number=int(exits.number[row]),
                target=known(exits.target[row]),
                trail=known(exits.trail[row]),
                planned=known(quantity),
                taken=taken,
                fills=fills,
            )
        )
    return lines


def _taken(book: Book, rows: Ints, number: int, *, entry: bool) -> tuple[float, list[str]]:
    """Return what a tranche took of a trade's fills, and their keys."""
    made = book.allocations
    own = (made.tranche == number) & (made.is_entry == entry) & np.isin(made.fill, rows)
    keys = [fill_key(book, int(row)) for row in made.fill[own]]
    return float(made.quantity[own].sum()), list(dict.fromkeys(keys))


def _stops(book: Book, trade: int) -> list[StopLine]:
    stops = book.stops
    return [
        StopLine(
            at=to_datetime(int(stops.at[row])),
            price=known(stops.price[row]),
            source="plan" if stops.id[row] < 0 else "logged",
        )
        for row in np.flatnonzero(stops.trade == trade)
    ]
