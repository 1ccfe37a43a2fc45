"""OKX's exports that hold no fills, and which one does."""

from __future__ import annotations

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
