"""Which plan or trade a directive means: by the plan's own name, or by symbol and direction.

Directives are taken in the order written, so that each sees what was locked, cancelled and taken
back before it; among several plans of a symbol, the newest one locked by the directive's own time
is meant.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from journal.book.clock import NEVER, microseconds, to_microseconds, widths
from journal.book.facts import Facts
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.event import FactKind, PlanName
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.domain.plan import Direction

Taken = set[tuple[FactKind, int]]
Side = tuple[str, str, Direction]


@dataclass(slots=True, eq=False)
class SeenPlan:
    """A plan as far as it was read; `ended_at` is what fills and its own time limit say."""

    id: int
    account: str
    symbol: str
    direction: Direction
    locked_at: int
    ended_at: int = NEVER
    cancellations: list[int] = field(default_factory=list)

    @property
    def side(self) -> Side:
        """Return where only one plan may be open at a time."""
        return self.account, self.symbol, self.direction


def instants(at: Moment) -> tuple[int, int]:
    """Return the first and the last microsecond a written time may mean."""
    first = to_microseconds(at.at)
    return first, first + int(widths([at.precision.value])[0])


class References:
    """Plans and trades, looked up by name, symbol and time.

    `taken_back` is shared with the caller, who adds to it what is voided on the way.
    """

    def __init__(self, facts: Facts, book: Book | None, taken_back: Taken) -> None:
        self._taken_back = taken_back
        self._named: dict[str, SeenPlan] = {}
        self._plans: defaultdict[Side, list[SeenPlan]] = defaultdict(list)
        self._by_id: dict[int, SeenPlan] = {}
        self._ends = {} if book is None else _ends(book)
        self._spans = {} if book is None else _spans(book)
        self._add_stored(facts)

    def _add_stored(self, facts: Facts) -> None:
        versions, plans = facts.versions, facts.plans
        at = microseconds(versions.at).tolist()
        locked = {
            plan: moment
            for plan, number, moment in zip(versions.plan_id, versions.number, at, strict=True)
            if number == 1
        }
        for plan, account, symbol, direction, name in zip(
            plans.id, plans.account, plans.symbol, plans.direction, plans.name, strict=True
        ):
            seen = SeenPlan(plan, account, symbol, Direction(direction), locked[plan])
            self.add(seen, name)
        for row, plan in zip(facts.cancellations.id, facts.cancellations.plan_id, strict=True):
            self._by_id[plan].cancellations.append(row)

    def add(self, plan: SeenPlan, name: str | None) -> None:
        """Take in a plan locked."""
        plan.ended_at = self._ends.get(plan.id, NEVER)
        insort(self._plans[plan.side], plan, key=lambda each: each.locked_at)
        self._by_id[plan.id] = plan
        if name is not None:
            self._named[name] = plan

    def cancelled(self, plan_id: int, cancellation: int) -> None:
        """Take in a cancellation."""
        self._by_id[plan_id].cancellations.append(cancellation)

    def named(self, name: str) -> SeenPlan | None:
        """Return the plan of that name, unless it was taken back."""
        plan = self._named.get(name)
        return plan if plan and (FactKind.PLAN, plan.id) not in self._taken_back else None

    def plan_at(self, side: Side, at: Moment) -> SeenPlan | None:
        """Return the newest plan of a side locked by then, neither cancelled nor taken back."""
        plans = self._plans.get(side, [])
        before = bisect_right(plans, instants(at)[1], key=lambda each: each.locked_at)
        return (
            next((plan for plan in plans[before - 1 :: -1] if self._stands(plan)), None)
            if (before)
            else None
        )

    def open_plan_at(self, side: Side, at: Moment) -> SeenPlan | None:
        """Return that plan if it has not ended by then either."""
        plan = self.plan_at(side, at)
        return plan if plan and plan.ended_at > instants(at)[0] else None

    def is_alive(self, side: Side, at: Moment) -> bool:
        """Tell whether a plan or a trade of that side was open then, its very end included."""
        plan = self.plan_at(side, at)
        if plan and plan.ended_at >= instants(at)[0]:
            return True
        return self._trade_open(side, at)

    def only_direction(self, name: PlanName, account: str, at: Moment) -> Direction:
        """Return the one direction that has a plan or a trade open then, or refuse the symbol."""
        alive = [way for way in Direction if self.is_alive((account, name.name, way), at)]
        if len(alive) == 1:
            return alive[0]
        if alive:
            raise InputError(
                f"{name} is open both long and short",
                hint=f"write `{name} long` or `{name} short`, or the plan's own name",
            )
        raise nothing_open(name, account)

    def _stands(self, plan: SeenPlan) -> bool:
        back = self._taken_back
        if (FactKind.PLAN, plan.id) in back:
            return False
        return all((FactKind.CANCEL, row) in back for row in plan.cancellations)

    def _trade_open(self, side: Side, at: Moment) -> bool:
        spans = self._spans.get(side)
        if spans is None:
            return False
        first, last = instants(at)
        opened, closed = spans
        row = int(np.searchsorted(opened, last, "right")) - 1
        return row >= 0 and bool(closed[row] >= first)


def nothing_open(name: PlanName | str, account: str) -> InputError:
    """Return the refusal of a symbol without plan or trade."""
    return InputError(
        f"there is no plan or open trade of {clip(str(name))} in account {account}",
        hint="`journal positions` and `journal plan list` show what is open; --account names "
        "another account",
    )


def _ends(book: Book) -> dict[int, int]:
    return dict(zip(book.plans.id.tolist(), book.plans.ended_at.tolist(), strict=True))


def _spans(book: Book) -> dict[Side, tuple[np.ndarray, np.ndarray]]:
    """Return when the trades of each side opened, in order, and when they closed."""
    trades = book.trades
    order = np.argsort(trades.opened_at, kind="stable")
    keys: defaultdict[Side, list[int]] = defaultdict(list)
    for row in order.tolist():
        keys[_side_of(book, row)].append(row)
    return {side: (trades.opened_at[rows], trades.closed_at[rows]) for side, rows in keys.items()}


def _side_of(book: Book, trade: int) -> Side:
    trades = book.trades
    direction = Direction.LONG if trades.direction[trade] > 0 else Direction.SHORT
    symbol = book.instruments.symbols[trades.instrument[trade]]
    return book.accounts[trades.account[trade]], symbol, direction


def traded(facts: Facts) -> Iterable[tuple[str, str]]:
    """Return every account and symbol that has a fill, a plan or an opening balance."""
    for table in (facts.fills, facts.plans, facts.openings):
        yield from zip(table.account, table.symbol, strict=True)
