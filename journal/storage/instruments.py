"""Every instrument a journal names: what its symbol says, with the declarations applied."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping
from decimal import Decimal

from journal.domain.instrument import Instrument, InstrumentTerms, Kind, infer

_DECLARED = (
    "SELECT id, symbol, account, kind, base, quote, multiplier, tick, lot, maintenance_margin "
    "FROM instrument_entry ORDER BY id"
)


def fold_instruments(
    connection: sqlite3.Connection,
    named: Collection[tuple[str, str | None]],
    currencies: Mapping[str, str | None],
    default_account: str,
    voided: frozenset[int] = frozenset(),
) -> dict[str, Instrument]:
    """Return the instruments of the symbols in `named` and of every declaration not voided.

    `named` pairs each symbol with an account that names it, or None. A plain ticker is quoted in
    the currency of the first account it is named with.
    """
    owner: dict[str, str] = {}
    for symbol, account in named:
        if account is not None:
            owner.setdefault(symbol, account)
    known: dict[str, Instrument] = {}
    for row_id, symbol, account, *said in connection.execute(_DECLARED):
        if row_id not in voided:
            currency = currencies.get(account or owner.get(symbol, default_account))
            known[symbol] = _terms(*said).applied(symbol, known.get(symbol), currency)
    for symbol, _ in named:
        if symbol not in known:
            known[symbol] = infer(symbol, currencies.get(owner.get(symbol, default_account)))
    return known


def stated_terms(
    connection: sqlite3.Connection, voided: frozenset[int]
) -> dict[str, InstrumentTerms]:
    """Return what was declared of each instrument, without what its symbol says."""
    stated: dict[str, InstrumentTerms] = {}
    for row_id, symbol, _, *said in connection.execute(_DECLARED):
        if row_id not in voided:
            stated[symbol] = _terms(*said).on_top_of(stated.get(symbol, InstrumentTerms()))
    return stated


def _terms(
    kind: str | None, base: str | None, quote: str | None, *numbers: str | None
) -> InstrumentTerms:
    exact = (Decimal(text) if text is not None else None for text in numbers)
    return InstrumentTerms(Kind(kind) if kind else None, base, quote, *exact)
