"""Score, clean and planned trades and efficiency, worked by hand on five trades."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of

from journal.book.discipline import Standing, breached_trades, discipline, standings
from journal.book.judging import Judgement, judge
from journal.book.rolling import Period, roll_up
from journal.book.statistics import wilson
from journal.rules import log802, plan101, plan103, risk205, scale302

HEAD = """\
2026-01-01T00:00:00Z account main
  currency USDT
"""
# T1 and T2 without a plan; T4 adds in profit without a tranche; T7's fee is not known.
FIVE = """\
2026-01-05T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT
2026-01-05T11:00:00Z fill AAA-USDT sell 1 @ 101 fee 0 USDT
2026-01-06T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT
2026-01-06T11:00:00Z fill AAA-USDT sell 1 @ 101 fee 0 USDT
2026-01-07T09:00:00Z plan AAA-USDT long  #range
  enter 1 @ 100
  enter 1 @ 95
2026-01-07T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT
2026-01-07T10:30:00Z fill AAA-USDT buy 1 @ 95 fee 0 USDT
2026-01-07T11:00:00Z fill AAA-USDT sell 2 @ 101 fee 0 USDT
2026-01-12T09:00:00Z plan AAA-USDT long
  enter 1 @ 100
2026-01-12T10:00:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT
2026-01-12T10:30:00Z fill AAA-USDT buy 1 @ 110 fee 0 USDT
2026-01-12T11:00:00Z fill AAA-USDT sell 2 @ 101 fee 0 USDT
2026-01-13T09:00:00Z plan AAA-USDT long
  enter 1 @ 100
2026-01-13T10:00:00Z fill AAA-USDT buy 1 @ 100
2026-01-13T11:00:00Z fill AAA-USDT sell 1 @ 101 fee 0 USDT
"""


def judged(text: str = HEAD + FIVE) -> Judgement:
    return judge(book_of(text), (plan101, scale302, log802))


def whole(judgement: Judgement) -> Standing:
    rolled = roll_up(judgement)
    (found,) = standings(judgement, rolled, np.zeros(len(rolled), np.int64), 1)
    return found


def test_the_score_weighs_by_severity_and_leaves_log_rules_out() -> None:
    found = whole(judged())
    # PLAN101: 3 kept, 2 broken at 10; SCALE302: T3 kept, T4 broken at 3; LOG802: 4 kept, 1 broken
    assert (found.kept, found.broken, found.unknown) == (8, 4, 0)
    assert found.not_applicable == 3
    assert found.adherence == 8 / 12
    assert found.interval == wilson(8, 12)
    assert found.coverage == 1
    assert found.score == pytest.approx(100 * (1 - (2 * 10 + 3) / (5 * 10 + 2 * 3)))
    assert found.trades == 5


def test_the_weights_are_those_of_the_policy_in_force() -> None:
    lenient = "2026-01-06T00:00:00Z policy\n  PLAN101 minor\n"
    # T1 was opened before: it still weighs 10; T2 weighs 1, as the three kept ones do
    score = 100 * (1 - (10 + 1 + 3) / (10 + 1 + 3 + 3 + 3))
    assert whole(judged(HEAD + lenient + FIVE)).score == pytest.approx(score)


def test_four_trades_are_too_few_for_a_score() -> None:
    four = whole(judged(HEAD + "".join(FIVE.partition("2026-01-13")[:1])))
    assert (four.trades, four.score) == (4, None)


def test_clean_and_planned_trades_and_efficiency() -> None:
    judgement = judged()
    found = discipline(judgement, roll_up(judgement))
    assert (found.clean.part, found.clean.whole, found.clean.share) == (2, 5, 0.4)
    assert (found.planned.part, found.planned.whole) == (3, 5)
    # three rules broken in five trades
    assert (found.mistakes, found.efficiency) == (3, pytest.approx(0.4))
    breached = breached_trades(judgement, roll_up(judgement))
    assert breached.tolist() == [True, True, False, True, False]


def test_plans_that_never_traded_are_no_trades() -> None:
    alone = "2026-01-02T09:00:00Z plan BBB-USDT long\n  enter 1 @ 100\n"
    judgement = judge(book_of(HEAD + alone + FIVE), (plan101, scale302, plan103))
    # PLAN103: nothing but entries is planned, in three trades and in the plan that waits
    rolled = roll_up(judgement)
    assert (whole(judgement).broken, whole(judgement).trades) == (3 + 4, 5)
    found = discipline(judgement, rolled)
    assert (found.clean.part, found.clean.whole, found.mistakes) == (0, 5, 6)
    assert breached_trades(judgement, rolled).tolist() == [True] * 5


def test_a_trade_whose_opening_is_not_known_is_neither_planned_nor_unplanned() -> None:
    sold = (
        "2026-01-21T10:00:00Z fill CCC-USDT buy 1 @ 100 fee 0 USDT\n"
        "2026-01-21T10:00:01Z fill CCC-USDT sell 2 @ 100 fee 0 USDT\n"
    )
    text = HEAD + "  equity 1000\n" + FIVE + sold
    judgement = judge(book_of(text), (plan101, scale302, log802, risk205))
    found = discipline(judgement, roll_up(judgement))
    # its one entry was judged, by the day's loss limit
    assert found.clean.whole == 6
    assert (found.planned.part, found.planned.whole) == (3, 5)


def test_efficiency_never_falls_below_nothing() -> None:
    fills = [line for line in FIVE.splitlines() if " fill " in line]
    text = HEAD + "\n".join(fills).replace("buy 1 @ 95", "buy 1 @ 105") + "\n"
    judgement = judged(text)
    found = discipline(judgement, roll_up(judgement))
    # five without a plan, two of them with an add
    assert (found.mistakes, found.efficiency) == (7, 0)


def test_a_part_of_the_rules_or_of_the_time() -> None:
    judgement = judged()
    (only,) = standings(
        judgement, own := roll_up(judgement).of({"SCALE302"}), np.zeros(len(own), np.int64), 1
    )
    assert (only.kept, only.broken, only.trades) == (1, 1, 2)
    later = discipline(judgement, roll_up(judgement, Period(trades=frozenset({3, 4}))))
    assert (later.clean.part, later.clean.whole, later.clean.share) == (1, 2, None)
