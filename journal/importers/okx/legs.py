"""The two rows that OKX prints of a spot fill, one for each coin, put together again.

They share the order and the price, and their ids are near each other; rows of one order stand
anywhere in the file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.importers.cells import check_amount
from journal.importers.table import TableRow


@dataclass(frozen=True, slots=True)
class Leg:
    """One row of a fill; `key` is what both have alike, `number` its id where that is one."""

    line: TableRow
    key: tuple[str, ...]
    number: int
    is_base: bool
    side: Side
    amount: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class Legs:
    """Both rows of a fill; it stands where the row of the base coin does."""

    base: TableRow
    quote: TableRow

    @property
    def number(self) -> int:
        """Return the line of the base coin."""
        return self.base.number

    @property
    def raw(self) -> str:
        """Return the text of both rows."""
        return f"{self.base.raw}\n{self.quote.raw}"


def joined(
    lines: Sequence[TableRow], leg_of: Callable[[TableRow], Leg | None]
) -> list[TableRow | Legs]:
    """Return the lines with the legs of each fill in one; legs without another stay alone.

    `leg_of` tells a leg; a line that is none, or cannot be read, is left as it is.
    """
    groups: defaultdict[tuple[str, ...], list[Leg]] = defaultdict(list)
    for line in lines:
        leg = _readable(line, leg_of)
        if leg is not None:
            groups[leg.key].append(leg)
    partner: dict[int, TableRow] = {}
    taken: set[int] = set()
    for legs in groups.values():
        for base, quote in _pairs(legs):
            partner[base.line.number] = quote.line
            taken.add(quote.line.number)
    return [
        Legs(line, partner[line.number]) if line.number in partner else line
        for line in lines
        if line.number not in taken
    ]


def _readable(line: TableRow, leg_of: Callable[[TableRow], Leg | None]) -> Leg | None:
    try:
        return leg_of(line)
    except InputError:
        return None


def _pairs(legs: Sequence[Leg]) -> list[tuple[Leg, Leg]]:
    """Give each row of the base coin the nearest one that fits it."""
    legs = sorted(legs, key=_number)
    free = [leg for leg in legs if not leg.is_base]
    found = []
    for base in (leg for leg in legs if leg.is_base):
        quote = next((leg for leg in _nearest(base, free) if _fit(base, leg)), None)
        if quote is not None:
            free.remove(quote)
            found.append((base, quote))
    return found


def _number(leg: Leg) -> int:
    return leg.number


def _nearest(base: Leg, free: Sequence[Leg]) -> Iterator[Leg]:
    """Yield legs sorted by number, those nearest to the base's first."""
    above = bisect_left(free, base.number, key=_number)
    below = above - 1
    while below >= 0 or above < len(free):
        if above == len(free) or (
            below >= 0 and base.number - free[below].number <= free[above].number - base.number
        ):
            yield free[below]
            below -= 1
        else:
            yield free[above]
            above += 1


def _fit(base: Leg, quote: Leg) -> bool:
    if base.side is quote.side or base.price != quote.price:
        return False
    try:
        check_amount(base.amount, base.price, quote.amount)
    except InputError:
        return False
    return True
