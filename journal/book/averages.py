"""Average entry price and realised P&L, stepping the k-th part of every trade at once.

Linear and spot average prices; inverse contracts average their reciprocals (rule contract,
section 1). Exits leave the average unchanged and take their share of the entry fees with them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats, Ints
from journal.book.instruments import Instruments
from journal.book.stepping import left_over, steps
from journal.book.tables import Fills


def step_averages(fills: Fills, first: Ints, count: Ints, instruments: Instruments) -> None:
    """Fill in average entry before and after, the entry fees' share and realised P&L."""
    inverse = instruments.is_inverse[fills.instrument]
    with np.errstate(divide="ignore", invalid="ignore"):
        measure = np.where(inverse, 1 / fills.price, fills.price)
    walked = _walk(fills, first, count, measure)
    before, after = walked.before, walked.after
    with np.errstate(divide="ignore", invalid="ignore"):
        fills.average_entry_before = np.where(inverse, 1 / before, before)
        fills.average_entry_after = np.where(inverse, 1 / after, after)
    unknown = ~fills.opening_known
    fills.average_entry_before[unknown | (fills.position_before == 0)] = np.nan
    fills.average_entry_after[unknown | (fills.position_after == 0)] = np.nan
    exits = ~fills.is_entry
    difference = np.where(inverse, before - measure, measure - before)
    gross = fills.direction * difference * fills.held_quantity * fills.multiplier
    fills.realised_gross = np.where(exits, np.where(unknown, np.nan, gross), 0.0)
    fills.entry_fee_share = walked.carried
    fills.realised_net = np.where(
        exits, fills.realised_gross - fills.fee - fills.entry_fee_share, 0.0
    )
    fills.group_average_before = fills.average_entry_before[fills.group_first]
    for name in RUNNING:
        setattr(fills, f"{name}_so_far", getattr(walked, name))
    left = np.where(exits, fills.quantity, 0.0)
    fills.exited_before_group = (fills.exited_so_far - left)[fills.group_first]


@dataclass(slots=True)
class _Walked:
    """What the walk leaves on every part; the running sums include the part itself."""

    before: Floats
    after: Floats
    carried: Floats
    entry_value: Floats
    entry_fees: Floats
    exited: Floats
    exit_value: Floats
    exit_fees: Floats


RUNNING = ("entry_value", "entry_fees", "exited", "exit_value", "exit_fees")


def _walk(fills: Fills, first: Ints, count: Ints, measure: Floats) -> _Walked:
    held_before, held = np.abs(fills.position_before), fills.held_quantity
    value = fills.quantity * fills.multiplier * measure
    added = (value, fills.fee, fills.quantity, value, fills.fee)
    counted = [
        np.where(fills.is_entry == name.startswith("entry"), column, 0.0)
        for name, column in zip(RUNNING, added, strict=True)
    ]
    flat_after = fills.position_after == 0
    average, pool = np.zeros((2, len(first)))
    running = np.zeros((len(RUNNING), len(first)))
    walked = _Walked(*(np.zeros(len(fills)) for _ in range(3 + len(RUNNING))))
    sums = [getattr(walked, name) for name in RUNNING]
    for trade, row in steps(first, count):
        entry = fills.is_entry[row]
        walked.before[row] = average[trade]
        total = held_before[row] + held[row]
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = (average[trade] * held_before[row] + measure[row] * held[row]) / total
            part = np.where(flat_after[row], 1.0, held[row] / held_before[row])
            taken = pool[trade] * part
        mean = np.where(held_before[row] == 0, measure[row], mean)
        average[trade] = np.where(entry, mean, average[trade])
        walked.after[row] = average[trade]
        walked.carried[row] = np.where(entry, 0.0, taken)
        pool[trade] += np.where(entry, fills.fee[row], -walked.carried[row])
        for total_of, column, out in zip(running, counted, sums, strict=True):
            total_of[trade] += column[row]
            out[row] = total_of[trade]
    for one, rows in left_over(first, count):
        span = slice(rows.start, rows.stop)
        _walk_one(fills, span, measure, walked, (float(average[one]), float(pool[one])))
        for total_of, column, out in zip(running, counted, sums, strict=True):
            out[span] = total_of[one] + np.cumsum(column[span])
    return walked


def _walk_one(
    fills: Fills, span: slice, measure: Floats, walked: _Walked, state: tuple[float, float]
) -> None:
    """Walk the tail of one long trade in plain floats; the same arithmetic as the step."""
    average, pool = state
    before, after, carried = [], [], []
    for entry, was, moved, value, fee, ends in zip(
        fills.is_entry[span].tolist(),
        np.abs(fills.position_before[span]).tolist(),
        fills.held_quantity[span].tolist(),
        measure[span].tolist(),
        fills.fee[span].tolist(),
        (fills.position_after[span] == 0).tolist(),
        strict=True,
    ):
        before.append(average)
        taken = 0.0
        if entry:
            average = (average * was + value * moved) / (was + moved) if was else value
            pool += fee
        else:
            taken = pool if ends else pool * (moved / was)
            pool -= taken
        after.append(average)
        carried.append(taken)
    walked.before[span], walked.after[span], walked.carried[span] = before, after, carried
