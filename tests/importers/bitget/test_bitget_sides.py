"""Side and trade side of Bitget: buying, selling, opening, closing, by mode."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.domain.plan import Direction
from journal.importers.bitget.sides import Move, one_way, unified, with_hedge

_BUY, _SELL = Side.BUY, Side.SELL
_LONG, _SHORT = Direction.LONG, Direction.SHORT


@pytest.mark.parametrize(
    ("side", "word", "move"),
    [
        (_BUY, "open", Move(_BUY, _LONG)),
        (_SELL, "open", Move(_SELL, _SHORT)),
        # The side is the position's: a long is closed by "buy, close", which sells.
        (_BUY, "close", Move(_SELL, _LONG, closes=True)),
        (_SELL, "close", Move(_BUY, _SHORT, closes=True)),
        (_BUY, "offset_close_long", Move(_SELL, _LONG, closes=True)),
        (_SELL, "offset_close_long", Move(_SELL, _LONG, closes=True)),
        (_SELL, "delivery_close_short", Move(_BUY, _SHORT, closes=True)),
        (_BUY, "dte_sys_adl_close_short", Move(_BUY, _SHORT, closes=True)),
        (_SELL, "burst_close_long", Move(_SELL, _LONG, closes=True, is_liquidation=True)),
        (_BUY, "reduce_close_short", Move(_BUY, _SHORT, closes=True, is_liquidation=True)),
    ],
)
def test_hedge_mode(side: Side, word: str, move: Move) -> None:
    assert with_hedge(side, word) == move


@pytest.mark.parametrize(
    ("side", "word", "move"),
    [
        (_BUY, "buy_single", Move(_BUY)),
        (_SELL, "sell_single", Move(_SELL)),
        (_SELL, "open", Move(_SELL)),
        (_SELL, "close", Move(_SELL, closes=True)),
        (_SELL, "reduce_sell_single", Move(_SELL, closes=True, is_liquidation=True)),
        (_BUY, "burst_buy_single", Move(_BUY, closes=True, is_liquidation=True)),
        (_BUY, "delivery_buy_single", Move(_BUY, closes=True)),
        (_SELL, "dte_sys_adl_sell_in_single_side_mode", Move(_SELL, closes=True)),
    ],
)
def test_one_way_mode(side: Side, word: str, move: Move) -> None:
    assert one_way(side, word) == move


@pytest.mark.parametrize("side", [_BUY, _SELL])
@pytest.mark.parametrize(
    ("word", "hold", "move"),
    [
        ("open", "long", Move(_BUY, _LONG)),
        ("open", "short", Move(_SELL, _SHORT)),
        ("close", "long", Move(_SELL, _LONG, closes=True)),
        ("close", "short", Move(_BUY, _SHORT, closes=True)),
    ],
)
def test_a_unified_account_names_the_position(side: Side, word: str, hold: str, move: Move) -> None:
    assert unified(side, word, hold) == move


def test_a_unified_account_without_a_position() -> None:
    assert unified(_SELL, "close", "") == Move(_SELL, closes=True)


def test_what_contradicts_itself_or_is_new_is_refused() -> None:
    with pytest.raises(InputError, match="side sell and tradeSide 'buy_single' contradict"):
        one_way(_SELL, "buy_single")
    with pytest.raises(InputError, match="tradeSide 'sideways' is not known"):
        one_way(_SELL, "sideways")
    with pytest.raises(InputError, match="tradeSide 'buy_single' is not known"):
        with_hedge(_BUY, "buy_single")
    with pytest.raises(InputError, match="tradeSide '' is not known"):
        unified(_BUY, "", "long")
    with pytest.raises(InputError, match="holdSide 'net' is neither long nor short"):
        unified(_BUY, "open", "net")
