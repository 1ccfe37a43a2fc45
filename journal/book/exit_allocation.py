"""Exit fills to exit tranches, one part of many trades at a time (rule contract, section 2)."""

from __future__ import annotations

import numpy as np

from journal.book.allocating import Found, Limits, State
from journal.book.comparison import Bools, Floats, Ints, exceeds, reaches, tolerance
from journal.book.ladder_matrix import ExitMatrix
from journal.book.tables import Fills


def leave(
    fills: Fills,
    limits: Limits,
    row: Ints,
    own: Ints,
    version: Ints,
    ladder: ExitMatrix,
    state: State,
    found: Found,
    opened_at: Ints,
) -> None:
    """Give exit parts to the targets they reached, nearest to the entry first, each to its room.

    N % is of the units entered so far, less what the exit has taken; the rest is what is held.
    """
    lines = np.arange(len(row))
    sign = fills.direction[row][:, None]
    target = ladder.target[version]
    near = tolerance(target, limits.price[row][:, None], limits.tick[row][:, None])
    reached = ladder.exists[version] & ~np.isnan(target)
    reached &= ~exceeds(sign * (target - fills.price[row][:, None]), near)
    inverse = limits.inverse[row]
    planned = ladder.planned(version, state.entered[own], fills.multiplier[row], inverse)
    rest = ladder.is_rest[version]
    filled = ~rest & reaches(state.taken[own], planned * (1 - limits.quantity[row][:, None]))
    distance = np.abs(target - fills.average_entry_before[row][:, None])
    order = np.argsort(np.where(reached, distance, np.inf), axis=1, kind="stable")
    left = fills.quantity[row].copy()
    for place in range(order.shape[1]):
        column = order[:, place]
        active = (reached & ~filled)[lines, column] & (left > 0)
        if not active.any():
            continue
        whole = planned[lines, column]
        room = np.where(rest[lines, column], np.inf, whole - state.taken[own, column])
        grace = np.fmax(np.nan_to_num(whole) * limits.quantity[row], limits.lot[row])
        fits = reaches(room + grace, left)
        took = np.where(active, np.where(fits, left, np.maximum(room, 0.0)), 0.0)
        left = np.where(active & fits, 0.0, left - took)
        _take(fills, row, own, column, took, state, found)
    fills.target_quantity[row] = fills.quantity[row] - left
    _trail(limits, (row, own, left), (version, filled), ladder, state, found, opened_at)


def _take(
    fills: Fills, row: Ints, own: Ints, column: Ints, took: Floats, state: State, found: Found
) -> None:
    state.taken[own, column] += took
    some = np.flatnonzero(took > 0)
    fresh = some[state.took_at[own[some], column[some]] < 0]
    state.took_at[own[fresh], column[fresh]] = fills.at[row[fresh]]
    found.rows.append((row[some], column[some] + 1, took[some]))
    first = some[fills.target[row[some]] == 0]
    fills.target[row[first]] = column[first] + 1


def _trail(
    limits: Limits,
    moved: tuple[Ints, Ints, Floats],
    standing: tuple[Ints, Bools],
    ladder: ExitMatrix,
    state: State,
    found: Found,
    opened_at: Ints,
) -> None:
    """Note the remainders that the next open exit, if it trails and runs, may explain."""
    row, own, left = moved
    version, filled = standing
    lines = np.arange(len(row))
    pending = ladder.exists[version] & ~filled
    following = np.argmax(pending, axis=1)
    after = ladder.trail_after[version][lines, following]
    since = np.where(after > 0, state.took_at[own, np.maximum(after - 1, 0)], opened_at)
    fraction = ladder.trail[version][lines, following]
    runs = pending.any(axis=1) & ~np.isnan(fraction) & (since >= 0) & (left > 0)
    some = np.flatnonzero(runs & ~limits.protective[row])
    state.taken[own[some], following[some]] += left[some]
    found.trails.append((row[some], since[some], fraction[some], left[some]))
    found.rows.append((row[some], following[some] + 1, left[some]))
