"""Fills to positions: average entry, realised P&L, and where trades begin and end."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

from journal.domain.instrument import Instrument, Kind
from journal.domain.plan import Direction
from reference.exact import average, profit
from reference.model import Execution, Part, Trade
from reference.timeline import Carried, Timeline


def fee_in_settlement(timeline: Timeline, execution: Execution) -> Fraction | None:
    """Return the fee in the settlement currency, or None where it is not known."""
    fee, instrument = execution.fill.fee, execution.instrument
    if fee is None:
        return None
    amount, money = Fraction(fee.amount), instrument.settlement
    if amount == 0 or fee.currency == money:
        return amount
    if fee.currency == instrument.base:
        return amount * Fraction(execution.fill.price)
    if fee.currency == instrument.quote:
        return amount / Fraction(execution.fill.price)
    rate = timeline.rate(fee.currency, money, execution.at, execution.at + execution.slack)
    return None if rate is None else amount * rate


class Holding:
    """The position of one account, instrument and position side, stepped fill by fill."""

    def __init__(
        self, account: str, instrument: Instrument, side: Direction | None, timeline: Timeline
    ) -> None:
        self.account = account
        self.instrument = instrument
        # Spot and each side of hedge mode know one direction only.
        self.only = Direction.LONG if instrument.kind is Kind.SPOT else side
        self.timeline = timeline
        self.trades: list[Trade] = []
        self.open: Trade | None = None
        self.oversold: Trade | None = None
        self.position = Fraction(0)
        self.average: Fraction | None = None
        self.fees: Fraction | None = Fraction(0)

    def carry(self, carried: Carried) -> None:
        """Take over a position from before the journal."""
        opening = carried.opening
        quantity = Fraction(opening.quantity)
        price = None if opening.price is None else Fraction(opening.price)
        direction = Direction.LONG if quantity > 0 else Direction.SHORT
        self.open = self._begin(direction, carried.at)
        self.open.carried, self.open.carried_price = abs(quantity), price
        self.open.opening_unknown = price is None
        self.position, self.average, self.fees = quantity, price, Fraction(0)
        self.oversold = None

    def step(self, execution: Execution) -> None:
        """Apply one fill: it opens, adds, reduces, closes, or goes through zero."""
        fill = execution.fill
        quantity = Fraction(fill.quantity)
        fee = fee_in_settlement(self.timeline, execution)
        kept_back = Fraction(0)
        if (
            self.instrument.kind is Kind.SPOT
            and fill.fee
            and (fill.fee.currency == self.instrument.base)
        ):
            kept_back = Fraction(fill.fee.amount)
        closes_only = self._closes_only(execution)
        if (
            self.position * fill.side.sign >= 0
            and not self._only_sells(fill.side.sign)
            and not closes_only
        ):
            self._enter(execution, 1, quantity, quantity - kept_back, fee)
            return
        leaving = quantity + kept_back
        after = abs(self.position) - leaving
        if self.position != 0 and (after > 0 or self._is_flat(after)):
            self._leave(execution, quantity, leaving, fee)
        elif self.only:
            self._oversell(execution, self.only, leaving, fee)
        elif closes_only:
            closed = Direction.SHORT if fill.side.sign > 0 else Direction.LONG
            self._oversell(execution, closed, leaving, fee)
        else:
            self._flip(execution, quantity, fee)

    def _only_sells(self, sign: int) -> bool:
        """Whether a fill can only reduce: what it would open does not exist here."""
        return self.only is not None and sign != self.only.sign

    def _closes_only(self, execution: Execution) -> bool:
        """Whether the venue's word that a fill closes holds: not against what is held."""
        netted = self.only is None and execution.fill.closes
        return netted and self.position * execution.fill.side.sign <= 0

    def _is_flat(self, position: Fraction) -> bool:
        lot = self.instrument.lot
        return position == 0 or (lot is not None and abs(position) < Fraction(lot))

    def _begin(self, direction: Direction, at: datetime) -> Trade:
        trade = Trade(self.account, self.instrument, direction, at)
        self.trades.append(trade)
        return trade

    def _enter(
        self,
        execution: Execution,
        half: int,
        quantity: Fraction,
        held: Fraction,
        fee: Fraction | None,
    ) -> None:
        sign, price = execution.fill.side.sign, Fraction(execution.fill.price)
        if self.open is None:
            direction = Direction.LONG if sign > 0 else Direction.SHORT
            self.open = self._begin(direction, execution.at)
        self.oversold = None
        part = self._part(execution, half, quantity, held, fee)
        part.is_entry = True
        if self.position == 0:
            self.average = price
        elif self.average is not None:
            lots = [(abs(self.position), self.average), (held, price)]
            self.average = average(self.instrument, lots)
        self.position += sign * held
        self.fees = None if self.fees is None or fee is None else self.fees + fee
        self._book(part)

    def _leave(
        self, execution: Execution, quantity: Fraction, leaving: Fraction, fee: Fraction | None
    ) -> None:
        part = self._part(execution, 1, quantity, leaving, fee)
        sign, before = part.trade.sign, abs(self.position)
        is_last = self._is_flat(before - leaving)
        # Dust beyond zero was never held, so nothing is made or lost on it.
        held = min(leaving, before)
        share = Fraction(1) if is_last else held / before
        if self.average is not None:
            gross = profit(self.instrument, sign, held, self.average, part.price)
            part.realised_gross = gross
            if fee is not None and self.fees is not None:
                part.realised_net = gross - fee - self.fees * share
        self.fees = None if self.fees is None else self.fees * (1 - share)
        self.position -= sign * leaving
        self._book(part)

    def _flip(self, execution: Execution, quantity: Fraction, fee: Fraction | None) -> None:
        closing = abs(self.position)
        share = closing / quantity
        self._leave(execution, closing, closing, None if fee is None else fee * share)
        rest = quantity - closing
        self._enter(execution, 2, rest, rest, None if fee is None else fee * (1 - share))

    def _oversell(
        self, execution: Execution, direction: Direction, leaving: Fraction, fee: Fraction | None
    ) -> None:
        """Sell more than is held: part of the position was there before the history began."""
        if self.open is None:
            # Consecutive sales of nothing are one trade, and so are consecutive buys to close.
            if self.oversold is None or self.oversold.direction is not direction:
                self.oversold = self._begin(direction, execution.at)
            self.open = self.oversold
        part = self._part(execution, 1, Fraction(execution.fill.quantity), leaving, fee)
        part.trade.opening_unknown = True
        self.position = Fraction(0)
        self._book(part)

    def _part(
        self,
        execution: Execution,
        half: int,
        quantity: Fraction,
        held: Fraction,
        fee: Fraction | None,
    ) -> Part:
        assert self.open is not None
        before = (self.position, self.average if self.position else None)
        return Part(execution, half, self.open, False, quantity, held, fee, *before)  # noqa: FBT003 - an exit until said otherwise

    def _book(self, part: Part) -> None:
        """Note where a part left the position; flat closes the trade and forgets its average."""
        trade = part.trade
        trade.parts.append(part)
        if not self._is_flat(self.position):
            part.position_after, part.average_after = self.position, self.average
            return
        trade.dust, trade.closed = self.position, part.at
        self.open, self.position = None, Fraction(0)
        self.average, self.fees = None, Fraction(0)


