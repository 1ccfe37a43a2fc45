"""Verdicts rolled up: one for each rule and trade, plan or account-day, within a period."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from journal.book.breaches import Judged
from journal.book.clock import NEVER, UNKNOWN_TIME
from journal.book.comparison import Bools, Floats, Ints
from journal.book.judging import Held, Judgement
from journal.book.verdicts import BROKEN, KEPT, account_of, happened_at, owner_of, trade_of

Int8s = npt.NDArray[np.int8]

_WEIGHTS = 100  # more than any weight: verdict and weight travel as one number


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
class Rolled:
    """Verdicts rolled up: one row for each rule and owner (see `owner_of`) that it had subjects of.

    Of an owner's verdicts the weightiest counts, so that an order in fifty parts counts once;
    `weight` is that verdict's severity by the policy in force. `stretch` numbers the stretches of
    time where they were asked for. `codes` names the rules that `code` numbers.
    """

    codes: tuple[str, ...]
    code: Ints
    owner: Ints
    stretch: Ints
    verdict: Int8s
    weight: Floats

    def __len__(self) -> int:
        return len(self.code)

    def where(self, chosen: Bools) -> Rolled:
        """Return some of the rows."""
        return Rolled(
            codes=self.codes,
            code=self.code[chosen],
            owner=self.owner[chosen],
            stretch=self.stretch[chosen],
            verdict=self.verdict[chosen],
            weight=self.weight[chosen],
        )

    def of(self, codes: Collection[str]) -> Rolled:
        """Return the rows of some rules."""
        wanted = np.array([code in codes for code in self.codes], bool)
        return self.where(wanted[self.code])


Stretches = Callable[[Ints, Ints], Ints]
"""From account codes and times to the number of a stretch of time, such as a week."""


def roll_up(
    judgement: Judgement, period: Period = EVER, stretches: Stretches | None = None
) -> Rolled:
    """Return one verdict for each rule and owner in the period, stretch by stretch if asked."""
    by_code: dict[str, list[Judged]] = {}
    for judged in judgement.judged:
        by_code.setdefault(judged.rule.code, []).append(judged)
    codes = tuple(by_code)
    parts = [_rolled(judgement, own, period, stretches) for own in by_code.values()]
    owner, stretch, found = (
        np.concatenate([part[place] for part in parts]) if parts else np.zeros(0, np.int64)
        for place in range(3)
    )
    rolled = Rolled(
        codes=codes,
        code=np.repeat(np.arange(len(codes)), [len(part[0]) for part in parts]),
        owner=owner,
        stretch=stretch,
        verdict=(found // _WEIGHTS).astype(np.int8),
        weight=(found % _WEIGHTS).astype(np.float64),
    )
    for held in judgement.withdrawn.held:
        rolled = _with_held(rolled, held, period, stretches)
    return rolled


def _with_held(rolled: Rolled, held: Held, period: Period, stretches: Stretches | None) -> Rolled:
    """Return the verdicts with one that taking a fact back too late has not changed."""
    code = rolled.codes.index(held.code)
    own = (rolled.code == code) & (rolled.owner == held.owner)
    if held.verdict != BROKEN:
        verdict = np.where(own & (rolled.verdict == KEPT), held.verdict, rolled.verdict)
        return replace(rolled, verdict=verdict.astype(np.int8))
    if not _is_within(held, period):
        return rolled
    stretch = 0
    if stretches is not None:
        stretch = int(stretches(np.array([held.account]), np.array([held.at]))[0])
    others = rolled.where(~(own & (rolled.stretch == stretch)))
    return Rolled(
        codes=rolled.codes,
        code=np.append(others.code, code),
        owner=np.append(others.owner, held.owner),
        stretch=np.append(others.stretch, stretch),
        verdict=np.append(others.verdict, np.int8(BROKEN)),
        weight=np.append(others.weight, held.weight),
    )


def _is_within(held: Held, period: Period) -> bool:
    return (
        period.since <= held.at < period.until
        and (period.trades is None or held.owner in period.trades)
        and (period.accounts is None or held.account in period.accounts)
    )


def _rolled(
    judgement: Judgement, own: list[Judged], period: Period, stretches: Stretches | None
) -> tuple[Ints, Ints, Ints]:
    """Return owner, stretch, and the weightiest verdict with its weight, of one rule."""
    book = judgement.book
    owners = len(book.trades) + len(book.plans) + len(book.days)
    keys, found = [], []
    for judged in own:
        subject = judged.verdicts.subject
        rows = _within(judgement, judged, period)
        stretch = np.zeros(len(rows), np.int64)
        if stretches is not None:
            stretch = stretches(account_of(book, subject)[rows], happened_at(book, subject)[rows])
        keys.append(stretch * owners + owner_of(book, subject)[rows])
        weight = judged.weight[rows].astype(np.int64)
        found.append(judged.verdicts.verdict[rows].astype(np.int64) * _WEIGHTS + weight)
    key, value = np.concatenate(keys), np.concatenate(found)
    if stretches is None:  # owners are few enough to count through
        present, where = np.arange(owners), key
    else:
        present, where = np.unique(key, return_inverse=True)
    weightiest = np.full(len(present), -1, np.int64)
    np.maximum.at(weightiest, where, value)
    there = weightiest >= 0
    kept = present[there]
    return kept % max(owners, 1), kept // max(owners, 1), weightiest[there]


def _within(judgement: Judgement, judged: Judged, period: Period) -> Ints:
    """Return the rows of a rule's verdicts in the period."""
    book, subject = judgement.book, judged.verdicts.subject
    at = happened_at(book, subject)
    wanted = (at >= period.since) & (at < period.until)
    if period.trades is not None:
        wanted &= np.isin(trade_of(book, subject), list(period.trades))
    if period.accounts is not None:
        wanted &= np.isin(account_of(book, subject), list(period.accounts))
    return np.flatnonzero(wanted)
