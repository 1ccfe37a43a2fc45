"""What fees and other coins were worth: rates from the prices the journal knows."""

from __future__ import annotations

import numpy as np

from journal.book.clock import DAY, microseconds
from journal.book.comparison import Floats, Ints
from journal.book.facts import Facts
from journal.book.instruments import Instruments
from journal.book.parts import Moves
from journal.book.path import Path
from journal.book.tables import Fills
from journal.domain.instrument import Kind

RATE_LIFE = DAY
"""A rate older than this at the fill is not known (rule contract, section 1)."""


def read_path(facts: Facts, moves: Moves, instruments: Instruments) -> Path:
    """Collect fills of any account and typed prices."""
    codes = {symbol: code for code, symbol in enumerate(instruments.symbols)}
    typed = np.array([codes[symbol] for symbol in facts.prices.symbol], np.int64)
    fills = len(facts.fills.id)
    instrument = np.concatenate((moves.instrument[:fills], typed))
    at = np.concatenate((moves.at[:fills], microseconds(facts.prices.at)))
    price = np.array([float(text) for text in facts.fills.price + facts.prices.price])
    order = np.lexsort((np.arange(len(at)), at, instrument))
    row = np.empty(len(order), np.int64)
    row[order] = np.arange(len(order))
    return Path(instrument[order], at[order], price[order], of_fill=row[:fills])


def rates(
    coin: str,
    currency: str,
    at: Ints,
    path: Path,
    instruments: Instruments,
    slack: Ints | int = 0,
) -> Floats:
    """Return what one coin was worth in a currency at each instant; NaN where nobody knows.

    Spot pairs of the two are looked up either way round; a price up to `slack` later counts, one
    more than 24 h older does not.
    """
    found = np.full(len(at), np.nan)
    found_at = np.full(len(at), np.iinfo(np.int64).min)
    for code, instrument in enumerate(instruments.known):
        pair = (instrument.base, instrument.quote)
        if instrument.kind is not Kind.SPOT or pair not in ((coin, currency), (currency, coin)):
            continue
        index = path.latest(np.full(len(at), code), at + slack)
        fresh = (index >= 0) & (at - path.at[index] <= RATE_LIFE) & (path.at[index] > found_at)
        price = path.price[index] if pair == (coin, currency) else 1 / path.price[index]
        found = np.where(fresh, price, found)
        found_at = np.where(fresh, path.at[index], found_at)
    return found


def fees_in_settlement(
    fills: Fills,
    facts: Facts,
    path: Path,
    instruments: Instruments,
    parity: frozenset[frozenset[str]],
) -> Floats:
    """Return each part's fee in the settlement currency; NaN where unknown or not priceable."""
    count = len(facts.fills.id)
    amounts = np.array([np.nan if fee is None else float(fee) for fee in facts.fills.fee])
    openings = np.zeros(len(facts.openings.id))
    fee = np.concatenate((amounts, openings))[fills.row] * fills.share
    settlement = np.array([known.settlement for known in instruments.known], object)
    base = np.array([known.base for known in instruments.known], object)
    quote = np.array([known.quote for known in instruments.known], object)
    own = settlement[fills.instrument]
    coins = np.array(facts.fills.fee_currency + [None] * len(openings), object)[fills.row]
    coins = np.where((coins == None) | (fills.row >= count), own, coins)  # noqa: E711 - elementwise
    inverse = instruments.is_inverse[fills.instrument]
    settled = coins == own
    in_base = (coins == base[fills.instrument]) & ~settled & ~inverse
    in_quote = (coins == quote[fills.instrument]) & ~settled & inverse
    with np.errstate(divide="ignore", invalid="ignore"):
        fee = np.where(in_base, fee * fills.price, fee)
        fee = np.where(in_quote, fee / fills.price, fee)
    third = np.flatnonzero(~settled & ~in_base & ~in_quote & ~np.isnan(fee))
    pairs = {(coins[row], own[row]) for row in third}
    for coin, currency in sorted(pairs):
        rows = third[(coins[third] == coin) & (own[third] == currency)]
        if frozenset((coin, currency)) in parity:
            continue
        at = fills.at[rows]
        slack = fills.at_latest[rows] - at
        fee[rows] *= rates(coin, currency, at, path, instruments, slack)
    return np.asarray(fee, np.float64)
