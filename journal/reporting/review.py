"""A review measured: the four figures, the trades, the days, the verdicts of a stretch of days.

Money is never added up across currencies: each settlement currency has a block of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from journal.book.tally import Adherence
from journal.reporting.frames import trades_frame, violations_frame
from journal.reporting.statistics import Statistics
from journal.reporting.trade_lines import TradeLine
from journal.reporting.values import known
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.weeks import Stretch


@dataclass(frozen=True, slots=True)
class DayResult:
    """What one day booked, None where a fee or rate is not known."""

    day: date
    net_pnl: float | None


@dataclass(frozen=True, slots=True)
class CurrencyBlock:
    """The money of one settlement currency.

    `net_pnl` is what was booked in the stretch. `r_total` adds up the trades closed in it whose
    R is known, `r_trades` of them. `indiscipline` adds the known costs of breaches, memo ones
    left out; `costs_unknown` counts those that are not known.
    """

    currency: str
    net_pnl: float | None
    days: list[DayResult]
    closed: int
    won: int
    results_unknown: int
    r_total: float
    r_trades: int
    violations: int
    indiscipline: float
    costs_unknown: int


@dataclass(frozen=True, slots=True)
class Review:
    """A stretch of days: what was traded, how it went, and where the plan was broken."""

    label: str
    since: datetime
    until: datetime
    zone: str
    account: str | None
    setup: str | None
    adherence: Adherence
    blocks: list[CurrencyBlock]
    trades: list[TradeLine]
    violations: list[ViolationLine]
    verdicts: dict[str, dict[str, int]]
    statistics: Statistics


def measured_blocks(
    stretch: Stretch,
    results: pd.DataFrame,
    trades: list[TradeLine],
    violations: list[ViolationLine],
) -> list[CurrencyBlock]:
    """Return a block for each currency that was traded, booked or breached in the stretch.

    `results` are what the whole journal booked (see `frames.results_frame`).
    """
    inside = (results["at"] >= stretch.since) & (results["at"] < stretch.until)
    booked = results[inside]
    made, broken = trades_frame(trades), violations_frame(violations)
    currencies = sorted({*booked["currency"], *made["currency"], *broken["currency"]})
    return [
        _block(
            currency,
            stretch,
            booked[booked["currency"] == currency],
            made[made["currency"] == currency],
            broken[broken["currency"] == currency],
        )
        for currency in currencies
    ]


def _whole_sum(values: pd.Series) -> float:
    """Return a sum, NaN where any part of it is not known."""
    return float(values.sum(skipna=False))


def _block(
    currency: str,
    stretch: Stretch,
    booked: pd.DataFrame,
    trades: pd.DataFrame,
    violations: pd.DataFrame,
) -> CurrencyBlock:
    days = booked["at"].dt.tz_convert(stretch.zone.key).dt.date
    by_day = booked["net_pnl"].groupby(days).agg(_whole_sum)
    closed = trades[(trades["closed_at"] >= stretch.since) & (trades["closed_at"] < stretch.until)]
    counted = violations[violations["has_cost"] & ~violations["memo"].astype(bool)]
    return CurrencyBlock(
        currency=currency,
        net_pnl=known(_whole_sum(booked["net_pnl"])),
        days=[
            DayResult(day, known(float(net)))
            for day, net in zip(by_day.index.tolist(), by_day, strict=True)
        ],
        closed=len(closed),
        won=int((closed["net_pnl"] > 0).sum()),
        results_unknown=int(closed["net_pnl"].isna().sum()),
        r_total=float(closed["r_multiple"].sum()),
        r_trades=int(closed["r_multiple"].notna().sum()),
        violations=len(violations),
        indiscipline=float(counted["cost"].sum()),
        costs_unknown=int(counted["cost"].isna().sum()),
    )
