"""Fills through zero: where a file does not hold what they closed, the user has to be told.

Such a fill closes a position and opens the other side. Without the position it looks like one
that only opens, and of its quantity nobody can say which part did.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from decimal import Decimal

from journal.domain.fill import Fill
from journal.domain.money import EXACT
from journal.importers.reading import Row


def from_unseen(rows: Sequence[Row], through_zero: Container[int]) -> tuple[str, ...]:
    """Return a sentence for each position that such fills closed and the rows, oldest first, lack.

    `through_zero` are the lines of fills of which the venue says that they did both.
    """
    first: dict[str, int] = {}
    for symbol, number in _unseen(rows, through_zero):
        first.setdefault(symbol, number)
    return tuple(
        f"{symbol} was held before this file begins, and line {number} went through zero: import "
        "what came before, or record it with `journal opening`"
        for symbol, number in first.items()
    )


def _unseen(rows: Sequence[Row], through_zero: Container[int]) -> Iterator[tuple[str, int]]:
    held: defaultdict[tuple[str | None, str], Decimal] = defaultdict(Decimal)
    for row in rows:
        fill = row.event.body
        if not isinstance(fill, Fill) or fill.position_side is not None:
            continue
        lane = row.account, fill.symbol
        before, change = held[lane], fill.quantity * fill.side.sign
        after = EXACT.add(before, change)
        if row.number in through_zero and before * after >= 0:
            yield fill.symbol, row.number
        held[lane] = after if not fill.closes or after * before > 0 else Decimal()
