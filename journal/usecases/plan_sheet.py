"""The pre-trade sheet of a plan version: averages, risk, results at the exits, costs, verdicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.comparison import Floats
from journal.book.evidence import sentence
from journal.book.judging import Judgement
from journal.book.risk import break_even
from journal.book.tables import Book
from journal.book.verdicts import BROKEN, VERDICTS, Subject
from journal.reporting.plan_names import plan_label
from journal.reporting.values import direction_word, known
from journal.rules.risk202 import listed_runs
from journal.usecases.ladder import Ladder
from journal.usecases.plan_exits import ExitLine, average_target, exit_lines


@dataclass(frozen=True, slots=True)
class TrancheLine:
    """One entry tranche, and what is held once it and those above it have filled.

    `quote` is its own money, `cost_held` the money of all so far; `liquidation` is None without
    leverage, or where it cannot be told. `cost_fraction` is its costs over its planned profit.
    """

    number: int
    price: float | None
    quantity: float | None
    quote: float | None
    average_entry: float | None
    cost_held: float | None
    liquidation: float | None
    cost_fraction: float | None


@dataclass(frozen=True, slots=True)
class Unsafe:
    """What is liquidated before the invalidation if the tranches `skipped` never fill."""

    held: int
    skipped: tuple[int, ...]
    average_entry: float
    liquidation: float


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """What one rule says of the plan; a message only where it is broken."""

    code: str
    name: str
    severity: str
    verdict: str
    message: str | None


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """Everything a plan version says of itself before the first fill.

    `maximum` is in `maximum_unit`; where the plan gives none it is the money of the ladder and
    `maximum_stated` is False. `net_pnl` and `r_multiple` are those of all exits together.
    Without a taker rate costs are not known and left out of `planned_risk`.
    """

    plan: str
    account: str
    instrument: str
    direction: str
    currency: str
    locked_at: datetime
    version: int
    leverage: float | None
    invalidation: float | None
    stop: float | None
    tranches: list[TrancheLine]
    exits: list[ExitLine]
    planned_quantity: float | None
    average_entry: float | None
    cost_held: float | None
    break_even: float | None
    planned_risk: float | None
    risk_of_equity: float | None
    net_pnl: float | None
    r_multiple: float | None
    maximum: float | None
    maximum_unit: str
    maximum_stated: bool
    costs_known: bool
    unsafe_if_skipped: list[Unsafe]
    verdicts: list[RuleVerdict]


def plan_sheet(judgement: Judgement, version: int) -> PlanSheet:
    """Return the sheet of one plan version (a row of the book's versions)."""
    book = judgement.book
    versions = book.versions
    plan = int(versions.plan[version])
    exits = exit_lines(book, version)
    risk = known(versions.planned_risk[version])
    net = _total([line.net_pnl for line in exits])
    in_units = not np.isnan(versions.maximum_units[version])
    stated = in_units or not np.isnan(versions.maximum_money[version])
    money = versions.maximum_money[version] if stated else versions.planned_money[version]
    equity = _equity(book, version)
    instrument = book.instruments.known[versions.instrument[version]]
    return PlanSheet(
        plan=str(plan_label(book, plan)),
        account=book.accounts[versions.account[version]],
        instrument=instrument.symbol,
        direction=direction_word(versions.direction[version]),
        currency=instrument.settlement,
        locked_at=to_datetime(int(book.plans.locked_at[plan])),
        version=int(versions.number[version]),
        leverage=known(versions.leverage[version]),
        invalidation=known(versions.invalidation[version]),
        stop=known(versions.stop[version]),
        tranches=_tranches(book, version),
        exits=exits,
        planned_quantity=known(versions.planned_quantity[version]),
        average_entry=known(versions.planned_average[version]),
        cost_held=known(versions.planned_money[version]),
        break_even=known(_break_even(book, version)),
        planned_risk=risk,
        risk_of_equity=risk / equity if risk is not None and equity > 0 else None,
        net_pnl=net,
        r_multiple=net / risk if net is not None and risk else None,
        maximum=known(versions.maximum_units[version] if in_units else money),
        maximum_unit="units" if in_units else "money",
        maximum_stated=bool(stated),
        costs_known=bool(versions.costs_known[version]),
        unsafe_if_skipped=_unsafe(book, version),
        verdicts=_verdicts(judgement, version),
    )


def _total(values: list[float | None]) -> float | None:
    """Return a sum, None where any part of it is not known."""
    some = [value for value in values if value is not None]
    return sum(some) if some and len(some) == len(values) else None


def _equity(book: Book, version: int) -> float:
    versions, own = book.versions, slice(version, version + 1)
    stated = book.policies.stated("equity", versions.account[own], versions.effective_at[own])
    return float(stated[0])


def _tranches(book: Book, version: int) -> list[TrancheLine]:
    ladder = Ladder.of(book, version)
    first = int(book.versions.first_tranche[version])
    averages, money = ladder.averages(), ladder.money
    held, liquidation = np.cumsum(money), _liquidations(book, version)
    share = _cost_fractions(ladder, average_target(book, version))
    return [
        TrancheLine(
            number=int(book.tranches.number[first + place]),
            price=known(ladder.price[place]),
            quantity=known(ladder.quantity[place]),
            quote=known(money[place]),
            average_entry=known(averages[place]),
            cost_held=known(held[place]),
            liquidation=known(liquidation[place]),
            cost_fraction=known(share[place]),
        )
        for place in range(len(ladder.price))
    ]


def _cost_fractions(ladder: Ladder, target: float) -> Floats:
    """Return each tranche's costs in and out over its planned profit (rule COST602).

    NaN where there is no target, no taker rate, or no profit.
    """
    out = np.full(len(ladder.price), target)
    costs = ladder.fees(ladder.quantity, ladder.price) + ladder.fees(ladder.quantity, out)
    profit = ladder.gains(ladder.quantity, ladder.price, out)
    with np.errstate(divide="ignore", invalid="ignore"):
        result: Floats = np.where(profit > 0, costs / profit, np.nan)
    return result


def _liquidations(book: Book, version: int) -> Floats:
    """Return where the first 1, 2, ... n tranches as listed would be liquidated."""
    runs = listed_runs(book)
    found: Floats = runs.liquidation[runs.owner == version]
    if not len(found) or not _isolated(book, version):
        return np.full(book.versions.tranche_count[version], np.nan)
    return found


def _unsafe(book: Book, version: int) -> list[Unsafe]:
    runs, count = listed_runs(book), int(book.versions.tranche_count[version])
    held_short = (runs.owner == version) & runs.is_liquidated & (runs.size < count)
    return [
        Unsafe(
            held=int(runs.size[row]),
            skipped=tuple(range(int(runs.size[row]) + 1, count + 1)),
            average_entry=float(runs.average[row]),
            liquidation=float(runs.liquidation[row]),
        )
        for row in np.flatnonzero(held_short)
        if _isolated(book, version)
    ]


def _isolated(book: Book, version: int) -> bool:
    """Tell whether the liquidation price is the position's own: cross margin needs a typed one."""
    versions = book.versions
    return not versions.is_cross[version] or not np.isnan(versions.liquidation[version])


def _break_even(book: Book, version: int) -> float:
    own = slice(version, version + 1)
    taker = np.array([Ladder.of(book, version).taker])
    paid = np.full(1, np.nan)
    average = book.versions.planned_average[own]
    inverse = book.instruments.is_inverse[book.versions.instrument[own]]
    return float(break_even(book.versions.direction[own], average, paid, paid, taker, inverse)[0])


def _verdicts(judgement: Judgement, version: int) -> list[RuleVerdict]:
    """Return what each rule about plans says of this version; a tranche speaks for its version."""
    found = []
    for judged in judgement.judged:
        verdicts, rule = judged.verdicts, judged.rule
        if verdicts.subject is Subject.VERSION:
            rows = np.array([version])
        elif verdicts.subject is Subject.TRANCHE:
            rows = np.flatnonzero(judgement.book.tranches.version == version)
        else:
            continue
        worst = int(verdicts.verdict[rows].max(initial=0))
        message = None
        if worst == BROKEN:
            row = int(rows[np.argmax(verdicts.verdict[rows])])
            message = sentence(verdicts.message or rule.message, verdicts.evidence, row)
        found.append(RuleVerdict(rule.code, rule.name, rule.severity, VERDICTS[worst], message))
    return found
