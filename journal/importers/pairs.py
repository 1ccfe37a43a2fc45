"""Pairs that a venue writes without a mark between the coins: BTCUSDT is BTC-USDT."""

from __future__ import annotations

from journal.domain.errors import InputError
from journal.domain.money import clip

# What pairs are quoted in on the venues read here; the longest that fits is the quote.
_QUOTES = (
    "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDP", "USDE", "USD1", "RLUSD", "EURI", "AEUR",
    "DAI", "USD", "EUR", "GBP", "AUD", "CAD", "CHF", "JPY", "TRY", "BRL", "RUB", "UAH", "PLN",
    "ZAR", "ARS", "MXN", "NGN", "RON", "CZK", "IDRT", "BIDR", "BVND", "BKRW", "IDR", "COP",
    "KRW", "VAI", "UST", "PAX", "BTC", "ETH", "BNB", "XRP", "TRX", "DOGE", "DOT", "SOL", "MNT",
    "KCS", "XBT", "OKB", "BGB",
)  # fmt: skip

# Coins whose last letter begins a longer quote: DOTUSD is DOT-USD, never DO-TUSD.
_TAKES_A_LETTER = frozenset({
    "ADA", "ALPHA", "ENA", "GALA", "KAVA", "LUNA", "MANA", "THETA",
    "BNB", "CKB", "SHIB",
    "ANT", "APT", "BAT", "BNT", "DOT", "FET", "FTT", "GMT", "GRT", "HNT", "IOST", "JST", "LPT",
    "MNT", "QNT", "USDT",
})  # fmt: skip


def split_pair(text: str, coins: tuple[str, ...] = ()) -> tuple[str, str]:
    """Return base and quote of a pair, with or without a mark between them.

    `coins` are the ones its row names: they decide where the text alone could be read twice.
    """
    for mark in "-/_":
        base, found, quote = text.partition(mark)
        if found:
            return _checked(base, quote, text)
    for coin in coins:
        if text.startswith(coin) and len(text) > len(coin):
            return coin, text.removeprefix(coin)
        if text.endswith(coin) and len(text) > len(coin):
            return text.removesuffix(coin), coin
    for quote in sorted(_QUOTES, key=len, reverse=True):
        base = text.removesuffix(quote)
        if base in ("", text) or (quote[1:] in _QUOTES and base + quote[0] in _TAKES_A_LETTER):
            continue
        return base, quote
    raise _unknown(text)


def spot_symbol(text: str, coins: tuple[str, ...] = ()) -> str:
    """Return the journal's symbol of a spot pair."""
    return "-".join(split_pair(text, coins))


def perpetual_symbol(text: str, coins: tuple[str, ...] = ()) -> str:
    """Return the journal's symbol of a perpetual contract on a pair."""
    return "-".join((*split_pair(text, coins), "PERP"))


def _checked(base: str, quote: str, text: str) -> tuple[str, str]:
    if not (base.isalnum() and quote.isalnum()):
        raise _unknown(text)
    return base, quote


def _unknown(text: str) -> InputError:
    return InputError(f"{clip(text)!r} is not a pair of two known coins")
