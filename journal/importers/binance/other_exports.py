"""Binance: its exports that hold no fills, and which to fetch instead."""

from __future__ import annotations

from journal.importers.importer import (
    Identified,
    OtherExport,
    Sample,
    other_of,
)

_SPOT = "export the trade history instead: Orders, Spot Order, Trade History, Export"
_EITHER = (
    "export the trade history instead: Orders, Spot Order or Futures Order, Trade History, Export"
)
_LEDGER = (
    "this is Binance's account statement, a ledger: which of its legs make up a fill cannot be told"
)
_FUTURES = "export the trade history instead: Orders, Futures Order, Trade History, Export"

# What tells each of them; more than half of it is enough to recognise a damaged one.
_OTHERS = (
    OtherExport(
        frozenset({"Account", "Operation", "Coin", "Change", "Remark"}),
        _LEDGER,
        _EITHER,
    ),
    OtherExport(
        frozenset({"OrderNo", "Order Amount", "Average Price", "Trading total", "Executed"}),
        "this is Binance's spot order history, which lists orders without fees, not fills",
        _SPOT,
    ),
    OtherExport(
        frozenset({"Average Price", "Executed Amount", "Stop Price", "Time In Force", "Order No"}),
        "this is Binance's futures order history, which lists orders without fees, not fills",
        _FUTURES,
    ),
    OtherExport(
        frozenset({"Avg. Close Price", "Max Open Interest", "Closed Vol.", "Closing PNL"}),
        "this is Binance's position history, which lists closed positions, not fills",
        _FUTURES,
    ),
    OtherExport(
        frozenset({"TransactionFee", "TXID", "SourceAddress", "PaymentID"}),
        "this is Binance's history of deposits or withdrawals, which holds no fills",
        _SPOT,
    ),
    OtherExport(
        frozenset({"Pair", "Inverse Price", "Date Updated", "Sell", "Buy"}),
        "this is Binance's history of conversions, which are no fills of an order book",
        "log those that belong to a trade by hand: `journal fill`",
    ),
)


def other_export_of_binance(sample: Sample) -> Identified:
    """Return which other export of Binance this is, if it is one."""
    return other_of(_OTHERS, *sample.headers())
