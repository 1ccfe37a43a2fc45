"""Binance: what all of its files write alike: sides, times, pairs, fees with their coin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal.domain.errors import InputError
from journal.domain.fill import Fee, Side
from journal.domain.moment import Moment
from journal.domain.plan import Direction
from journal.importers.cells import glued, grouped, number
from journal.importers.pairs import split_pair
from journal.importers.source import SourceFile
from journal.importers.table import TableRow
from journal.importers.times import TimeFormat
from journal.importers.words import one_of
from journal.importers.zones import UTC_ZONE, Zone

_LONG_YEAR = TimeFormat("YYYY-MM-DD hh:mm:ss")
_SHORT_YEAR = TimeFormat("YY-MM-DD hh:mm:ss")
_POSITIONS = {"LONG": Direction.LONG, "SHORT": Direction.SHORT, "BOTH": None}
_AMOUNT = re.compile(r"[+-]?[\d,]*\.?\d+(?:[eE]-\d{1,2})?", re.ASCII)


def position_side(cell: str) -> Direction | None:
    """Return the side of the position in hedge mode; BOTH is one-way mode."""
    return one_of(_POSITIONS, cell, "position side")


def at(cell: str, zone: Zone = UTC_ZONE) -> Moment:
    """Return a time: the year comes first, in four digits or since 2024 sometimes in two."""
    printed = _SHORT_YEAR if _SHORT_YEAR.fits(cell) else _LONG_YEAR
    return printed.read(cell, zone)


def pair(text: str, way: Side, fee_coin: str) -> tuple[str, str]:
    """Return base and quote of a spot pair, written without a mark.

    The fee is in the coin received, or in BNB: where it fits the pair, it decides.
    """
    received = text.startswith(fee_coin) if way is Side.BUY else text.endswith(fee_coin)
    return split_pair(text, (fee_coin,) if fee_coin and received else ())


def fee(amount: str, coin: str) -> Fee | None:
    """Return a fee whose coin stands beside it; where neither does, it is not known."""
    if not amount and not coin:
        return None
    if not coin:
        raise InputError("the fee is in no coin")
    return Fee(number(amount, "fee"), coin)


def glued_fee(cell: str, coins: tuple[str, ...]) -> Fee | None:
    """Return a fee with its coin behind it; `coins` of the pair end it first, 1INCH for one."""
    if not cell:
        return None
    for coin in sorted(coins, key=len, reverse=True):
        head = cell.removesuffix(coin).rstrip(" ")
        if cell.endswith(coin) and _AMOUNT.fullmatch(head):
            return Fee(grouped(head, "fee"), coin)
    return Fee(*glued(cell, "fee"))


def tells_utc(file: SourceFile, rows: Sequence[TableRow], utc: str, local: str) -> bool:
    """Whether the time stands under the title that says UTC; either must be there, not both."""
    titles = set(rows[0].cells) & {utc, local} if rows else {utc}
    if len(titles) != 1:
        raise InputError(
            f"the columns are not the ones this export has: {len(titles)} titles of the time "
            f"instead of one, {utc!r} or {local!r}",
            where=file.name,
            hint="import the file exactly as it was exported",
        )
    return utc in titles
