"""What Bitget's `side` and `tradeSide` mean, which differs by the mode of positions."""

from __future__ import annotations

from dataclasses import dataclass

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.money import clip
from journal.domain.plan import Direction

_OPENED = {Direction.LONG: Side.BUY, Direction.SHORT: Side.SELL}
_CLOSED = {Direction.LONG: Side.SELL, Direction.SHORT: Side.BUY}
_POSITIONS = {"long": Direction.LONG, "short": Direction.SHORT}

# Forced by the venue: a liquidation in whole, or in part.
_LIQUIDATIONS = ("burst_", "reduce_")
_CLOSINGS = {
    f"{how}_close_{position}": direction
    for how in ("reduce", "burst", "offset", "delivery", "dte_sys_adl")
    for position, direction in _POSITIONS.items()
}
_ONE_WAY = {
    f"{how}{side}_single": side for how in ("", "reduce_", "burst_", "delivery_") for side in Side
} | {f"dte_sys_adl_{side}_in_single_side_mode": side for side in Side}


@dataclass(frozen=True, slots=True)
class Move:
    """What was done, to which position in hedge mode; `closes` opens nothing for sure."""

    side: Side
    position: Direction | None = None
    closes: bool = False
    is_liquidation: bool = False


def one_way(side: Side, trade_side: str) -> Move:
    """Return what a fill of one-way mode did: its side says it, and the word must agree."""
    word = _ONE_WAY.get(trade_side)
    if trade_side in ("open", "close", ""):
        word = side
    if word is None:
        raise _unknown(trade_side)
    if word is not side:
        raise InputError(f"side {side} and tradeSide {clip(trade_side)!r} contradict each other")
    return Move(
        side,
        closes=trade_side == "close" or trade_side.startswith(("reduce", "burst", "deli", "dte")),
        is_liquidation=trade_side.startswith(_LIQUIDATIONS),
    )


def with_hedge(side: Side, trade_side: str) -> Move:
    """Return what a fill of hedge mode did: its side is that of the position."""
    named = _CLOSINGS.get(trade_side)
    position = named or (Direction.LONG if side is Side.BUY else Direction.SHORT)
    if trade_side == "open":
        return Move(side, position)
    if named is None and trade_side != "close":
        raise _unknown(trade_side)
    return Move(
        _CLOSED[position],
        position,
        closes=True,
        is_liquidation=trade_side.startswith(_LIQUIDATIONS),
    )


def unified(side: Side, trade_side: str, hold_side: str) -> Move:
    """Return what a fill of a unified account did: with the position told, that decides."""
    position = _POSITIONS.get(hold_side.lower())
    if hold_side and position is None:
        raise InputError(f"holdSide {clip(hold_side)!r} is neither long nor short")
    if trade_side not in ("open", "close"):
        raise _unknown(trade_side)
    closes = trade_side == "close"
    if position is None:
        return Move(side, closes=closes)
    return Move((_CLOSED if closes else _OPENED)[position], position, closes=closes)


def _unknown(trade_side: str) -> InputError:
    return InputError(f"tradeSide {clip(trade_side)!r} is not known")
