"""OKX's exports that hold no fills, and which one does."""

from __future__ import annotations

from collections.abc import Collection

from journal.importers.importer import (
    NOT_MINE,
    Identified,
    OtherExport,
    Sample,
    other_export,
    other_of,
)

FETCH = "export the Trading history instead: Assets, Order center, Trading history, Download"

_LEDGER = frozenset({"time", "type", "size", "balance", "fee", "currency"})
_OTHERS = (
    OtherExport(
        frozenset({"Time", "Before Balance", "After Balance", "Symbol"}),
        "this is OKX's Funding history, which lists deposits and transfers, not fills",
        FETCH,
    ),
    OtherExport(
        frozenset(
            {
                "Position Create Time",
                "Position Update Time",
                "Max Position Quantity",
                "Total Close Quantity",
                "Average Open Price",
                "Average Close Price",
            }
        ),
        "this is OKX's Position history, which lists closed positions, not fills",
        FETCH,
    ),
)


def no_fills(sample: Sample) -> Identified:
    """Return what an export of OKX is that cannot be imported, if it is one."""
    headers = sample.headers(3, ",")
    found = other_of(_OTHERS, *headers)
    if found is not NOT_MINE:
        return found
    if _LEDGER in headers:
        return other_export(
            "this is OKEx's old ledger (time, type, size, balance, fee, currency): its rows have "
            "no pair, price or id, so what belongs to one fill cannot be told surely",
            FETCH,
        )
    return NOT_MINE


_FETCH_FILLS = "fetch the fills instead: /api/v5/trade/fills-history"
_OTHER_ANSWERS = (
    OtherExport(
        frozenset({"instId", "accFillSz", "avgPx", "ordType", "cTime", "state"}),
        "this is OKX's answer on orders, of which it tells the last fill only",
        _FETCH_FILLS,
    ),
    OtherExport(
        frozenset({"billId", "bal", "balChg", "posBal", "posBalChg", "ccy"}),
        "this is OKX's answer on bills, which are changes of balances, not fills",
        _FETCH_FILLS,
    ),
    OtherExport(
        frozenset({"instId", "openAvgPx", "closeAvgPx", "closeTotalPos", "openMaxPos", "posId"}),
        "this is OKX's answer on closed positions, not fills",
        _FETCH_FILLS,
    ),
)


def no_fills_in_answer(keys: Collection[str]) -> Identified:
    """Return which answer of OKX's API these keys are of, if it is one without fills."""
    return other_of(_OTHER_ANSWERS, keys)
