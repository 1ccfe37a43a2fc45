"""KuCoin's exports by their columns: those that list spot fills, and those that do not.

The columns that mean the same have the same name here: `TIME`, `PAIR`, `SIDE`, `PRICE`, `AMOUNT`
(of the base coin), `VOLUME` (of the quote coin), `FEE`, `FEE_COIN`, and where there are any
`ORDER`, `LIQUIDITY`, `TYPE`, `ACCOUNT`. Titles that name a clock are read without it.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from journal.importers.importer import Identified, OtherExport, mostly, other_of
from journal.importers.table import Layout


class Column2017(StrEnum):
    """The columns of 2017, four of which are called `Coin`."""

    TIME = "Time"
    PAIR = "Coins"
    SIDE = "Sell/Buy"
    PRICE = "Filled Price"
    PRICE_COIN = "Coin"
    AMOUNT = "Amount"
    AMOUNT_COIN = "Coin 2"
    VOLUME = "Volume"
    VOLUME_COIN = "Coin 3"
    FEE = "Fee"
    FEE_COIN = "Coin 4"


class Column2019(StrEnum):
    """The columns of 2019."""

    TIME = "Time"
    PAIR = "Pair"
    SIDE = "Side"
    PRICE = "FilledPrice"
    PRICE_COIN = "FilledPriceCoin"
    AMOUNT = "Amount"
    AMOUNT_COIN = "AmountCoin"
    VOLUME = "Volume"
    VOLUME_COIN = "VolumeCoin"
    FEE = "Fee"
    FEE_COIN = "FeeCoin"


class Column2021(StrEnum):
    """The columns of 2021 and 2022, called as in the API."""

    TIME = "tradeCreatedAt"
    ORDER = "orderId"
    PAIR = "symbol"
    SIDE = "side"
    PRICE = "price"
    AMOUNT = "size"
    VOLUME = "funds"
    FEE = "fee"
    LIQUIDITY = "liquidity"
    FEE_COIN = "feeCurrency"
    TYPE = "orderType"


class Column2022(StrEnum):
    """The columns of 2021 where only these were chosen."""

    TIME = "tradeCreatedAt"
    PAIR = "symbol"
    SIDE = "side"
    PRICE = "price"
    AMOUNT = "size"
    VOLUME = "funds"
    FEE = "fee"
    FEE_COIN = "feeCurrency"


class Fills(StrEnum):
    """The bundle since 2023: Filled Orders (Show Order-Splitting), one row a fill."""

    ACCOUNT = "UID"
    ACCOUNT_TYPE = "Account Type"
    ORDER = "Order ID"
    PAIR = "Symbol"
    SIDE = "Side"
    ORDER_TYPE = "Order Type"
    PRICE = "Avg. Filled Price"
    AMOUNT = "Filled Amount"
    VOLUME = "Filled Volume"
    VOLUME_USDT = "Filled Volume (USDT)"
    TIME = "Filled Time"
    FEE = "Fee"
    TAX = "Tax"
    LIQUIDITY = "Maker/Taker"
    FEE_COIN = "Fee Currency"


class Orders(StrEnum):
    """The bundle since 2023: Filled Orders, one row an order with its average price."""

    ACCOUNT = "UID"
    ACCOUNT_TYPE = "Account Type"
    ORDER = "Order ID"
    ORDER_TIME = "Order Time"
    PAIR = "Symbol"
    SIDE = "Side"
    ORDER_TYPE = "Order Type"
    ORDER_PRICE = "Order Price"
    ORDER_AMOUNT = "Order Amount"
    PRICE = "Avg. Filled Price"
    AMOUNT = "Filled Amount"
    VOLUME = "Filled Volume"
    VOLUME_USDT = "Filled Volume (USDT)"
    TIME = "Filled Time"
    FEE = "Fee"
    FEE_COIN = "Fee Currency"
    TAX = "Tax"
    STATUS = "Status"


# The older ones were seen without an end of the last line, and with a comma at the end of each.
LAYOUTS = (
    Layout(Column2017, delimiters=",;", trailing=True, ends_lines=False),
    Layout(Column2019, delimiters=",;", trailing=True, ends_lines=False),
    Layout(Column2022, delimiters=",;", trailing=True, ends_lines=False),
    Layout(Column2021, delimiters=",;", trailing=True, ends_lines=False),
    Layout(Fills, optional=frozenset({Fills.TAX}), delimiters=",;", trailing=True),
    Layout(Orders, optional=frozenset({Orders.TAX}), delimiters=",;", trailing=True),
)

# What each of KuCoin's own has and other venues' have not.
_TELLING = (
    frozenset({"Coins", "Sell/Buy", "Filled Price", "Coin"}),
    frozenset({"FilledPrice", "FilledPriceCoin", "AmountCoin", "VolumeCoin", "FeeCoin"}),
    frozenset({"tradeCreatedAt", "funds", "feeCurrency"}),
    frozenset({"Account Type", "Avg. Filled Price", "Filled Volume (USDT)", "Maker/Taker"}),
    frozenset({"Account Type", "Avg. Filled Price", "Filled Volume (USDT)", "Order Amount"}),
)
_FETCH = (
    "export the spot fills instead: Orders, Data Export, Spot Orders, "
    "Filled Orders (Show Order-Splitting)"
)
_NO_FUTURES = "the fills of KuCoin's futures cannot be imported from its exports yet"
_OTHERS = (
    OtherExport(
        frozenset({"Close Type", "Realized PNL", "Total Funding Fees", "Total Trading Fees"}),
        "this is KuCoin's Futures Realized PNL export, which lists closed positions, not fills",
        _NO_FUTURES,
    ),
    OtherExport(
        frozenset({"Contract", "Realized PNL", "Close Time", "PNL Details"}),
        "this is KuCoin's Futures PNL export, which lists closed positions, not fills",
        _NO_FUTURES,
    ),
    OtherExport(
        frozenset({"Fee Rate", "Filled Price", "Filled Volume  (USDT)"}),
        "this is KuCoin's Futures Filled Orders export, whose amounts may be contracts or coins",
        _NO_FUTURES,
    ),
    OtherExport(
        frozenset({"Time Filled", "Filled Price", "Filled Volume (USDT)"}),
        "this is KuCoin's Trading Bot export, which mixes spot and futures",
        _FETCH,
    ),
    OtherExport(
        frozenset({"orderCreatedAt", "clientOid", "dealSize", "dealFunds", "orderStatus"}),
        "this is KuCoin's order history of 2021, which does not say when an order was filled",
        _FETCH,
    ),
    OtherExport(
        frozenset({"Account Type", "Currency", "Remark", "Amount"}),
        "this is KuCoin's Account History, which lists changes of balances, not fills",
        _FETCH,
    ),
    OtherExport(
        frozenset({"Account Type", "Coin", "Transfer Network", "Remarks"}),
        "this is KuCoin's Deposit or Withdrawal History, which holds no fills",
        _FETCH,
    ),
    OtherExport(
        frozenset({"Payment Account", "Sell", "Buy", "Time of Update"}),
        "this is KuCoin's Convert Orders export, which lists conversions, not fills",
        _FETCH,
    ),
)


def is_ours(header: Collection[str]) -> bool:
    """Whether a header, damaged or not, is one of a fills export."""
    return any(mostly(telling, header) for telling in _TELLING)


def other(header: Collection[str]) -> Identified:
    """Return what an export of another kind is, and which to fetch instead."""
    return other_of(_OTHERS, header)


def layout_of(header: Collection[str]) -> Layout:
    """Return the layout that a header is most of: few columns may be missing or strange."""

    def strangers(layout: Layout) -> int:
        return len({*layout.required} ^ ({*header} - layout.optional))

    return min(LAYOUTS, key=strangers)
