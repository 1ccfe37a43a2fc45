"""Closed trades as a frame: what results are drawn from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from journal.book.clock import to_datetime
from journal.book.discipline import breached_trades
from journal.book.keys import trade_key
from journal.book.rolling import Period, roll_up
from journal.reporting.report import Report
from journal.reporting.statistics import closed_in

_COLUMNS = ("trade", "closed_at", "net", "currency", "r", "clean")


def closed_frame(report: Report, period: Period) -> pd.DataFrame:
    """Return one row for each judged trade that closed in the period, in order of closing.

    `closed_at` is by the wall clock of the report's zone; `net` in `currency` and `r` are NaN
    where not known; `clean` is False where a rule that counts in the score was broken.
    """
    book = report.book
    rows = closed_in(report.judgement, period)
    rows = rows[np.argsort(book.trades.closed_at[rows], kind="stable")]
    codes = frozenset(judged.rule.code for judged in report.judgement.judged)
    breached = breached_trades(report.judgement, roll_up(report.judgement).of(codes))
    currency = [known.settlement for known in book.instruments.known]
    return pd.DataFrame(
        {
            "trade": [trade_key(book, int(row)) for row in rows],
            "closed_at": [
                report.words.local(to_datetime(int(at)))
                for at in np.take(book.trades.closed_at, rows)
            ],
            "net": book.trades.net[rows],
            "currency": [currency[code] for code in book.trades.instrument[rows]],
            "r": book.trades.r_multiple[rows],
            "clean": ~breached[rows],
        },
        columns=list(_COLUMNS),
    )


MOST_DRAWN = 1_500
"""More steps than this cannot be told apart in a picture, and make a page heavy."""


def drawn_steps(cumulative: pd.DataFrame) -> pd.DataFrame:
    """Return the running sums at evenly many trades, the last one among them."""
    if len(cumulative) <= MOST_DRAWN:
        return cumulative
    places = np.unique(np.linspace(0, len(cumulative) - 1, MOST_DRAWN).round().astype(int))
    return cumulative.iloc[places].reset_index(drop=True)


def cumulative_frame(closed: pd.DataFrame) -> pd.DataFrame:
    """Return the trades whose R is known with their running sums: `all_r` and `clean_r`.

    `clean_r` adds the clean trades only, and stands still on the others.
    """
    told = closed[closed["r"].notna()].reset_index(drop=True)
    told["all_r"] = told["r"].cumsum()
    told["clean_r"] = told["r"].where(told["clean"].astype(bool), 0.0).cumsum()
    return told
