"""What a MetaTrader 5 report says of its deals elsewhere: balances, orders, positions, totals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.importers.cells import money
from journal.importers.mt5.report import Column, Position, Report
from journal.importers.table import TableRow

_CHANGES = (Column.COMMISSION, Column.FEE, Column.SWAP, Column.PROFIT)
# Each of the four numbers may be rounded to a cent.
_ROUNDING = Decimal("0.02")
_FAR = 3
_SIZES = tuple(Decimal(size) for size in (1, 5, 10, 20, 50, 100, 1000, 5000, 10000, 100000))
_TELLING_PROFIT = 1
_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Checks:
    """What single deals are checked by: the balance before each, orders' volumes, prices."""

    before: Mapping[int, Decimal]
    report: Report

    @classmethod
    def of(cls, report: Report) -> Checks:
        """Collect the balances before each deal, in the order the server gave the deals."""
        before = {}
        last: Decimal | None = None
        for line in sorted(report.deals, key=_order):
            if last is not None:
                before[line.number] = last
            last = _amount(line, Column.BALANCE)
        return cls(before, report)

    def check(self, line: TableRow) -> None:
        """Refuse a deal that the rest of the report contradicts."""
        self._check_balance(line)
        asked = self.report.asked.get(line[Column.ORDER])
        volume = money(line[Column.VOLUME], Column.VOLUME)
        if asked is not None and volume > asked:
            raise InputError(f"Volume {volume} is more than the {asked} that its order asked for")
        self._check_price(line)

    def _check_balance(self, line: TableRow) -> None:
        before, after = self.before.get(line.number), _amount(line, Column.BALANCE)
        changes = [_amount(line, column) for column in _CHANGES if column in line.cells]
        if before is None or after is None or None in changes:
            return
        change = sum((each for each in changes if each is not None), _ZERO)
        if abs(before + change - after) > _ROUNDING:
            raise InputError(
                f"Balance {after} is not {before} before it changed by {change}: a cell was "
                "changed, or a row is missing"
            )

    def _check_price(self, line: TableRow) -> None:
        price = money(line[Column.PRICE], Column.PRICE)
        prices = [
            each
            for position in self.report.positions.get(line[Column.SYMBOL], ())
            for each in position.prices
        ]
        if prices and not (min(prices) <= price * _FAR and price <= max(prices) * _FAR):
            raise InputError(
                f"Price {clip(line[Column.PRICE])} is far from those of the positions, "
                f"{min(prices)} to {max(prices)}"
            )


def _order(line: TableRow) -> tuple[str, int]:
    deal = line[Column.DEAL]
    return line[Column.TIME], int(deal) if deal.isdecimal() else 0


def _amount(line: TableRow, column: Column) -> Decimal | None:
    """Return a number that checks others, or None where there is none to read."""
    try:
        return money(line[column], column)
    except InputError:
        return None


def totals_notes(report: Report) -> Iterator[str]:
    """Yield a note where the deals do not add up to the row below them."""
    if report.totals is None:
        return
    for column in _CHANGES:
        total = _amount(report.totals, column) if column in report.totals.cells else None
        everything = _added(report.deals, column)
        traded = _added([line for line in report.deals if line[Column.SYMBOL]], column)
        if total not in (None, everything, traded):
            yield (
                f"{column} of the deals adds up to {traded}, but the row below them says {total}: "
                "rows are missing or were changed"
            )


def _added(lines: Sequence[TableRow], column: Column) -> Decimal:
    return sum((_amount(line, column) or _ZERO for line in lines), _ZERO)


def size_notes(report: Report) -> Iterator[str]:
    """Yield what the printed profits say of the contracts' sizes.

    It is no more than a hint: where profits are converted into the account's currency, no size
    fits, or a wrong one by accident.
    """
    for symbol, positions in report.positions.items():
        fitting = [size for size in _SIZES if _fits(size, positions)]
        if len(fitting) == 1:
            yield f"the profits printed for {symbol} fit a lot of {fitting[0]}"


def _fits(size: Decimal, positions: Sequence[Position]) -> bool:
    telling = any(abs(position.profit) >= _TELLING_PROFIT for position in positions)
    return telling and all(
        abs(position.moved * size - position.profit) <= _CENT for position in positions
    )
