"""Which checks a Trading History bears.

What other cells say of a contract's row is known of some years of the export only. A check that
fits none of the rows of a file is taken to mean something else there, and is not made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.domain.fill import Fill
from journal.domain.instrument import InstrumentTerms
from journal.importers.okx.actions import funding_sign, meaning_of
from journal.importers.okx.checks import check_fee, check_ledger, check_places, check_worth, told
from journal.importers.okx.columns import Column
from journal.importers.okx.contracts import Shape, product_of
from journal.importers.table import TableRow

# Fewer rows than this prove nothing against a check.
_ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Trust:
    """The checks to make: of balances, with and without a margin of the position's own."""

    account: bool
    margin: bool
    worth: bool

    @classmethod
    def of(cls, lines: Sequence[TableRow]) -> Trust:
        """Try the checks on all rows of contracts."""
        rows = [line for line in lines if _is_of_contract(line)]
        margin = [line for line in rows if _has_margin(line)]
        account = [line for line in rows if not _has_margin(line)]
        return cls(
            _bears(account, check_ledger), _bears(margin, check_ledger), _bears(rows, _worth)
        )

    @property
    def notes(self) -> tuple[str, ...]:
        """Return a sentence for each check that is not made."""
        return tuple(
            f"{what} of no row fit its other cells, so they do not check them"
            for what, made in (
                ("the balances", self.account),
                ("the balances and margins", self.margin),
                ("the worths", self.worth),
            )
            if not made
        )

    def check_ledger(self, line: TableRow) -> None:
        """Check a row's balances, if such rows bear it."""
        if self.margin if _has_margin(line) else self.account:
            check_ledger(line)

    def check_contract(self, line: TableRow, fill: Fill, terms: InstrumentTerms) -> None:
        """Check the numbers of a contract's fill, as far as others speak of them.

        What a liquidation leaves to the insurance fund stands in no cell, so its balances tell
        nothing.
        """
        if not fill.is_liquidation:
            self.check_ledger(line)
        if self.worth:
            _worth(line)
        if terms.multiplier is None:
            check_places(line)
        else:
            check_fee(fill, terms, terms.multiplier)


def _bears(rows: Sequence[TableRow], check: Callable[[TableRow], None]) -> bool:
    return len(rows) < _ENOUGH or any(_holds(check, line) for line in rows)


def _holds(check: Callable[[TableRow], None], line: TableRow) -> bool:
    try:
        check(line)
    except InputError:
        return False
    return True


def _worth(line: TableRow) -> None:
    check_worth(line, product_of(line[Column.SYMBOL]))


def _has_margin(line: TableRow) -> bool:
    try:
        return told(line, Column.POSITION_CHANGE) != 0
    except InputError:
        return False


def _is_of_contract(line: TableRow) -> bool:
    """Whether a row is a fill or funding whose balances speak."""
    meaning = meaning_of(line[Column.ACTION])
    if funding_sign(line[Column.ACTION]) is None and (meaning is None or meaning.is_liquidation):
        return False
    try:
        return product_of(line[Column.SYMBOL]).shape is Shape.CONTRACT
    except InputError:
        return False
