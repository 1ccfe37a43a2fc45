"""Which of two coins of a Coinbase market is the quote, where a statement does not say it."""

from __future__ import annotations

from journal.domain.errors import InputError
from journal.domain.money import clip

# Coinbase's markets are quoted in the first of these that they contain.
_QUOTES = ("USD", "EUR", "GBP", "SGD", "USDC", "USDT", "DAI", "BTC", "ETH")


def base_and_quote(one: str, other: str) -> tuple[str, str]:
    """Return the pair of two coins."""
    for quote in _QUOTES:
        if quote in (one, other) and one != other:
            return (other if quote == one else one), quote
    raise InputError(f"{clip(one)} and {clip(other)} are no market of Coinbase")
