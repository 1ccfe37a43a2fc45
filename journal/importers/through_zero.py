"""Fills through zero: where a file does not hold what they closed, the user has to be told.

Such a fill closes a position and opens the other side. Without the position it looks like one
that only opens, and of its quantity nobody can say which part did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from decimal import Decimal

from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.importers.reading import Held, Row, nothing_held


def from_unseen(
    rows: Sequence[Row], through_zero: Collection[int], held: Held = nothing_held
) -> tuple[str, ...]:
    """Return a sentence for each position that such fills closed and the rows, oldest first, lack.

    `through_zero` are the lines of fills of which the venue says that they did both; `held` tells
    what the journal held before a contract's first row.
    """
    first: dict[str, int] = {}
    for symbol, number in _unseen(rows, through_zero, held):
        first.setdefault(symbol, number)
    return tuple(
        f"{symbol} was held before this file begins, and line {number} went through zero: import "
        "what came before, or record it with `journal opening`"
        for symbol, number in first.items()
    )


def _unseen(
    rows: Sequence[Row], through_zero: Collection[int], held: Held
) -> Iterator[tuple[str, int]]:
    if not through_zero:
        return
    holds: dict[tuple[str | None, str], Decimal] = {}
    for row in rows:
        fill = row.event.body
        if not isinstance(fill, Fill) or fill.position_side is not None:
            continue
        lane = row.account, fill.symbol
        before = holds[lane] if lane in holds else held(row)
        change = fill.quantity * fill.side.sign
        after = EXACT.add(before, change)
        if row.number in through_zero and before * after >= 0:
            yield fill.symbol, row.number
        holds[lane] = after if not fill.closes or after * before > 0 else Decimal()
