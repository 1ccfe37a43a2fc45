"""Bybit: the exports that hold no fills, recognised so that the right one can be named."""

from __future__ import annotations

from journal.importers.importer import NOT_MINE, Identified, Sample, mostly, other_export

_FETCH_TRADES = (
    "download Trade History instead: Orders, Derivatives (or Spot), Trade History, Export"
)

_CLOSED_OLD = frozenset({
    "Closing Direction", "Entry Price", "Exit Price", "Closed P&L", "Exit Type", "Create Time",
})  # fmt: skip
_CLOSED_NEW = frozenset({
    "Order Quantity", "Opening Fee", "Closing Fee", "Funding Fee", "cumClosedPzOpenFeeInfo",
    "cumClosedPzTradeFeeInfo", "Realized P&L",
})  # fmt: skip
_FUNDING_ACCOUNT = frozenset({"Date & Time(UTC)", "Coin", "QTY", "Account Balance", "Description"})
_DERIVATIVES_LOG = frozenset({"Fee Paid", "Cash Flow", "Fee Rate", "Trade ID", "Order ID"})
_CLOSED_API = frozenset({"avgEntryPrice", "avgExitPrice", "closedPnl", "cumEntryValue"})
_ORDERS_API = frozenset({"orderStatus", "cumExecQty", "cumExecValue", "cumExecFee", "avgPrice"})


def other_tables(sample: Sample) -> Identified:
    """Recognise the tables without fills, which have their header in one of the first lines."""
    for header in sample.headers(delimiters=","):
        if mostly(_CLOSED_OLD, header) or mostly(_CLOSED_NEW, header):
            return other_export(
                "this is Bybit's Closed P&L export, which lists closed positions, not fills",
                _FETCH_TRADES,
            )
        if mostly(_FUNDING_ACCOUNT, header):
            return other_export(
                "this is Bybit's log of the Funding Account, in which nothing is traded",
                "download the log of the Unified Trading Account instead: Assets, Data Export, "
                "Transaction Log; or Trade History from the Orders page",
            )
        if mostly(_DERIVATIVES_LOG, header):
            return other_export(
                "this is Bybit's old log of the Derivatives Account, which is not read here",
                _FETCH_TRADES,
            )
    return NOT_MINE


def other_answers(sample: Sample) -> Identified:
    """Recognise the API's answers without fills."""
    keys = sample.json_keys()
    if mostly(_CLOSED_API, keys):
        what = "this is Bybit's answer on closed P&L, which lists closed positions, not fills"
    elif mostly(_ORDERS_API, keys):
        what = "this is Bybit's answer on orders, not fills"
    else:
        return NOT_MINE
    return other_export(what, "fetch `/v5/execution/list` instead")
