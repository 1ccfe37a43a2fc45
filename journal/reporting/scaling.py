"""Does scaling help: by setup, by number of tranches, by spacing, and tranche by tranche.

Only R is averaged over trades; money is added up within one settlement currency. Every mean has
its n, and an interval from `FEW_FOR_INTERVAL` trades on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from journal.book.comparison import Bools, Floats, Ints, exceeds
from journal.book.depth import Depth, depth
from journal.book.ladder_fills import LadderFills, ladder_fills, laddered
from journal.book.scaling_in import ScaleIn, scale_in
from journal.book.scaling_out import ScaleOut, scale_out
from journal.book.spacing import (
    BUCKETS,
    FEWEST_BUYS,
    Gaps,
    Shrinking,
    gaps,
    planned_spacing,
    shrinking,
    size_fraction,
    spacing_bucket,
)
from journal.book.statistics import Mean, Rate
from journal.book.tables import Book
from journal.reporting.breakdown import setups_of
from journal.reporting.scaling_lines import (
    Comparison,
    DepthLine,
    FilledLine,
    GapLine,
    compared,
    settlements,
    sums_of,
)


@dataclass(frozen=True, slots=True)
class ScalingGroup:
    """Trades of one setup, number of planned tranches or planned spacing, or all of them."""

    label: str
    scale_in: Comparison
    against_first: Comparison
    against_last: Comparison


@dataclass(frozen=True, slots=True)
class Scaling:
    """The answers, from the closed ones of the trades asked about.

    A trade whose plan has two tags counts in both setups. Only trades with a plan locked before
    the first fill have a number of tranches or a spacing. `shrinking` is the share of trades with
    three buys or more in which each came closer to the last than the one before and than planned.
    """

    total: ScalingGroup
    by_setup: list[ScalingGroup]
    by_tranches: list[ScalingGroup]
    by_spacing: list[ScalingGroup]
    gaps: list[GapLine]
    shrinking: Rate
    depth: list[DepthLine]
    by_filled: list[FilledLine]


@dataclass(frozen=True, slots=True)
class ScalingColumns:
    """What everything is counted from; `bucket` and `spacing` are per trade of `ladders`."""

    ladders: LadderFills
    into: ScaleIn
    out: ScaleOut
    gaps: Gaps
    size_fraction: Floats
    spacing: Floats
    bucket: Ints
    shrinking: Shrinking
    depth: Depth


def scaling_columns(book: Book, trades: Ints) -> ScalingColumns:
    """Measure these trades of the book; those still open are left out."""
    ladders = ladder_fills(book, laddered(book, trades))
    spacing = planned_spacing(book, ladders)
    return ScalingColumns(
        ladders=ladders,
        into=scale_in(book, ladders),
        out=scale_out(book, trades),
        gaps=gaps(book, ladders),
        size_fraction=size_fraction(book, ladders),
        spacing=spacing,
        bucket=spacing_bucket(spacing),
        shrinking=shrinking(book, ladders),
        depth=depth(book, ladders),
    )


def measure_scaling(book: Book, trades: Ints) -> Scaling:
    """Answer for these trades, rows of the book."""
    return summarised(book, scaling_columns(book, trades))


def summarised(book: Book, columns: ScalingColumns) -> Scaling:
    """Average what was measured."""
    everything = np.ones(len(book.trades), bool)
    enough = columns.shrinking.buys >= FEWEST_BUYS
    total = _group(book, columns, "all", everything)
    return Scaling(
        total=total,
        by_setup=list(_groups(book, columns, total, _setups(book, columns))),
        by_tranches=list(_groups(book, columns, total, _by_tranches(book, columns))),
        by_spacing=list(_groups(book, columns, total, _by_spacing(book, columns))),
        gaps=list(_gap_lines(columns)),
        shrinking=Rate.of(int(columns.shrinking.shrinks.sum()), int(enough.sum())),
        depth=list(_depth_lines(book, columns)),
        by_filled=list(_filled_lines(book, columns)),
    )


def _group(book: Book, columns: ScalingColumns, label: str, members: Bools) -> ScalingGroup:
    """Return what scaling was worth in the members, a mask over the trades of the book."""
    into, out = columns.into, columns.out
    inside, outside = members[into.trades], members[out.trades]
    currency = settlements(book, out.trades[outside])
    return ScalingGroup(
        label=label,
        scale_in=compared(
            into.value[inside], into.value_r[inside], settlements(book, into.trades[inside])
        ),
        against_first=compared(out.against_first[outside], out.against_first_r[outside], currency),
        against_last=compared(out.against_last[outside], out.against_last_r[outside], currency),
    )


def _groups(
    book: Book,
    columns: ScalingColumns,
    total: ScalingGroup,
    labelled: Iterator[tuple[str, Bools]],
) -> Iterator[ScalingGroup]:
    """Yield the groups that have anything to compare."""
    measured = np.union1d(columns.into.trades, columns.out.trades)
    for label, members in labelled:
        if members[measured].all() and len(measured):
            # The intervals of a long journal take seconds: not twice for the same trades.
            yield replace(total, label=label)
        elif members[measured].any():
            yield _group(book, columns, label, members)


def _setups(book: Book, columns: ScalingColumns) -> Iterator[tuple[str, Bools]]:
    """Yield each tag with its trades, in order of name."""
    measured = np.union1d(columns.into.trades, columns.out.trades)
    members: dict[str, list[int]] = {}
    for trade, plan in zip(measured.tolist(), book.trades.plan[measured].tolist(), strict=True):
        for name in setups_of(book, plan):
            members.setdefault(name, []).append(trade)
    for name in sorted(members):
        yield name, _mask(book, np.array(members[name], np.int64))


def _by_tranches(book: Book, columns: ScalingColumns) -> Iterator[tuple[str, Bools]]:
    trades = book.trades
    planned = (trades.risk_version >= 0) & ~trades.is_late
    count = np.append(book.versions.tranche_count, 0)[trades.risk_version]
    measured = np.union1d(columns.into.trades, columns.out.trades)
    for number in np.unique(count[measured][planned[measured]]).tolist():
        yield str(number), planned & (count == number)


def _by_spacing(book: Book, columns: ScalingColumns) -> Iterator[tuple[str, Bools]]:
    for code, label in enumerate(BUCKETS):
        yield label, _mask(book, columns.ladders.trades[columns.bucket == code])


def _mask(book: Book, trades: Ints) -> Bools:
    members = np.zeros(len(book.trades), bool)
    members[trades] = True
    return members


def _gap_lines(columns: ScalingColumns) -> Iterator[GapLine]:
    """Yield the mean gap before each tranche, by its number."""
    found, number = columns.gaps, columns.ladders.number
    for tranche in np.unique(number).tolist():
        own = number[found.row] == tranche
        sizes = columns.size_fraction[number == tranche]
        yield GapLine.of(tranche, found, own, sizes[~np.isnan(sizes)])


def _depth_lines(book: Book, columns: ScalingColumns) -> Iterator[DepthLine]:
    ladders, found = columns.ladders, columns.depth
    for tranche in np.unique(ladders.number).tolist():
        own = ladders.number == tranche
        filled = own & found.filled
        result, in_r = found.result[filled], found.result_r[filled]
        whole = int(own.sum())
        yield DepthLine(
            number=tranche,
            planned=whole,
            reached=Rate.of(int((own & found.reached).sum()), whole),
            filled=Rate.of(int(filled.sum()), whole),
            paid=Rate.of(int(exceeds(result, 0.0).sum()), int((~np.isnan(result)).sum())),
            r=Mean.of(in_r[~np.isnan(in_r)]),
            unknown=int(np.isnan(result).sum()),
            sums=sums_of(result, settlements(book, ladders.trades[ladders.owner[filled]])),
        )


def _filled_lines(book: Book, columns: ScalingColumns) -> Iterator[FilledLine]:
    trades, filled = columns.ladders.trades, columns.depth.tranches_filled
    for tranches in np.unique(filled).tolist():
        own = trades[filled == tranches]
        multiples, net = book.trades.r_multiple[own], book.trades.net[own]
        yield FilledLine(
            tranches=tranches,
            trades=len(own),
            r=Mean.of(multiples[~np.isnan(multiples)]),
            sums=sums_of(net, settlements(book, own)),
        )
