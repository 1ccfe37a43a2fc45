"""What scaling was worth against the exact reference, on random journals."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from journal_text import book_of

from journal.book.tables import Book
from journal.domain.event import Event
from journal.domain.notation import format_events
from journal.reporting.scaling import ScalingColumns, scaling_columns
from reference import scaling
from reference.compare import WITHIN
from reference.engine import Reckoning, reckon
from reference.model import Trade
from reference.random_journals import bulk

SEEN: Counter[str] = Counter()


class Measured:
    """A journal's own figures by the key of each trade's first fill."""

    def __init__(self, book: Book, columns: ScalingColumns) -> None:
        self.book, self.columns = book, columns
        fills, first = book.fills, book.trades.first
        self.rows = {
            (int(fills.id[row]), int(fills.part[row])): trade
            for trade, row in enumerate(first.tolist())
            if fills.is_fill[row]
        }

    def row(self, trade: Trade) -> int:
        """Return the book's row of a trade, -1 for one that began with an opening balance."""
        return -1 if trade.carried else self.rows[trade.parts[0].key]

    def of(self, trades: np.ndarray, values: np.ndarray, row: int) -> list[float]:
        """Return the figures of one trade."""
        return [float(value) for value in values[trades == row]]


def near(found: float, expected: Fraction | None, scale: Fraction, what: str) -> list[str]:
    """Compare a figure to a billionth of the scale it was computed at."""
    if expected is None or np.isnan(found):
        fine = expected is None and np.isnan(found)
        return [] if fine else [f"{what}: {found} instead of {expected and float(expected)}"]
    allowed = WITHIN * max(abs(expected), scale)
    if abs(Fraction(found) - expected) <= allowed:
        return []
    return [f"{what}: {found} instead of {float(expected)}"]


def differences(events: list[Event]) -> list[str]:
    """Return everything in which a journal and the reference differ."""
    found = reckon(events)
    book = book_of(format_events(events, found.timeline.instruments))
    measured = Measured(book, scaling_columns(book, np.arange(len(book.trades))))
    wrong = []
    for number, trade in enumerate(found.trades):
        row = measured.row(trade)
        if row >= 0:
            where = f"trade of {trade.parts[0].key}"
            wrong += [f"{where} {line}" for line in compare_values(found, number, measured, row)]
            wrong += [f"{where} {line}" for line in compare_tranches(trade, measured, row)]
    return wrong


def compare_values(found: Reckoning, number: int, measured: Measured, row: int) -> list[str]:
    """Compare scale-in and scale-out value."""
    trade, result = found.trades[number], found.results[number]
    into, out = measured.columns.into, measured.columns.out
    wrong = []
    applies, worth = scaling.scale_in_value(found.timeline, trade)
    values = measured.of(into.trades, into.value, row)
    if len(values) != applies:
        wrong.append(f"scale-in: {values} where applies is {applies}")
    elif applies:
        SEEN["scale-in unknown" if worth is None else f"scale-in {trade.instrument.kind}"] += 1
        (quantity,) = measured.of(into.trades, into.quantity, row)
        scale = result.turnover
        if worth is not None:
            scale *= max(Fraction(1), Fraction(quantity) / result.quantity)
        wrong += near(values[0], worth, scale, "scale-in")
    expected = scaling.scale_out_values(trade)
    for name, place in (("against_first", 0), ("against_last", 1)):
        values = measured.of(out.trades, getattr(out, name), row)
        if len(values) != (expected is not None):
            wrong.append(f"{name}: {values} instead of {expected}")
        elif expected is not None:
            SEEN["scale-out"] += 1
            wrong += near(values[0], expected[place], result.turnover, name)
    return wrong


def compare_tranches(trade: Trade, measured: Measured, row: int) -> list[str]:
    """Compare results, sizes and gaps of tranches, and whether gaps shrank."""
    columns, ladders = measured.columns, measured.columns.ladders
    own = np.flatnonzero(ladders.trades[ladders.owner] == row)
    results, sizes = scaling.tranche_results(trade), scaling.size_fractions(trade)
    filled = own[ladders.units[own] > 0]
    if set(ladders.number[filled].tolist()) != set(results):
        return [f"filled: {ladders.number[filled]} instead of {set(results)}"]
    wrong = []
    for at in filled.tolist():
        number = int(ladders.number[at])
        worth = sum((part.quantity * part.price for part in trade.parts), Fraction(0))
        wrong += near(columns.depth.result[at], results[number], worth, f"tranche {number}")
        wrong += near(columns.size_fraction[at], sizes[number], Fraction(1), f"size {number}")
    rows = np.flatnonzero(np.isin(columns.gaps.row, own))
    expected = scaling.gap_rows(trade)
    if len(rows) != len(expected):
        return [*wrong, f"{len(rows)} gaps instead of {len(expected)}"]
    for at, (number, before, planned, actual, minutes) in zip(rows, expected, strict=True):
        SEEN["gap"] += 1
        found = columns.gaps
        pair = (int(ladders.number[found.row[at]]), int(ladders.number[found.before[at]]))
        if pair != (number, before):
            wrong.append(f"gap of {pair} instead of {(number, before)}")
        one = Fraction(1)
        wrong += near(found.planned_fraction[at], planned, one, f"planned gap {number}")
        wrong += near(found.actual_fraction[at], actual, one, f"gap {number}")
        wrong += near(found.minutes[at], minutes, one, f"minutes {number}")
    shrank = columns.shrinking.shrinks[ladders.trades == row].tolist()
    if any(shrank) != scaling.shrinks(trade):
        wrong.append(f"shrinks: {shrank}")
    SEEN["shrinks"] += any(shrank)
    return wrong


@pytest.mark.parametrize("seed", range(4))
def test_random_journals_agree(seed: int) -> None:
    for number, events in enumerate(bulk(12, f"scaling {seed}")):
        assert differences(events) == [], f"{seed}:{number}"


def test_the_random_journals_reach_every_case() -> None:
    SEEN.clear()
    for events in bulk(100, "scaling cases"):
        assert differences(events) == []
    assert {name for name, times in SEEN.items() if times} == {
        "scale-in spot", "scale-in linear", "scale-in inverse", "scale-in unknown", "scale-out",
        "gap", "shrinks",
    }  # fmt: skip
