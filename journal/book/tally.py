"""Verdicts counted, and how often rules were kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from journal.book.judging import Judgement
from journal.book.rolling import EVER, Period, Rolled, roll_up
from journal.book.statistics import Interval, wilson
from journal.book.verdicts import BROKEN, KEPT, UNKNOWN, VERDICTS


@dataclass(frozen=True, slots=True)
class Adherence:
    """How often rules were kept: kept / judged, and how many verdicts could be told at all.

    A rate is None where it would have nothing to divide by; `interval` is Wilson's.
    """

    kept: int
    broken: int
    unknown: int
    adherence: float | None
    interval: Interval | None
    coverage: float | None


def tally(judgement: Judgement, period: Period = EVER) -> dict[str, dict[str, int]]:
    """Return, per rule code, how many trades (plans where there was none) got each verdict."""
    return tallied(roll_up(judgement, period))


def tallied(rolled: Rolled) -> dict[str, dict[str, int]]:
    """Return the number of each verdict per rule code."""
    counts = np.zeros((len(rolled.codes), len(VERDICTS)), np.int64)
    np.add.at(counts, (rolled.code, rolled.verdict), 1)
    return {
        code: dict(zip(VERDICTS, row, strict=True))
        for code, row in zip(rolled.codes, counts.tolist(), strict=True)
    }


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
        interval=wilson(kept, judged),
        coverage=judged / (judged + unknown) if judged + unknown else None,
    )
