"""One plan: what it says now and said before, and its pre-trade sheet."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.judging import Judgement
from journal.book.keys import trade_key
from journal.book.tables import Book
from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.usecases.find_trade import find_plan
from journal.usecases.plan_sheet import PlanSheet, plan_sheet
from journal.usecases.plan_versions import PlanRecord, plan_record


@dataclass(frozen=True, slots=True)
class PlanView:
    """A plan's record, the trade it belongs to, and the sheet of its newest version."""

    plan: PlanRecord
    trade: str | None
    sheet: PlanSheet


def show_plan(judgement: Judgement, name: str) -> PlanView:
    """Return the plan of a name, a key such as P3, or a symbol (its newest plan)."""
    book = judgement.book
    plan = find_plan(book, name)
    if plan is None:
        plan = _newest(book, name)
    if plan is None:
        raise InputError(
            f"there is no plan {clip(name)!r}", hint="name it as in `journal plan list`, e.g. P3"
        )
    trade = int(book.plans.trade[plan])
    return PlanView(
        plan=plan_record(book, plan),
        trade=None if trade < 0 else trade_key(book, trade),
        sheet=plan_sheet(judgement, int(book.plans.last_version[plan])),
    )


def _newest(book: Book, symbol: str) -> int | None:
    if symbol not in book.instruments.symbols:
        return None
    code = book.instruments.symbols.index(symbol)
    rows = np.flatnonzero(book.plans.instrument == code)
    return int(rows[np.argmax(book.plans.locked_at[rows])]) if len(rows) else None
