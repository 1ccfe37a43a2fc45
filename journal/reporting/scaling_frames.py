"""Scaling as pandas frames, for charts and notebooks: NaN is not known, or too few to tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields

import numpy as np
import pandas as pd

from journal.book.comparison import Floats, Ints
from journal.book.keys import trade_key
from journal.book.spacing import BUCKETS
from journal.book.statistics import Mean, Rate
from journal.book.tables import Book
from journal.reporting.scaling import Scaling, ScalingColumns, ScalingGroup
from journal.reporting.scaling_lines import Comparison, GapLine, settlements

COMPARISONS = ("scale_in", "against_first", "against_last")

_MEAN = ("n", "mean_r", "low", "high")


def comparisons_frame(scaling: Scaling) -> pd.DataFrame:
    """Return what scaling was worth, a row a group and comparison.

    `by` is all, setup, tranches or spacing, and `comparison` one of `COMPARISONS`. `mean_r` of `n`
    trades lies between `low` and `high`, NaN under 20 trades; `positive` of `known` were above 0.
    """
    rows = [
        (by, group.label, name, *_mean(found.r), found.positive.part, found.positive.whole,
         found.unknown)
        for by, group in _groups(scaling)
        for name, found in _comparisons(group)
    ]  # fmt: skip
    names = ["by", "label", "comparison", *_MEAN, "positive", "known", "unknown"]
    return pd.DataFrame(rows, columns=names)


def _groups(scaling: Scaling) -> Iterator[tuple[str, ScalingGroup]]:
    yield "all", scaling.total
    listed = (scaling.by_setup, scaling.by_tranches, scaling.by_spacing)
    for by, groups in zip(("setup", "tranches", "spacing"), listed, strict=True):
        for group in groups:
            yield by, group


def _comparisons(group: ScalingGroup) -> Iterator[tuple[str, Comparison]]:
    for name in COMPARISONS:
        yield name, getattr(group, name)


def depth_frame(scaling: Scaling) -> pd.DataFrame:
    """Return a row a tranche number: how often it filled, with its interval, and R where it did."""
    rows = [
        (line.number, line.planned, line.reached.part, line.filled.part, *_share(line.filled),
         line.paid.part, *_mean(line.r), line.unknown)
        for line in scaling.depth
    ]  # fmt: skip
    shares = ["fill_fraction", "fill_low", "fill_high"]
    names = ["number", "planned", "reached", "filled", *shares, "paid", *_MEAN, "unknown"]
    return pd.DataFrame(rows, columns=names)


def by_filled_frame(scaling: Scaling) -> pd.DataFrame:
    """Return a row for each number of tranches that filled: R a trade."""
    rows = [(line.tranches, line.trades, *_mean(line.r)) for line in scaling.by_filled]
    return pd.DataFrame(rows, columns=["tranches", "trades", *_MEAN])


def gaps_frame(scaling: Scaling) -> pd.DataFrame:
    """Return a row a tranche number: the mean gap before it, planned and as bought."""
    names = [each.name for each in fields(GapLine)]
    frame = pd.DataFrame([asdict(line) for line in scaling.gaps], columns=names)
    known = ("planned_fraction", "actual_fraction", "planned_r", "actual_r", "minutes")
    for name in (*known, "size_fraction"):
        frame[name] = frame[name].astype(float)
    return frame


def scaled_trades_frame(book: Book, columns: ScalingColumns) -> pd.DataFrame:
    """Return a row a trade that scaled in or out, in order of closing.

    `tranches`, `tranches_filled`, `spacing` (a fraction) and `bucket` are of trades with a ladder
    planned before the first fill, else missing, and `shrinks` is False. Money is in `currency`.
    """
    into, out, ladders = columns.into, columns.out, columns.ladders
    trades = np.union1d(np.union1d(into.trades, out.trades), ladders.trades)
    trades = trades[np.argsort(book.trades.closed_at[trades], kind="stable")]
    number = np.bincount(ladders.owner, minlength=len(ladders.trades))
    at = _places(book, ladders.trades, trades)
    named = np.array([*BUCKETS, None], object)

    def of(rows: Ints, values: Floats) -> Floats:
        return np.append(values, np.nan)[_places(book, rows, trades)]

    return pd.DataFrame(
        {
            **_names(book, trades),
            "currency": settlements(book, trades),
            "tranches": of(ladders.trades, number.astype(float)),
            "tranches_filled": of(ladders.trades, columns.depth.tranches_filled.astype(float)),
            "spacing": of(ladders.trades, columns.spacing),
            "bucket": named[np.append(columns.bucket, -1)[at]],
            "shrinks": np.append(columns.shrinking.shrinks, False)[at],
            "scale_in": of(into.trades, into.value),
            "scale_in_r": of(into.trades, into.value_r),
            "against_first": of(out.trades, out.against_first),
            "against_first_r": of(out.trades, out.against_first_r),
            "against_last": of(out.trades, out.against_last),
            "against_last_r": of(out.trades, out.against_last_r),
        }
    )


def filled_tranches_frame(book: Book, columns: ScalingColumns) -> pd.DataFrame:
    """Return a row a tranche that filled: its price and size, its gap, and what it made.

    Gap columns are as in `journal.book.spacing` and NaN for the tranche that filled first.
    """
    ladders, found = columns.ladders, columns.gaps
    rows = np.flatnonzero(columns.depth.filled)
    trades = ladders.trades[ladders.owner[rows]]
    place = np.full(len(ladders), -1, np.int64)
    place[found.row] = np.arange(len(found.row))
    gap = place[rows]
    names = ("planned_fraction", "actual_fraction", "planned_r", "actual_r", "minutes")
    return pd.DataFrame(
        {
            **_names(book, trades),
            "currency": settlements(book, trades),
            "number": ladders.number[rows],
            "filled_at": pd.to_datetime(np.take(ladders.first_at, rows), unit="us", utc=True),
            "planned_price": book.tranches.price[ladders.tranche[rows]],
            "price": ladders.price[rows],
            "quantity": ladders.units[rows],
            "size_fraction": columns.size_fraction[rows],
            **{name: np.append(getattr(found, name), np.nan)[gap] for name in names},
            "result": columns.depth.result[rows],
            "result_r": columns.depth.result_r[rows],
        }
    )


def _names(book: Book, trades: Ints) -> dict[str, object]:
    table = book.trades
    keys = {trade: trade_key(book, trade) for trade in np.unique(trades).tolist()}
    return {
        "trade": [keys[trade] for trade in trades.tolist()],
        "account": [book.accounts[code] for code in table.account[trades]],
        "instrument": [book.instruments.symbols[code] for code in table.instrument[trades]],
        "closed_at": pd.to_datetime(np.take(table.closed_at, trades), unit="us", utc=True),
    }


def _places(book: Book, rows: Ints, asked: Ints) -> Ints:
    """Return where each asked trade stands in `rows`, -1 where it does not."""
    place = np.full(len(book.trades), -1, np.int64)
    place[rows] = np.arange(len(rows))
    found: Ints = place[asked]
    return found


def _mean(found: Mean) -> Sequence[float]:
    mean = np.nan if found.mean is None else found.mean
    if found.interval is None:
        return found.n, mean, np.nan, np.nan
    return found.n, mean, found.interval.low, found.interval.high


def _share(found: Rate) -> Sequence[float]:
    if found.share is None or found.interval is None:
        return np.nan, np.nan, np.nan
    return found.share, found.interval.low, found.interval.high
