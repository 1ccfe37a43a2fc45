"""One plan version's entry ladder, with the rates and formulas its sheet is worked out with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from journal.book.comparison import Floats
from journal.book.risk import average, value
from journal.book.tables import Book


@dataclass(frozen=True, slots=True)
class Ladder:
    """Tranches as listed; `taker` is NaN where the account states none."""

    sign: int
    inverse: bool
    multiplier: float
    price: Floats
    quantity: Floats
    taker: float
    minimum_fee: float

    @classmethod
    def of(cls, book: Book, version: int) -> Ladder:
        """Return the ladder of a row of the book's versions, by the policy at its lock."""
        versions, own = book.versions, slice(version, version + 1)
        account, at = versions.account[own], versions.effective_at[own]
        first, count = versions.first_tranche[version], versions.tranche_count[version]
        rungs = slice(first, first + count)
        return cls(
            sign=int(versions.direction[version]),
            inverse=bool(book.instruments.is_inverse[versions.instrument[version]]),
            multiplier=float(versions.multiplier[version]),
            price=book.tranches.price[rungs],
            quantity=book.tranches.quantity[rungs],
            taker=float(book.policies.value("taker", account, at)[0]),
            minimum_fee=float(book.policies.value("minimum_fee", account, at)[0]),
        )

    @property
    def money(self) -> Floats:
        """Return the quote money of each tranche."""
        size = self.quantity * self.multiplier
        return size if self.inverse else size * self.price

    @property
    def total(self) -> float:
        """Return the quantity of the whole ladder."""
        return float(self.quantity.sum())

    def averages(self) -> Floats:
        """Return the average entry price after the first 1, 2, ... n tranches."""
        with np.errstate(divide="ignore", invalid="ignore"):
            weight = self.quantity * (1 / self.price if self.inverse else self.price)
        inverse = np.array(self.inverse)
        return average(np.cumsum(self.quantity), np.cumsum(weight), inverse)

    def fees(self, quantity: Floats, price: Floats) -> Floats:
        """Return the taker fee of each quantity at its price, the minimum fee at least."""
        result: Floats = np.maximum(self._value(quantity, price) * self.taker, self.minimum_fee)
        return result

    def gains(self, quantity: Floats, entry: Floats, out: Floats) -> Floats:
        """Return what each quantity makes between two prices, before costs."""
        change = self._value(quantity, out) - self._value(quantity, entry)
        return self.sign * (-change if self.inverse else change)

    def _value(self, quantity: Floats, price: Floats) -> Floats:
        return value(quantity * self.multiplier, price, np.array(self.inverse))
