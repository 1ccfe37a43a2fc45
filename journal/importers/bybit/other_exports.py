"""Bybit: the exports that hold no fills, recognised so that the right one can be named."""

from __future__ import annotations

from journal.importers.importer import Identified, OtherExport, Sample, other_of

_FETCH_TRADES = (
    "export the Trade History instead: Orders, Derivatives Orders or Spot Orders, Trade History, "
    "Export"
)
_FETCH_LOG = (
    "export the log of the Unified Trading Account instead: Assets, Data Export, Transaction Log"
)
_FETCH_ANSWER = "fetch the fills instead: /v5/execution/list"
_CLOSED = "this is Bybit's Closed P&L export, which lists closed positions, not fills"

_TABLES = (
    OtherExport(
        frozenset({
            "Closing Direction", "Entry Price", "Exit Price", "Closed P&L", "Exit Type",
            "Create Time",
        }),
        _CLOSED,
        _FETCH_TRADES,
    ),
    OtherExport(
        frozenset({
            "Order Quantity", "Opening Fee", "Closing Fee", "Funding Fee",
            "cumClosedPzOpenFeeInfo", "cumClosedPzTradeFeeInfo", "Realized P&L",
        }),
        _CLOSED,
        _FETCH_TRADES,
    ),
    OtherExport(
        frozenset({"Date & Time(UTC)", "Coin", "QTY", "Account Balance", "Description"}),
        "this is Bybit's log of the Funding Account, in which nothing is traded",
        _FETCH_LOG,
    ),
    OtherExport(
        frozenset({"Fee Paid", "Cash Flow", "Fee Rate", "Trade ID", "Order ID"}),
        "this is Bybit's old log of the Derivatives Account, which is not read here",
        _FETCH_TRADES,
    ),
)  # fmt: skip
_ANSWERS = (
    OtherExport(
        frozenset({"avgEntryPrice", "avgExitPrice", "closedPnl", "cumEntryValue"}),
        "this is Bybit's answer on closed P&L, which lists closed positions, not fills",
        _FETCH_ANSWER,
    ),
    OtherExport(
        frozenset({
            "orderStatus", "cumExecQty", "cumExecValue", "cumExecFee", "avgPrice",
        }),
        "this is Bybit's answer on orders, not fills",
        _FETCH_ANSWER,
    ),
)  # fmt: skip


def other_tables(sample: Sample) -> Identified:
    """Recognise the tables without fills, which have their header in one of the first lines."""
    return other_of(_TABLES, *sample.headers(delimiters=","))


def other_answers(sample: Sample) -> Identified:
    """Recognise the API's answers without fills."""
    return other_of(_ANSWERS, sample.json_keys())
