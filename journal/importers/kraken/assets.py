"""Kraken: its names of coins and currencies, and of pairs of them.

Old assets have four letters, X before coins and Z before currencies (`XXBT`, `ZEUR`), and old
pairs are two of them (`XXBTZEUR`); newer pairs are plain (`ADAEUR`, where the quote decides) or
have a slash (`BTC/USD`). XBT is Bitcoin, XDG Dogecoin. What follows a point is where a coin is
kept (`DOT.S` is staked, `XXBTZEUR.d` was traded in the dark pool).
"""

from __future__ import annotations

import re

from journal.domain.errors import InputError
from journal.domain.money import clip

_OLD = frozenset({
    "XETC", "XETH", "XICN", "XLTC", "XMLN", "XNMC", "XREP", "XXBT", "XXDG", "XXLM", "XXMR", "XXRP",
    "XXVN", "XZEC", "ZAUD", "ZCAD", "ZEUR", "ZGBP", "ZJPY", "ZKRW", "ZUSD",
})  # fmt: skip
_OTHER_NAMES = {"XBT": "BTC", "XDG": "DOGE"}
_ASSET = re.compile(r"[A-Za-z0-9]{1,20}", re.ASCII)
_OLD_LENGTH = 4

# What prices are quoted in, the strongest first: of two of them the first is the quote.
_QUOTES = (
    "JPY", "CHF", "CAD", "USD", "AUD", "GBP", "EUR", "AED", "KRW", "USDT", "USDC", "PYUSD",
    "RLUSD", "DAI", "BTC", "ETH", "DOT",
)  # fmt: skip
_MIXED = {"USDTZUSD": ("USDT", "USD")}


def asset(text: str) -> str:
    """Return the common name of an asset: BTC for `XXBT`, EUR for `ZEUR`, DOT for `DOT.S`."""
    name = text.partition(".")[0]
    if name in _OLD:
        name = name[1:]
    if not _ASSET.fullmatch(name):
        raise InputError(f"{clip(text)!r} is not an asset of Kraken")
    return _OTHER_NAMES.get(name, name)


def pair(text: str) -> tuple[str, str]:
    """Return base and quote of a pair."""
    name = text.removesuffix(".d")
    base, slash, quote = name.partition("/")
    if slash:
        return asset(base), asset(quote)
    if name in _MIXED:
        return _MIXED[name]
    if name[:_OLD_LENGTH] in _OLD and name[_OLD_LENGTH:] in _OLD:
        return asset(name[:_OLD_LENGTH]), asset(name[_OLD_LENGTH:])
    for quote in sorted((*_QUOTES, "XBT"), key=len, reverse=True):
        if name.endswith(quote) and name != quote:
            return asset(name.removesuffix(quote)), asset(quote)
    raise InputError(f"{clip(text)!r} is not a pair of two known coins")


def base_and_quote(one: str, other: str) -> tuple[str, str] | None:
    """Return which of two assets is the base and which the quote, None where neither is one."""
    ranks = {each: _QUOTES.index(each) for each in (one, other) if each in _QUOTES}
    if not ranks or one == other:
        return None
    quote = min(ranks, key=lambda each: ranks[each])
    return (other if quote == one else one), quote
