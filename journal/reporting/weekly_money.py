"""Money week by week: what was booked, and what trading cost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import numpy as np
import pandas as pd

from journal.book.clock import to_datetime, to_microseconds
from journal.book.comparison import Floats, Ints
from journal.book.keys import trade_key
from journal.book.slippage import against_plan, against_stop
from journal.reporting.frames import results_frame
from journal.reporting.history import shown_since, week_labels
from journal.reporting.report import Report


def booked_by_week(report: Report) -> pd.DataFrame:
    """Return net P&L booked: columns label, currency, net_pnl, results.

    `net_pnl` is NaN where a part is not known, and where `results` counts none.
    """
    results = results_frame(report.book)
    results = results[results["account"].isin(_accounts(report))]
    if report.period.trades is not None:
        keys = {trade_key(report.book, trade) for trade in report.period.trades}
        results = results[results["trade"].isin(keys)]
    results = results[results["at"] < report.stretch.until]
    if results.empty:
        return pd.DataFrame(columns=["label", "currency", "net_pnl", "results"])
    first = week_label(report.words.date_of(results["at"].min()))
    results = results[results["at"] >= shown_since(report)]
    labels = [week_label(report.words.date_of(at)) for at in results["at"]]
    summed = (
        results.assign(label=labels)
        .groupby(["label", "currency"])["net_pnl"]
        .agg(net_pnl=lambda values: values.sum(skipna=False), results="size")
        .reset_index()
    )
    return _recent(report, summed, first).fillna({"results": 0}).astype({"results": int})


def costs_by_week(report: Report) -> pd.DataFrame:
    """Return what trading cost: columns label, currency, fees, slippage, funding; positive = paid.

    Fees belong to the week of their fill. Slippage is what entries, targets and stops were filled
    worse than meant, better ones counted against it. What is not known is left out, and
    `unknown` counts it.
    """
    book, fills = report.book, report.book.fills
    chosen = fills.is_fill & (fills.at < report.period.until)
    chosen &= np.isin(fills.account, list(report.period.accounts or ()))
    if report.period.trades is not None:
        chosen &= np.isin(fills.trade, list(report.period.trades))
    paid = book.payments
    own = np.isin(paid.account, list(report.period.accounts or ())) & (
        paid.at < report.period.until
    )
    if report.period.trades is not None:
        own &= np.isin(paid.trade, list(report.period.trades))
    times = np.concatenate([np.compress(chosen, fills.at), np.compress(own, paid.at)])
    first = _labels(report, times.min(keepdims=True))[0] if len(times) else None
    since = to_microseconds(shown_since(report))
    rows, own = np.flatnonzero(chosen & (fills.at >= since)), own & (paid.at >= since)
    slippage = (against_plan(book) + against_stop(book))[rows]
    frame = _costs(report, rows, fills.fee[rows], slippage)
    funding = pd.DataFrame(
        {
            "label": _labels(report, np.compress(own, paid.at)),
            "currency": _currencies(report, paid.instrument[own]),
            "funding": -paid.amount[own],
        }
    )
    joined = pd.concat([frame, funding], ignore_index=True)
    summed = joined.groupby(["label", "currency"]).sum(numeric_only=True).reset_index()
    return _recent(report, summed, first)


def by_currency(report: Report, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield a frame's parts by currency, without those that the stretch has nothing in.

    Where it has nothing in any of them, all are a look back.
    """
    own = {block.currency for block in report.review.blocks}
    for currency, part in frame.groupby("currency", sort=True):
        if not own or currency in own:
            yield str(currency), part


def _costs(report: Report, rows: Ints, fees: Floats, slippage: Floats) -> pd.DataFrame:
    fills = report.book.fills
    return pd.DataFrame(
        {
            "label": _labels(report, np.take(fills.at, rows)),
            "currency": _currencies(report, fills.instrument[rows]),
            "fees": np.nan_to_num(fees),
            "slippage": np.nan_to_num(slippage),
            "unknown": (np.isnan(fees) | np.isnan(slippage)).astype(int),
            "funding": 0.0,
        }
    )


def _labels(report: Report, times: Ints) -> list[str]:
    return [week_label(report.words.date_of(to_datetime(int(at)))) for at in times]


def _currencies(report: Report, instruments: Ints) -> list[str]:
    known = report.book.instruments.known
    return [known[int(code)].settlement for code in instruments]


def _accounts(report: Report) -> set[str]:
    return {report.book.accounts[code] for code in report.period.accounts or ()}


def _recent(report: Report, frame: pd.DataFrame, first: str | None) -> pd.DataFrame:
    """Return the weeks that charts over time look back on, each of them for each currency.

    They begin with the `first` week of any currency; a week without anything has NaN.
    """
    labels = week_labels(report, first)
    frame = frame[frame["label"].isin(labels)]
    every = pd.MultiIndex.from_product(
        [labels, sorted(set(frame["currency"]))], names=["label", "currency"]
    )
    return frame.set_index(["label", "currency"]).reindex(every).reset_index()


def week_label(day: date | datetime) -> str:
    """Return the ISO week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(label: str) -> date:
    """Return the first day of an ISO week."""
    return date.fromisocalendar(int(label[:4]), int(label[6:]), 1)


def sunday_of(label: str) -> date:
    """Return the last day of an ISO week."""
    return monday_of(label) + timedelta(days=6)
