"""Cells of a few words, in capitals or not."""

from __future__ import annotations

import pytest

from journal.domain.errors import InputError
from journal.domain.fill import Liquidity, Side
from journal.importers.words import liquidity_of, maker_or_taker, one_of, side_of, yes


def test_words_are_read_in_capitals_or_not() -> None:
    assert [side_of(word) for word in ("buy", "Sell", "BUY")] == [Side.BUY, Side.SELL, Side.BUY]
    assert liquidity_of("MAKER", "role") is Liquidity.MAKER
    assert one_of({"long": 1, "": None}, "", "side") is None


def test_what_is_true_for_the_maker() -> None:
    assert maker_or_taker("true", "isMaker") is Liquidity.MAKER
    assert maker_or_taker("False", "isMaker") is Liquidity.TAKER


def test_yes_and_no() -> None:
    assert yes("true", "maker")
    assert not yes("FALSE", "maker")
    with pytest.raises(InputError, match="maker 'Y' is neither true nor false"):
        yes("Y", "maker")


def test_another_word_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match=r"^Direction 'hold' is neither buy nor sell$"):
        side_of("hold", "Direction")
    with pytest.raises(InputError, match=r"^side 'x' is none of long, short, net$"):
        one_of({"long": 1, "short": 2, "net": 3, "": 4}, "x", "side")
