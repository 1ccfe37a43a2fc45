"""Interactive Brokers: what an execution of a Flex query says.

The commission is negative where it costs, and may be in another currency than the trade; taxes
are added to it. Quantity times price times multiplier is the trade's money, and the net cash is
that and the commission, which shows changed cells.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import EXACT, clip
from journal.importers.cells import check_amount, grouped, identifier, positive
from journal.importers.ibkr.assets import (
    CATEGORIES,
    IGNORED_CATEGORIES,
    Asset,
    Instruments,
    Traded,
    guessed_category,
    traded,
)
from journal.importers.ibkr.rows import Execution, Name
from journal.importers.ibkr.times import FlexClock
from journal.importers.reading import Ignored

_CENT = Decimal("0.01")
_ZERO = Decimal(0)


@dataclass(slots=True)
class Executions:
    """Reads the executions of one file, and keeps what was traded in them.

    A row may lack its currency only in a report that has none (`has_currencies`).
    """

    source: str
    clock: FlexClock
    has_currencies: bool = True
    instruments: Instruments = field(default_factory=Instruments)

    def said(self, row: Execution) -> Event | Ignored:
        """Return the fill of an execution, or what it is instead."""
        side, category = row.side, _category(row)
        if category in IGNORED_CATEGORIES:
            return Ignored(IGNORED_CATEGORIES[category])
        asset = CATEGORIES.get(category)
        if asset is None:
            raise InputError(f"assetCategory {clip(category)!r} is not known")
        if self.has_currencies and not row[Name.CURRENCY]:
            raise InputError("the query lacks the currency, so what was paid is not known")
        found = traded(_symbol(row), asset, row[Name.CURRENCY] or None, _multiplier(row))
        event = Event(self.clock.read(row.time, Name.TIME), self._fill(row, side, found))
        self.instruments.add(found, row[Name.UNDERLYING])
        return event

    def _fill(self, row: Execution, side: Side, found: Traded) -> Fill:
        price = grouped(row[Name.PRICE], Name.PRICE)
        if price <= 0 and found.asset is not Asset.FUTURE:
            raise InputError(f"tradePrice {price} is not above zero")
        fill = Fill(
            found.symbol,
            side,
            _quantity(row, side),
            price,
            _fee(row),
            venue_id=_id(row, Name.EXECUTION) or _id(row, Name.TRADE_ID),
            order_id=_id(row, Name.ORDER),
            is_liquidation="L" in row.codes,
            closes=_closes(row),
            source=self.source,
        )
        _check_money(row, fill, found)
        _check_net_cash(row)
        return fill


def _category(row: Execution) -> str:
    """Return the asset category, where the query lacks it what the row shows."""
    if row[Name.CATEGORY]:
        return row[Name.CATEGORY]
    if row[Name.PUT_CALL]:
        return "OPT"
    if not row[Name.SYMBOL]:
        # Where the query has ISINs, shares have one; currencies have neither.
        return "STK" if row[Name.ISIN] or Name.ISIN not in row.values else "CASH"
    return guessed_category(row[Name.SYMBOL])


def _symbol(row: Execution) -> str:
    symbol = row[Name.SYMBOL] or row[Name.ISIN]
    if not symbol:
        raise InputError("neither symbol nor ISIN says what was traded")
    return symbol


def _multiplier(row: Execution) -> Decimal | None:
    text = row[Name.MULTIPLIER]
    return positive(grouped(text, Name.MULTIPLIER), Name.MULTIPLIER) if text else None


def _quantity(row: Execution, side: Side) -> Decimal:
    """Return the quantity; where it has a sign, that agrees with the side."""
    quantity = grouped(row[Name.QUANTITY], Name.QUANTITY)
    if quantity < 0 and side is Side.BUY:
        raise InputError(f"quantity {quantity} of a BUY is below zero")
    return positive(abs(quantity), Name.QUANTITY)


def _id(row: Execution, name: Name) -> str | None:
    return identifier(row[name], name) if row[name] else None


def _amount(row: Execution, name: Name) -> Decimal | None:
    return grouped(row[name], name) if row[name] else None


def _fee(row: Execution) -> Fee | None:
    """Return commission and taxes as a cost; unknown if the query has no commission."""
    commission = _amount(row, Name.COMMISSION)
    if commission is None:
        return None
    currency = row[Name.COMMISSION_CURRENCY] or row[Name.CURRENCY]
    taxes = _amount(row, Name.TAXES) or _ZERO
    if taxes and currency != row[Name.CURRENCY]:
        raise InputError(
            f"taxes in {row[Name.CURRENCY]} beside a commission in {currency}: a fill has one fee"
        )
    return Fee(_ZERO - EXACT.add(commission, taxes), currency)


def _check_money(row: Execution, fill: Fill, found: Traded) -> None:
    """Compare the product with the money, which of futures may be printed as zero."""
    if found.units is None:
        return
    units = EXACT.multiply(fill.quantity, found.units)
    for name, sign in ((Name.MONEY, 1), (Name.PROCEEDS, -1)):
        money = _amount(row, name)
        if money is None or (money == 0 and found.asset is Asset.FUTURE):
            continue
        check_amount(units, fill.price, money, name)
        # Some queries print the money without a sign; proceeds always have theirs.
        is_wrong = money * fill.price * sign * fill.side.sign < 0
        if is_wrong and (name is Name.PROCEEDS or money < 0):
            raise InputError(f"{name} {money} is not what a {fill.side} brings")


def _check_net_cash(row: Execution) -> None:
    """Compare the net cash with proceeds and fee; that of contracts may be the fee alone."""
    net, fee = _amount(row, Name.NET_CASH), _fee(row)
    if net is None or fee is None or fee.currency != row[Name.CURRENCY]:
        return
    proceeds = _amount(row, Name.PROCEEDS)
    if proceeds is None:
        return
    paid, is_share = fee.amount, row[Name.CATEGORY] in ("", "STK", "FUND")
    if abs(net - proceeds + paid) > _CENT and (is_share or abs(net + paid) > _CENT):
        raise InputError(
            f"netCash {net} is not proceeds {proceeds} less the fee {paid}: a value was changed"
        )


def _closes(row: Execution) -> bool:
    """Whether the venue says that the execution reduces a position and opens none."""
    return row[Name.OPEN_CLOSE] == "C"