def cut(timeline: Timeline) -> list[Trade]:
    """Return all trades in the order they were opened."""
    holdings: dict[tuple[str, str, Direction | None], Holding] = {}
    items: list[tuple[datetime, int, Carried | Execution]] = [
        (carried.at, -1, carried) for carried in timeline.openings
    ]
    items += [(execution.at, execution.order, execution) for execution in timeline.executions]
    for _, _, item in sorted(items, key=lambda row: row[:2]):
        side = item.opening.direction if isinstance(item, Carried) else item.fill.position_side
        key = (item.account, item.instrument.symbol, side)
        if key not in holdings:
            holdings[key] = Holding(item.account, item.instrument, side, timeline)
        if isinstance(item, Carried):
            holdings[key].carry(item)
        else:
            holdings[key].step(item)
    trades = [trade for holding in holdings.values() for trade in holding.trades]
    for trade in trades:
        if trade.opening_unknown:
            forget(trade)
        group(trade)
    return sorted(trades, key=opening_order)


def opening_order(trade: Trade) -> tuple[datetime, tuple[int, int]]:
    """Return what trades are ordered by: the opening time, then the first fill."""
    first = trade.parts[0] if trade.parts else None
    return trade.opened, (first.execution.order, first.part) if first else (-1, 0)


def forget(trade: Trade) -> None:
    """Leave no figure that rests on an average nobody knows."""
    for part in trade.parts:
        part.average_before = part.average_after = None
        part.realised_gross = part.realised_net = None


def group(trade: Trade) -> None:
    """Give order groups their numbers: consecutive fills of one order, or else of one timestamp."""
    number, previous = 0, None
    for part in trade.parts:
        fill = part.execution.fill
        name = (fill.side, fill.order_id, None if fill.order_id else part.at)
        number += name != previous
        part.group, previous = number, name
