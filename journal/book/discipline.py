"""How disciplined the trading was: adherence and score of any grouping, clean and planned trades.

Rules of data quality (LOG) count in adherence and in nothing else here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Ints
from journal.book.judging import Judgement
from journal.book.rolling import Rolled
from journal.book.statistics import FEW, Interval, Rate, wilson
from journal.book.verdicts import BROKEN, KEPT, NOT_APPLICABLE, UNKNOWN, VERDICTS


@dataclass(frozen=True, slots=True)
class Standing:
    """Verdicts of a rule, a trade, a period or a setup, with their rates.

    `score` is 100 x (1 - sum(w x broken) / sum(w x (kept + broken))), w the severity's weight; it
    is None under five trades, `trades` of which were judged.
    """

    kept: int
    broken: int
    unknown: int
    not_applicable: int
    adherence: float | None
    interval: Interval | None
    coverage: float | None
    score: float | None
    trades: int


@dataclass(frozen=True, slots=True)
class Discipline:
    """What judged trades say of the trader.

    `clean` are trades without a breach, `planned` those whose first fill met a plan. Efficiency
    is Van Tharp's (Super Trader, 2009): 1 - mistakes / trades, where five mistakes in 100 trades
    are 95 %; a mistake here is a rule broken in a trade, and efficiency never falls below 0.
    """

    clean: Rate
    planned: Rate
    mistakes: int
    efficiency: float | None


def scored_codes(judgement: Judgement) -> frozenset[str]:
    """Return the rules that count in the score."""
    return frozenset(judged.rule.code for judged in judgement.judged if judged.rule.counts_in_score)


def standings(judgement: Judgement, rolled: Rolled, group: Ints, count: int) -> list[Standing]:
    """Return what the rolled-up verdicts of each of `count` groups amount to."""
    verdicts = np.zeros((count, len(VERDICTS)), np.int64)
    np.add.at(verdicts, (group, rolled.verdict), 1)
    counted = judged_rows(rolled, scored_codes(judgement))
    weight = rolled.weight * counted
    whole = np.bincount(group, weight, minlength=count)
    lost = np.bincount(group, weight * (rolled.verdict == BROKEN), minlength=count)
    of_trades = counted & (rolled.owner < len(judgement.book.trades))
    pairs = np.unique(np.column_stack((group[of_trades], rolled.owner[of_trades])), axis=0)
    trades = np.bincount(pairs[:, 0], minlength=count)
    return [
        _standing(each.tolist(), float(whole[place]), float(lost[place]), int(trades[place]))
        for place, each in enumerate(verdicts)
    ]


def judged_rows(rolled: Rolled, codes: Collection[str]) -> Bools:
    """Return where one of these rules was kept or broken."""
    wanted = np.array([code in codes for code in rolled.codes], bool)
    decided: Bools = (rolled.verdict == KEPT) | (rolled.verdict == BROKEN)
    result: Bools = decided & wanted[rolled.code]
    return result


def _standing(counts: list[int], whole: float, lost: float, trades: int) -> Standing:
    kept, broken, unknown = counts[KEPT], counts[BROKEN], counts[UNKNOWN]
    judged = kept + broken
    return Standing(
        kept=kept,
        broken=broken,
        unknown=unknown,
        not_applicable=counts[NOT_APPLICABLE],
        adherence=kept / judged if judged else None,
        interval=wilson(kept, judged),
        coverage=judged / (judged + unknown) if judged + unknown else None,
        score=100 * (1 - lost / whole) if whole and trades >= FEW else None,
        trades=trades,
    )


def discipline(judgement: Judgement, rolled: Rolled) -> Discipline:
    """Return what the rolled-up verdicts say of the trades among their owners."""
    trades = judgement.book.trades
    own = rolled.where(rolled.owner < len(trades))
    counted = judged_rows(own, scored_codes(judgement))
    broken = counted & (own.verdict == BROKEN)
    judged = np.unique(own.owner[counted])
    breached = np.unique(own.owner[broken])
    told = judged[trades.is_judged[judged] & trades.opening_known[judged]]
    planned = (trades.plan[told] >= 0) & ~trades.is_late[told]
    mistakes = int(broken.sum())
    efficiency = max(0.0, 1 - mistakes / len(judged)) if len(judged) >= FEW else None
    return Discipline(
        clean=Rate.of(len(judged) - len(breached), len(judged)),
        planned=Rate.of(int(planned.sum()), len(told)),
        mistakes=mistakes,
        efficiency=efficiency,
    )


def breached_trades(judgement: Judgement, rolled: Rolled) -> Bools:
    """Return, per trade, whether a rule that counts in the score was broken."""
    broken = judged_rows(rolled, scored_codes(judgement)) & (rolled.verdict == BROKEN)
    marked = np.zeros(len(judgement.book.trades), bool)
    owners = rolled.owner[broken]
    marked[owners[owners < len(marked)]] = True
    return marked
