"""OKX's exports that hold no fills, and which one does."""

from __future__ import annotations

from collections.abc import Collection

from journal.importers.importer import Identified, Sample, mostly, other_export

FETCH = "download the Trading history instead: Assets, Order center, Trading history, Download"

_LEDGER = frozenset({"time", "type", "size", "balance", "fee", "currency"})
_OTHERS = (
    (
        frozenset({"Time", "Before Balance", "After Balance", "Symbol"}),
        "this is OKX's Funding history, which lists deposits and transfers, not fills",
    ),
    (
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
    ),
)


def no_fills(sample: Sample) -> Identified | None:
    """Return what an export of OKX is that cannot be imported, None for anything else."""
    headers = sample.headers(3, ",")
    for telling, what in _OTHERS:
        if any(mostly(telling, header) for header in headers):
            return other_export(what, FETCH)
    if _LEDGER in headers:
        return other_export(
            "this is OKEx's old ledger (time, type, size, balance, fee, currency): its rows have "
            "no pair, price or id, so what belongs to one fill cannot be told surely",
            FETCH,
        )
    return None


_FETCH_FILLS = "fetch /api/v5/trade/fills-history instead, or download the Trading history"
_OTHER_ANSWERS = (
    (
        frozenset({"instId", "accFillSz", "avgPx", "ordType", "cTime", "state"}),
        "this is OKX's answer on orders, of which it tells the last fill only",
    ),
    (
        frozenset({"billId", "bal", "balChg", "posBal", "posBalChg", "ccy"}),
        "this is OKX's answer on bills, which are changes of balances, not fills",
    ),
    (
        frozenset({"instId", "openAvgPx", "closeAvgPx", "closeTotalPos", "openMaxPos", "posId"}),
        "this is OKX's answer on closed positions, not fills",
    ),
)


def no_fills_in_answer(keys: Collection[str]) -> Identified | None:
    """Return which answer of OKX's API these keys are of, if it is one without fills."""
    for telling, what in _OTHER_ANSWERS:
        if mostly(telling, keys):
            return other_export(what, _FETCH_FILLS)
    return None
