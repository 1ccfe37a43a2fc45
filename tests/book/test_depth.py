"""Which tranches were reached and filled, and what was made there."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from ladder_a import LADDER_A

from journal.book.depth import Depth, depth
from journal.book.ladder_fills import ladder_fills, laddered

BOUGHT = (
    "2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT\n"
    "2026-01-05T16:00:00Z fill BTC-USDT sell 1 @ 110 fee 0.11 USDT\n"
    "2026-01-05T17:00:00Z fill BTC-USDT buy 3.125 @ 96 fee 0.3 USDT\n"
    "2026-01-06T14:30:00Z fill BTC-USDT sell 5.125 @ 90 fee 0.5125 USDT\n"
)


def measured(text: str) -> Depth:
    book = book_of(text)
    return depth(book, ladder_fills(book, laddered(book, np.arange(len(book.trades)))))


def test_each_tranche_against_the_exits_after_it() -> None:
    found = measured(LADDER_A + BOUGHT)
    assert found.filled.tolist() == [True, True, False]
    assert found.tranches_filled.tolist() == [2]
    # Tranche 1 met both exits, tranche 2 the last one only.
    out, fee = (110 + 5.125 * 90) / 6.125, 0.6225 / 6.125
    first, second = 3 * (out - 100 - 0.1 - fee), 3.125 * (90 - 96 - 0.1) - 0.3
    assert found.result[:2].tolist() == [pytest.approx(first), pytest.approx(second)]
    assert np.isnan(found.result[2])
    assert found.result_r[0] == pytest.approx(first / 76.182413)


def test_reached_needs_a_fill_or_a_price_beyond_the_tranche() -> None:
    assert measured(LADDER_A + BOUGHT).reached.tolist() == [True, True, True]
    above = BOUGHT.replace("@ 90", "@ 93")
    assert measured(LADDER_A + above).reached.tolist() == [True, True, False]
    typed = "2026-01-05T18:00:00Z price BTC-USDT 91\n"
    assert measured(LADDER_A + above + typed).reached.tolist() == [True, True, True]


def test_a_tranche_that_the_newest_version_dropped_has_no_state() -> None:
    shorter = "2026-01-05T17:30:00Z amend BTC-USDT\n  enter 3 @ 100\n  enter 300 USDT @ 96\n"
    found = measured(LADDER_A + BOUGHT + shorter)
    assert found.reached.tolist() == [True, True, False]


def test_an_unknown_fee_is_an_unknown_result() -> None:
    found = measured(LADDER_A + BOUGHT.replace("96 fee 0.3 USDT", "96"))
    assert np.isnan(found.result).tolist() == [False, True, True]
    assert found.filled.tolist() == [True, True, False]
