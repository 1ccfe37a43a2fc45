"""What thinkorswim charged for its executions: the cash sections of the account statement.

They name an execution by time, side, quantity, symbol and price only, so a charge is taken where
exactly as many executions are named as were filled. Charges are negative; a blank one is nothing
where the running balance proves it. `AMOUNT` is without them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from itertools import chain

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.importers.cells import money
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat


class Column(StrEnum):
    """The columns of "Futures Statements"; "Cash Balance" has them in capitals, but one."""

    TRADE_DATE = "Trade Date"
    DATE = "Exec Date"
    TIME = "Exec Time"
    TYPE = "Type"
    REFERENCE = "Ref #"
    DESCRIPTION = "Description"
    MISC = "Misc Fees"
    COMMISSION = "Commissions & Fees"
    AMOUNT = "Amount"
    BALANCE = "Balance"


_LAYOUT = Layout(
    Column,
    optional=frozenset({"Trade Date"}),
    ends_lines=False,
    aliases=(
        ("DATE", "Exec Date"),
        ("TIME", "Exec Time"),
        ("TYPE", "Type"),
        ("REF #", "Ref #"),
        ("DESCRIPTION", "Description"),
        ("MISC FEES", "Misc Fees"),
        ("COMMISSIONS & FEES", "Commissions & Fees"),
        ("AMOUNT", "Amount"),
        ("BALANCE", "Balance"),
    ),
)
_TIME = TimeFormat("M/D/YY hh:mm:ss")
_EXECUTION = re.compile(
    r"(?:\S+ )?(?P<side>BOT|SOLD) [+-](?P<quantity>[\d,.]+) (?P<symbol>\S+) @(?P<price>[\d,.]+)"
    r"(?: .*)?",
    re.ASCII,
)
_SIDES = {"BOT": Side.BUY, "SOLD": Side.SELL}
_NOTHING = ("", "--")
_LATE = timedelta(seconds=1)
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Execution:
    """All that a cash section says of an execution; the clock is the statement's."""

    clock: datetime
    side: Side
    quantity: Decimal
    symbol: str
    price: Decimal

    def later(self) -> Execution:
        """Return the same a second later: when the cash sometimes comes."""
        return Execution(self.clock + _LATE, self.side, self.quantity, self.symbol, self.price)


@dataclass(frozen=True, slots=True)
class Charge:
    """What an execution cost, and the number of its order."""

    fee: Decimal
    reference: str | None


@dataclass(frozen=True, slots=True)
class Charges:
    """The charges of a statement; None stands for one that nothing proves."""

    known: Mapping[Execution, Sequence[Charge | None]]

    def of(self, executions: Sequence[Execution]) -> list[Charge | None]:
        """Return the charge of each execution, None where that is not sure."""
        counts = Counter(executions)
        found = {each: iter(self._all(each, count)) for each, count in counts.items()}
        return [next(found[each]) for each in executions]

    def _all(self, execution: Execution, count: int) -> Sequence[Charge | None]:
        for named in (execution, execution.later()):
            if len(charged := self.known.get(named, ())) == count:
                return charged
        return [None] * count


def charges(*tables: SourceFile | None) -> Charges:
    """Return what these sections say was charged."""
    known: defaultdict[Execution, list[Charge | None]] = defaultdict(list)
    for execution, charge in chain.from_iterable(_charged(each) for each in tables if each):
        known[execution].append(charge)
    return Charges(known)


def _charged(table: SourceFile) -> Iterator[tuple[Execution, Charge | None]]:
    before: Decimal | None = None
    for line in read_table(table, _LAYOUT):
        balance = _amount(line[Column.BALANCE])
        try:
            execution = _execution(line)
        except InputError as error:
            raise error.located(f"{table.name} line {line.number}") from error
        if execution:
            yield execution, _charge(line, before, balance)
        before = balance


def _execution(line: TableRow) -> Execution | None:
    match = _EXECUTION.fullmatch(line[Column.DESCRIPTION])
    if line[Column.TYPE] != "TRD" or match is None:
        return None
    quantity, price = _amount(match["quantity"]), _amount(match["price"])
    if quantity is None or price is None:
        return None
    clock = _TIME.read(f"{line[Column.DATE]} {line[Column.TIME]}", what="the time of the cash").at
    return Execution(clock, _SIDES[match["side"]], quantity, match["symbol"], price)


def _charge(line: TableRow, before: Decimal | None, after: Decimal | None) -> Charge | None:
    printed = [
        cell for cell in (line[Column.MISC], line[Column.COMMISSION]) if cell not in _NOTHING
    ]
    charged = [_amount(cell) for cell in printed]
    amount = _ZERO if line[Column.AMOUNT] in _NOTHING else _amount(line[Column.AMOUNT])
    if None in charged:
        return None
    total = _sum(charged)
    if before is not None and after is not None and amount is not None:
        if after != before + amount + total:
            return None
    elif not printed:
        return None
    reference = line[Column.REFERENCE].lstrip("=").strip('"')
    return Charge(-total, reference or None)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), _ZERO)


def _amount(cell: str) -> Decimal | None:
    """Return an amount, or None for what is blank or masked."""
    try:
        return money(cell, "amount")
    except InputError:
        return None
