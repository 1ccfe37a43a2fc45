"""Every plan, where it stands, and what it risks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from journal.book.clock import to_datetime
from journal.book.keys import plan_key, trade_key
from journal.book.tables import Book
from journal.reporting.plan_names import plan_label, plan_tags
from journal.reporting.values import direction_word, known, moment
from journal.usecases.plan_versions import ended, plan_state
from journal.usecases.selection import Selection


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One plan; figures are those of its newest version."""

    plan: str
    key: str
    account: str
    instrument: str
    direction: str
    state: str
    locked_at: datetime
    ended_at: datetime | None
    versions: int
    tranches: int
    trade: str | None
    average_entry: float | None
    invalidation: float | None
    planned_risk: float | None
    currency: str
    tags: tuple[str, ...]


def list_plans(book: Book, selection: Selection, *, open_only: bool = False) -> list[PlanLine]:
    """Return the selected plans in the order they were locked."""
    plans = book.plans
    chosen = selection.chooses(book, plans.account, plans.instrument)
    chosen &= plans.locked_at >= selection.since
    if open_only:
        chosen &= plans.ended_at > book.as_of
    rows = np.flatnonzero(chosen)
    rows = rows[np.argsort(plans.locked_at[rows], kind="stable")]
    return [_line(book, int(row)) for row in rows]


def _line(book: Book, row: int) -> PlanLine:
    plans, versions = book.plans, book.versions
    newest, trade = int(plans.last_version[row]), int(plans.trade[row])
    instrument = book.instruments.known[plans.instrument[row]]
    return PlanLine(
        plan=str(plan_label(book, row)),
        key=plan_key(book, row),
        account=book.accounts[plans.account[row]],
        instrument=instrument.symbol,
        direction=direction_word(plans.direction[row]),
        state=plan_state(book, row),
        locked_at=to_datetime(int(plans.locked_at[row])),
        ended_at=moment(int(plans.ended_at[row])) if ended(book, row) else None,
        versions=int(versions.number[newest]),
        tranches=int(versions.tranche_count[newest]),
        trade=None if trade < 0 else trade_key(book, trade),
        average_entry=known(versions.planned_average[newest]),
        invalidation=known(versions.invalidation[newest]),
        planned_risk=known(versions.planned_risk[newest]),
        currency=instrument.settlement,
        tags=plan_tags(book, row),
    )
