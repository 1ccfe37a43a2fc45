"""Interactive Brokers: the columns that the trades of a Flex query as CSV can have.

The query's author chooses among them, in any order. Those that are read carry the names that the
XML gives them; trade confirmations have titles of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from journal.importers.ibkr.rows import Name


class Column(StrEnum):
    """The titles, of activity first and of trade confirmations below."""

    ACCOUNT = "ClientAccountID"
    ACCOUNT_ALIAS = "AccountAlias"
    MODEL = "Model"
    CURRENCY = "CurrencyPrimary"
    RATE = "FXRateToBase"
    CATEGORY = "AssetClass"
    SUB_CATEGORY = "SubCategory"
    SYMBOL = "Symbol"
    DESCRIPTION = "Description"
    CONTRACT_ID = "Conid"
    SECURITY_ID = "SecurityID"
    SECURITY_ID_TYPE = "SecurityIDType"
    CUSIP = "CUSIP"
    ISIN = "ISIN"
    FIGI = "FIGI"
    LISTING_EXCHANGE = "ListingExchange"
    UNDERLYING_ID = "UnderlyingConid"
    UNDERLYING = "UnderlyingSymbol"
    UNDERLYING_SECURITY_ID = "UnderlyingSecurityID"
    UNDERLYING_EXCHANGE = "UnderlyingListingExchange"
    ISSUER = "Issuer"
    ISSUER_COUNTRY = "IssuerCountryCode"
    TRADE_ID = "TradeID"
    MULTIPLIER = "Multiplier"
    RELATED_TRADE = "RelatedTradeID"
    STRIKE = "Strike"
    REPORT_DATE = "ReportDate"
    EXPIRY = "Expiry"
    TIME = "DateTime"
    PUT_CALL = "Put/Call"
    DATE = "TradeDate"
    CLOCK = "TradeTime"
    PRINCIPAL_FACTOR = "PrincipalAdjustFactor"
    SETTLES = "SettleDateTarget"
    KIND = "TransactionType"
    EXCHANGE = "Exchange"
    QUANTITY = "Quantity"
    PRICE = "TradePrice"
    MONEY = "TradeMoney"
    PROCEEDS = "Proceeds"
    TAXES = "Taxes"
    COMMISSION = "IBCommission"
    COMMISSION_CURRENCY = "IBCommissionCurrency"
    NET_CASH = "NetCash"
    NET_CASH_BASE = "NetCashInBase"
    CLOSE_PRICE = "ClosePrice"
    OPEN_CLOSE = "Open/CloseIndicator"
    NOTES = "Notes/Codes"
    BASIS = "CostBasis"
    REALIZED = "FifoPnlRealized"
    CAPITAL_GAINS = "CapitalGainsPnl"
    CURRENCY_GAINS = "FxPnl"
    MARK_TO_MARKET = "MtmPnl"
    CANCELLED_PRICE = "OrigTradePrice"
    CANCELLED_DATE = "OrigTradeDate"
    CANCELLED_TRADE = "OrigTradeID"
    CANCELLED_ORDER = "OrigOrderID"
    CANCELLED_TRANSACTION = "OrigTransactionID"
    SIDE = "Buy/Sell"
    CLEARING_FIRM = "ClearingFirmID"
    ORDER = "IBOrderID"
    TRANSACTION = "TransactionID"
    EXECUTION = "IBExecID"
    RELATED_TRANSACTION = "RelatedTransactionID"
    ROUTING = "RTN"
    BROKERAGE_ORDER = "BrokerageOrderID"
    ORDER_REFERENCE = "OrderReference"
    VOLATILITY_LINK = "VolatilityOrderLink"
    EXCHANGE_ORDER = "ExchOrderID"
    EXTERNAL_EXECUTION = "ExtExecID"
    ORDER_TIME = "OrderTime"
    OPEN_TIME = "OpenDateTime"
    HOLDING_TIME = "HoldingPeriodDateTime"
    WHEN_REALIZED = "WhenRealized"
    WHEN_REOPENED = "WhenReopened"
    LEVEL = "LevelOfDetail"
    PRICE_CHANGE = "ChangeInPrice"
    QUANTITY_CHANGE = "ChangeInQuantity"
    ORDER_TYPE = "OrderType"
    TRADER = "TraderID"
    BY_API = "IsAPIOrder"
    ACCRUED_INTEREST = "AccruedInterest"
    INITIAL_INVESTMENT = "InitialInvestment"
    SERIAL = "SerialNumber"
    DELIVERY = "DeliveryType"
    COMMODITY = "CommodityType"
    FINENESS = "Fineness"
    WEIGHT = "Weight"
    POSITION_ACTION = "PositionActionID"
    CONFIRMED_CURRENCY = "Currency"
    CONFIRMED_TIME = "Date/Time"
    CONFIRMED_PRICE = "Price"
    CONFIRMED_AMOUNT = "Amount"
    CONFIRMED_COMMISSION = "Commission"
    CONFIRMED_COMMISSION_CURRENCY = "CommissionCurrency"
    CONFIRMED_TAX = "Tax"
    CONFIRMED_EXECUTION = "ExecID"
    CONFIRMED_ORDER = "OrderID"
    CONFIRMED_CODE = "Code"
    CONFIRMED_SETTLES = "SettleDate"
    BROKER_EXECUTION = "BrokerExecutionCommission"
    BROKER_CLEARING = "BrokerClearingCommission"
    OTHERS_EXECUTION = "ThirdPartyExecutionCommission"
    OTHERS_CLEARING = "ThirdPartyClearingCommission"
    OTHERS_REGULATORY = "ThirdPartyRegulatoryCommission"
    OTHER_COMMISSION = "OtherCommission"
    TRADE_CHARGE = "TradeCharge"


NAMES: Mapping[Column, Name] = {
    Column[name.name]: name for name in Name if name.name in Column.__members__
} | {
    Column.CONFIRMED_CURRENCY: Name.CURRENCY,
    Column.CONFIRMED_TIME: Name.TIME,
    Column.CONFIRMED_PRICE: Name.PRICE,
    Column.CONFIRMED_AMOUNT: Name.MONEY,
    Column.CONFIRMED_COMMISSION: Name.COMMISSION,
    Column.CONFIRMED_COMMISSION_CURRENCY: Name.COMMISSION_CURRENCY,
    Column.CONFIRMED_TAX: Name.TAXES,
    Column.CONFIRMED_EXECUTION: Name.EXECUTION,
    Column.CONFIRMED_ORDER: Name.ORDER,
    Column.CONFIRMED_CODE: Name.NOTES,
}

# Each query must have one column of each of these.
NEEDED: tuple[tuple[Column, ...], ...] = (
    (Column.SIDE,),
    (Column.QUANTITY,),
    (Column.PRICE, Column.CONFIRMED_PRICE),
    (Column.CURRENCY, Column.CONFIRMED_CURRENCY),
    (Column.SYMBOL, Column.ISIN),
    (Column.TIME, Column.CONFIRMED_TIME, Column.DATE),
)
# What tells a section of trades from others; one of them may be damaged.
_TELLING: tuple[tuple[Column, ...], ...] = NEEDED[:3]


def is_trades(header: list[str]) -> bool:
    """Whether these are, or were, the titles of a section of trades."""
    return sum(any(title in header for title in titles) for titles in _TELLING) > 1
