"""Verdicts counted: rolled up per trade or plan, within a period, and as adherence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from journal.book.clock import NEVER, UNKNOWN_TIME
from journal.book.comparison import Ints
from journal.book.judging import Judged, Judgement
from journal.book.verdicts import (
    BROKEN,
    KEPT,
    UNKNOWN,
    VERDICTS,
    account_of,
    happened_at,
    owner_of,
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
    return {
        code: {name: int((rolled == weight).sum()) for weight, name in enumerate(VERDICTS)}
        for code, rolled in rolled_up(judgement, period).items()
    }


def rolled_up(judgement: Judgement, period: Period = EVER) -> dict[str, npt.NDArray[np.int8]]:
    """Return, per rule code, the weightiest verdict of each owner (see `owner_of`).

    -1 where the rule had no subject of that owner in the period.
    """
    book = judgement.book
    owners = len(book.trades) + len(book.plans) + len(book.days)
    rolled: dict[str, npt.NDArray[np.int8]] = {}
    for judged in judgement.judged:
        rows, owner = _within(judgement, judged, period)
        weightiest = rolled.setdefault(judged.rule.code, np.full(owners, -1, np.int8))
        np.maximum.at(weightiest, owner, judged.verdicts.verdict[rows])
    return rolled


def _within(judgement: Judgement, judged: Judged, period: Period) -> tuple[Ints, Ints]:
    """Return the rows of a rule's verdicts in the period, and the owner each rolls up to."""
    book, subject = judgement.book, judged.verdicts.subject
    at = happened_at(book, subject)
    wanted = (at >= period.since) & (at < period.until)
    if period.trades is not None:
        wanted &= np.isin(trade_of(book, subject), list(period.trades))
    if period.accounts is not None:
        wanted &= np.isin(account_of(book, subject), list(period.accounts))
    rows = np.flatnonzero(wanted)
    return rows, owner_of(book, subject)[rows]


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
