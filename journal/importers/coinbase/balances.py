"""Balances in a ledger: each row's continues another's, in whatever order the rows stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.money import EXACT

# Venues keep more digits than they print.
_STEP = Decimal("1e-10")


@dataclass(frozen=True, slots=True)
class Change:
    """One row: it changed a purse by `amount` to `balance`. `time` must sort as text."""

    number: int
    purse: Hashable
    time: str
    amount: Decimal
    balance: Decimal

    @property
    def before(self) -> Decimal:
        """Return what was there before."""
        return EXACT.subtract(self.balance, self.amount)


def breaks(changes: Iterable[Change]) -> frozenset[int]:
    """Return the lines whose balance continues no other row's.

    Of each purse one row may begin the file, at its earliest time and from no debt.
    """
    purses: dict[Hashable, list[Change]] = defaultdict(list)
    for change in changes:
        purses[change.purse].append(change)
    return frozenset(number for rows in purses.values() for number in _breaks(rows))


def _breaks(rows: list[Change]) -> list[int]:
    known = {near for row in rows for near in _near(row.balance)}
    first = min(row.time for row in rows)
    lost = [row for row in rows if _rounded(row.before) not in known]
    beginnings = [row for row in lost if row.time == first and row.before >= 0]
    return [row.number for row in lost if row not in beginnings[:1]]


def _rounded(value: Decimal) -> Decimal:
    return EXACT.multiply(EXACT.to_integral_value(EXACT.divide(value, _STEP)), _STEP)


def _near(value: Decimal) -> list[Decimal]:
    middle = _rounded(value)
    return [EXACT.subtract(middle, _STEP), middle, EXACT.add(middle, _STEP)]
