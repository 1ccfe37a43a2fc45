"""Verdicts counted: rolled up per trade or plan, within a period, and as adherence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from journal.book.clock import NEVER, UNKNOWN_TIME
from journal.book.comparison import Bools, Ints
from journal.book.judging import Judged, Judgement
from journal.book.verdicts import (
    BROKEN,
    KEPT,
    UNKNOWN,
    VERDICTS,
    happened_at,
    plan_of,
    trade_of,
)


@dataclass(frozen=True, slots=True)
class Period:
    """Which verdicts count: those of subjects from `since` until before `until`, of some accounts.

    `trades` limits them to trades and their plans; None takes all, plans that never traded too.
    """

    since: int = UNKNOWN_TIME
    until: int = NEVER
    accounts: frozenset[int] | None = None
    trades: frozenset[int] | None = None


EVER = Period()


@dataclass(frozen=True, slots=True)
class Adherence:
    """How often rules were kept: kept / judged, and how many verdicts could be told at all.

    A rate is None where it would have nothing to divide by.
    """

    kept: int
    broken: int
    unknown: int
    adherence: float | None
    coverage: float | None


def tally(judgement: Judgement, period: Period = EVER) -> dict[str, dict[str, int]]:
    """Return, per rule code, how many trades (plans where there was none) got each verdict.

    Of an owner's verdicts the weightiest counts, so that an order in fifty parts counts once.
    """
    counted: dict[str, npt.NDArray[np.int8]] = {}
    trades, plans = len(judgement.book.trades), len(judgement.book.plans)
    for judged in judgement.judged:
        rows, owner = _within(judgement, judged, period)
        rolled = counted.setdefault(judged.rule.code, np.full(trades + plans, -1, np.int8))
        np.maximum.at(rolled, owner, judged.verdicts.verdict[rows])
    return {
        code: {name: int((rolled == weight).sum()) for weight, name in enumerate(VERDICTS)}
        for code, rolled in counted.items()
    }


def _within(judgement: Judgement, judged: Judged, period: Period) -> tuple[Ints, Ints]:
    """Return the rows of a rule's verdicts in the period, and the owner each rolls up to."""
    book, subject = judgement.book, judged.verdicts.subject
    trade, plan = trade_of(book, subject), plan_of(book, subject)
    at = happened_at(book, subject)
    wanted = (at >= period.since) & (at < period.until)
    if period.trades is not None:
        wanted &= np.isin(trade, list(period.trades))
    if period.accounts is not None:
        wanted &= _on(judgement, trade, plan, period.accounts)
    owner = np.where(trade >= 0, trade, len(book.trades) + plan)
    rows = np.flatnonzero(wanted)
    return rows, owner[rows]


def _on(judgement: Judgement, trade: Ints, plan: Ints, accounts: frozenset[int]) -> Bools:
    book = judgement.book
    of_trade = np.append(book.trades.account, -1)[trade]
    of_plan = np.append(book.plans.account, -1)[plan]
    return np.isin(np.where(trade >= 0, of_trade, of_plan), list(accounts))


def adherence(counts: Mapping[str, Mapping[str, int]]) -> Adherence:
    """Return the rates of tallied verdicts."""
    kept, broken, unknown = (
        sum(count[VERDICTS[weight]] for count in counts.values())
        for weight in (KEPT, BROKEN, UNKNOWN)
    )
    judged = kept + broken
    return Adherence(
        kept=kept,
        broken=broken,
        unknown=unknown,
        adherence=kept / judged if judged else None,
        coverage=judged / (judged + unknown) if judged + unknown else None,
    )
