"""The words by which OKX says what a row is, in its exports; the same ones name its bills' kinds.

`Open` and `Close` are said of accounts that hold both sides at once; all others print Buy and Sell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from journal.domain.fill import Side
from journal.domain.plan import Direction


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a fill did. `closes`: the venue says that it reduced a position and opened none."""

    side: Side
    position_side: Direction | None = None
    closes: bool = False
    is_liquidation: bool = False


_PLAIN: Mapping[str, Meaning] = {
    "buy": Meaning(Side.BUY),
    "sell": Meaning(Side.SELL),
    "open long": Meaning(Side.BUY, Direction.LONG),
    "open short": Meaning(Side.SELL, Direction.SHORT),
    "close long": Meaning(Side.SELL, Direction.LONG, closes=True),
    "close short": Meaning(Side.BUY, Direction.SHORT, closes=True),
}
# What is done to a position is named after it: `Liquidation long` sells it.
_DONE_TO: Mapping[str, Meaning] = {
    "long": _PLAIN["close long"],
    "short": _PLAIN["close short"],
}
_FORCED = ("partial liquidation ", "liquidation ", "adl ")
_SETTLED = "delivery "
_AS_PLAIN = ("block trade ", "ddh ")

# What rows are that are no fills, by words in their action; the first that fits.
_OTHERS = (
    ("interest", "interest"),
    ("transfer", "transfer"),
    ("conver", "currency conversion"),
    ("borrow", "borrowing"),
    ("repay", "borrowing"),
    ("margin increase", "margin moved"),
    ("margin decrease", "margin moved"),
    ("rebate", "fee rebate"),
    ("profit sharing", "profit sharing"),
    ("clawback", "clawback"),
    ("exercise", "option"),
    ("expired", "option"),
)
_FUNDING = "funding fee"


# The same words by the numbers that the API gives them (`subType`).
_NUMBERED: Mapping[str, str] = {
    "1": "buy",
    "2": "sell",
    "3": "open long",
    "4": "open short",
    "5": "close long",
    "6": "close short",
    "100": "partial liquidation close long",
    "101": "partial liquidation close short",
    "102": "partial liquidation buy",
    "103": "partial liquidation sell",
    "104": "liquidation long",
    "105": "liquidation short",
    "106": "liquidation buy",
    "107": "liquidation sell",
    "112": "delivery long",
    "113": "delivery short",
    "125": "adl close long",
    "126": "adl close short",
    "127": "adl buy",
    "128": "adl sell",
    "204": "block trade buy",
    "205": "block trade sell",
    "206": "block trade open long",
    "207": "block trade open short",
    "208": "block trade close long",
    "209": "block trade close short",
}


def numbered_meaning(code: str) -> Meaning | None:
    """Return what a `subType` of the API means, None for one that says nothing of a position."""
    return meaning_of(_NUMBERED.get(code, ""))


def meaning_of(action: str) -> Meaning | None:
    """Return what a fill's action means, None where it is no fill's."""
    words = _plain(action)
    for prefix in _FORCED:
        if words.startswith(prefix):
            rest = words.removeprefix(prefix)
            found = _PLAIN.get(rest) or _DONE_TO.get(rest)
            return found and replace(found, closes=True, is_liquidation=True)
    if words.startswith(_SETTLED):
        return _DONE_TO.get(words.removeprefix(_SETTLED))
    for prefix in _AS_PLAIN:
        words = words.removeprefix(prefix)
    return _PLAIN.get(words)


def funding_sign(action: str) -> int | None:
    """Return -1 for funding paid, 1 for received, 0 where it is not said; None if no funding."""
    words = _plain(action)
    if not words.startswith(_FUNDING):
        return None
    return {"expense": -1, "income": 1}.get(words.removeprefix(_FUNDING).strip(), 0)


def other_kind(action: str) -> str | None:
    """Return what a row is that is no fill, None for words nobody has seen yet."""
    words = _plain(action)
    return next((kind for word, kind in _OTHERS if word in words), None)


def _plain(action: str) -> str:
    return " ".join(action.casefold().split())
