"""Interactive Brokers: the rows of a Flex query, whether they came as XML or as CSV.

They are known by the attribute names of the XML; trade confirmations call a few of them otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.money import clip
from journal.importers.words import side_of


class Name(StrEnum):
    """The attributes that are read; `_OTHER_NAMES` are what trade confirmations call them."""

    ACCOUNT = "accountId"
    CURRENCY = "currency"
    CATEGORY = "assetCategory"
    SYMBOL = "symbol"
    ISIN = "isin"
    UNDERLYING = "underlyingSymbol"
    MULTIPLIER = "multiplier"
    STRIKE = "strike"
    PUT_CALL = "putCall"
    TRADE_ID = "tradeID"
    EXECUTION = "ibExecID"
    ORDER = "ibOrderID"
    TRANSACTION = "transactionID"
    KIND = "transactionType"
    TIME = "dateTime"
    DATE = "tradeDate"
    CLOCK = "tradeTime"
    SIDE = "buySell"
    QUANTITY = "quantity"
    PRICE = "tradePrice"
    MONEY = "tradeMoney"
    PROCEEDS = "proceeds"
    TAXES = "taxes"
    COMMISSION = "ibCommission"
    COMMISSION_CURRENCY = "ibCommissionCurrency"
    NET_CASH = "netCash"
    OPEN_CLOSE = "openCloseIndicator"
    NOTES = "notes"
    LEVEL = "levelOfDetail"
    CANCELLED_TRADE = "origTradeID"
    CANCELLED_TRANSACTION = "origTransactionID"


_OTHER_NAMES = {
    Name.EXECUTION: "execID",
    Name.ORDER: "orderID",
    Name.PRICE: "price",
    Name.MONEY: "amount",
    Name.TAXES: "tax",
    Name.COMMISSION: "commission",
    Name.COMMISSION_CURRENCY: "commissionCurrency",
    Name.NOTES: "code",
    Name.CATEGORY: "assetClass",
}
_NOTHING = ("", "-", "--", "N/A")
_EXECUTIONS = ("", "Trade", "TradeConfirm")
_ELEMENTS = {
    "Order": "order",
    "Lot": "closed lot",
    "SymbolSummary": "symbol summary",
    "AssetSummary": "asset summary",
    "WashSale": "wash sale",
}
_LEVELS = {
    "": None,
    "EXECUTION": None,
    "ORDER": "order",
    "CLOSED_LOT": "closed lot",
    "SYMBOL_SUMMARY": "symbol summary",
    "ASSET_SUMMARY": "asset summary",
    "WASH_SALE": "wash sale",
}
_CANCELLED = " (Ca.)"
_CANCELLATIONS = ("TradeCancel", "FracShareCancel")


@dataclass(frozen=True, slots=True)
class Execution:
    """One row of a Flex query; `number` is its line, `raw` its own text, `element` its XML name."""

    number: int
    raw: str
    values: Mapping[str, str]
    element: str = ""

    def __getitem__(self, name: Name) -> str:
        """Return an attribute by either of its names; one that says nothing is empty."""
        value = self.values.get(name) or self.values.get(_OTHER_NAMES.get(name, ""), "")
        value = value.strip()
        return "" if value in _NOTHING else value

    @property
    def time(self) -> str:
        """Return date and time as they are printed."""
        if self[Name.TIME]:
            return self[Name.TIME]
        return ";".join(part for part in (self[Name.DATE], self[Name.CLOCK]) if part)

    @property
    def is_cancellation(self) -> bool:
        """Whether the row takes an earlier one back."""
        return (
            self[Name.SIDE].endswith(_CANCELLED)
            or self[Name.KIND] in _CANCELLATIONS
            or "Ca" in self.codes
        )

    @property
    def side(self) -> Side:
        """Return the side, of a cancellation that of the execution it takes back."""
        return side_of(self[Name.SIDE].removesuffix(_CANCELLED), Name.SIDE)

    @property
    def has_id(self) -> bool:
        """Whether the venue numbered it, as it does with executions only."""
        return bool(self[Name.EXECUTION] or self[Name.TRADE_ID])

    @property
    def sums_up(self) -> str | None:
        """Return what a row repeats executions as, or None for an execution itself."""
        if self.element in _ELEMENTS:
            return _ELEMENTS[self.element]
        if self.element not in _EXECUTIONS:
            raise InputError(f"{clip(self.element)} is no known element of a trades section")
        level = self[Name.LEVEL]
        if level not in _LEVELS:
            raise InputError(f"rows of the kind {clip(level)!r} are not known")
        return _LEVELS[level]

    @property
    def codes(self) -> list[str]:
        """Return the codes of the notes: `P` partial, `L` a margin liquidation, `Ca` cancelled."""
        return self[Name.NOTES].split(";")
