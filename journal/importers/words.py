"""Cells of a few words: which side, maker or taker, true or false.

Venues write them in capitals or not, and not the same in every year, so that is not looked at.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from journal.domain.errors import InputError
from journal.domain.fill import Liquidity, Side
from journal.domain.money import clip

Word = TypeVar("Word")

SIDES = {"buy": Side.BUY, "sell": Side.SELL}
LIQUIDITIES = {"maker": Liquidity.MAKER, "taker": Liquidity.TAKER}
_YES_OR_NO = {"true": True, "false": False}


def one_of(words: Mapping[str, Word], cell: str, what: str) -> Word:
    """Return what a word stands for, or refuse one that is not among these."""
    for word in (cell, cell.lower(), cell.upper()):
        if word in words:
            return words[word]
    raise InputError(f"{what} {clip(cell)!r} is {_none_of([each for each in words if each])}")


def _none_of(words: list[str]) -> str:
    """Return that it is none of these words: `neither buy nor sell`."""
    first, *others = words
    if len(others) == 1:
        return f"neither {first} nor {others[0]}"
    return "none of " + ", ".join(words)


def side_of(cell: str, what: str = "side") -> Side:
    """Return which way a fill went."""
    return one_of(SIDES, cell, what)


def liquidity_of(cell: str, what: str) -> Liquidity:
    """Return whether a fill made or took liquidity."""
    return one_of(LIQUIDITIES, cell, what)


def yes(cell: str, what: str) -> bool:
    """Return a cell that is true or false."""
    return one_of(_YES_OR_NO, cell, what)


def maker_or_taker(cell: str, what: str) -> Liquidity:
    """Return what a cell says that is true for the maker."""
    return Liquidity.MAKER if yes(cell, what) else Liquidity.TAKER
