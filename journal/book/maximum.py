"""The most a plan allows to be held: in units, in money, or the ladder's total."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Bools, Floats
from journal.book.evidence import short_number
from journal.book.risk import quote_value
from journal.book.tables import Book
from journal.book.verdicts import Column


@dataclass(slots=True)
class Maximum:
    """Per fill part, by the version in force: NaN where not limited in that unit.

    `is_ladder` marks versions that state none: the limit is then the ladder's total, exceeded
    only when both its units and its money are.
    """

    units: Floats
    money: Floats
    is_ladder: Bools

    def texts(self, asked: Bools) -> Column:
        """Return the limit of the asked parts for a person."""
        result: Column = np.full(len(asked), "", object)
        rows = np.flatnonzero(asked)
        result[rows] = [*map(_text, self.units[rows], self.money[rows], self.is_ladder[rows])]
        return result


def maximum_in_force(book: Book) -> Maximum:
    """Return the maximum each part is judged by."""
    versions, version = book.versions, book.fills.version
    is_ladder = np.isnan(versions.maximum_units) & np.isnan(versions.maximum_money)
    units = np.where(is_ladder, versions.planned_quantity, versions.maximum_units)
    money = np.where(is_ladder, versions.planned_money, versions.maximum_money)
    return Maximum(
        units=np.append(units, np.nan)[version],
        money=np.append(money, np.nan)[version],
        is_ladder=np.append(is_ladder, False)[version],
    )


def _text(units: float, money: float, is_ladder: bool) -> str:  # noqa: FBT001 - a column's cell
    if is_ladder:
        return f"{short_number(units)} or {short_number(money)} in money (the ladder)"
    return short_number(money) + " in money" if np.isnan(units) else short_number(units)


def cost_held(book: Book) -> Floats:
    """Return what the position after each part cost, in quote money, fees apart."""
    fills = book.fills
    size = np.abs(fills.position_after) * fills.multiplier
    inverse = book.instruments.is_inverse[fills.instrument]
    return quote_value(size, fills.average_entry_after, inverse)
