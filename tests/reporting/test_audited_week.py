"""A second week worked by hand: contracts sold short with funding, two accounts, an amended plan.

The first account's clock is Tokyo's, where a day begins at 15:00 UTC the day before. Taker fees
are 0.05 % in USDT and 0.02 % in USD, slippage is taken as 0.1 % of what is left at an invalidation.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from worked_week import judged

from journal.book.statistics import wilson
from journal.reporting.closed import closed_frame
from journal.reporting.report import Report
from journal.reporting.scaling_frames import comparisons_frame, depth_frame, gaps_frame
from journal.reporting.sections import week
from journal.usecases.review import Asked, report

NOW = datetime(2026, 3, 10, tzinfo=UTC)
AUDITED = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.05%
  timezone Asia/Tokyo
2026-01-01T00:00Z account us
  currency USD
  equity   5000
  fees     taker 0.02%
2026-01-01T00:00Z policy
  slippage 0.001
2026-01-01T00:00Z instrument BTC-USDT-SWAP
  kind linear
  base BTC
  quote USDT
  multiplier 0.01

2026-03-02T08:00Z plan BTC-USDT long as amended  #base
  enter        2 @ 100
  enter        2 @ 96
  enter        2 @ 92
  invalidation 88
  stop         88
  exit         50% @ 110
  exit         rest @ 120
2026-03-02T09:00Z fill BTC-USDT buy 2 @ 100 fee 0.1 USDT
2026-03-02T15:00Z fill BTC-USDT buy 2 @ 96.5 fee 0.0965 USDT
2026-03-03T08:00Z amend BTC-USDT "wider"
  invalidation 86
2026-03-03T10:00Z plan BTC-USDT-SWAP short as fade  #fade
  enter        300 contracts @ 100
  enter        300 contracts @ 104
  invalidation 110
  stop         110
  exit         50% @ 94
  exit         rest @ 90
2026-03-03T12:00Z fill BTC-USDT-SWAP sell 300 contracts @ 100 fee 0.15 USDT
2026-03-03T16:00Z funding BTC-USDT-SWAP -0.5 USDT
2026-03-03T18:00Z fill BTC-USDT-SWAP sell 300 contracts @ 104.1 fee 0.15615 USDT
2026-03-04T10:00Z fill BTC-USDT sell 2 @ 110 fee 0.11 USDT
2026-03-04T11:00Z fill BTC-USDT-SWAP buy 300 contracts @ 94 fee 0.141 USDT
2026-03-04T15:30Z fill BTC-USDT sell 2 @ 93 fee 0.093 USDT
2026-03-04T16:00Z funding BTC-USDT-SWAP 0.2 USDT
2026-03-05T08:00Z fill BTC-USDT-SWAP buy 300 contracts @ 89.5 fee 0.13425 USDT
2026-03-05T14:00Z fill AAPL buy 10 @ 20 fee 0.04 USD account us
2026-03-05T14:30Z fill AAPL buy 10 @ 19 fee 0.038 USD account us
2026-03-05T16:00Z fill AAPL sell 20 @ 18 fee 0.072 USD account us
2026-03-06T13:00Z plan MSFT short as gap account us  #fade
  enter        5 @ 40
  enter        5 @ 42
  invalidation 44
  stop         44
  exit         rest @ 34
2026-03-06T15:00Z fill MSFT sell 5 @ 40 fee 0.04 USD account us
2026-03-06T16:00Z fill MSFT sell 5 @ 42 fee 0.042 USD account us
2026-03-06T18:00Z fill MSFT buy 10 @ 44.05 fee 0.0881 USD account us
2026-03-07T08:00Z plan ETH-USDT long as held  #base
  enter        1 @ 50
  enter        1 @ 48
  invalidation 45
  stop         45
  exit         50% @ 55
  exit         rest @ 60
2026-03-07T09:00Z fill ETH-USDT buy 1 @ 50 fee 0.025 USDT
2026-03-08T20:00Z fill ETH-USDT sell 0.5 @ 55 fee 0.01375 USDT
"""


@pytest.fixture(scope="module")
def found() -> Report:
    return report(judged(AUDITED, NOW), Asked(week="2026-W10"))


def test_results_in_money_and_r(found: Report) -> None:
    """Net of each trade over the risk that its plan froze.

    BTC: 220 + 186 - 200 - 193 - 0.3995 of fees = 12.6005; risk 2 x (12 + 8 + 4) = 48, fees on 576
    and on 6 x 88 0.552, slippage 0.528: 49.08, which widening the invalidation does not move.
    The swap, 0.01 BTC a contract: 612.3 - 550.5 - 0.5814 - 0.3 of funding = 60.9186; risk 3 x
    (10 + 6) = 48, fees on 612 and 660 0.636, slippage 0.66: 49.296.
    AAPL: 360 - 390 - 0.15 = -30.15, without a plan. MSFT: 410 - 440.5 - 0.1701 = -30.6701; risk
    5 x (4 + 2) = 30, fees on 410 and 440 0.17, slippage 0.44: 30.61.
    """
    closed = closed_frame(found, found.period)
    assert closed["net"].tolist() == pytest.approx([12.6005, 60.9186, -30.15, -30.6701])
    assert closed["r"].tolist() == pytest.approx(
        [12.6005 / 49.08, 60.9186 / 49.296, float("nan"), -30.6701 / 30.61], nan_ok=True
    )


def test_days_are_tokyos(found: Report) -> None:
    """The 4th: half of BTC at 110, half of the swap at 94, and -0.5 of funding booked at 01:00.

    2 x (110 - 98.25) - 0.11 - 0.09825 = 23.29175; 3 x (102.05 - 94) - 0.141 - 0.153075 =
    23.855925. The 5th: 2 x (93 - 98.25) - 0.093 - 0.09825 = -10.69125, sold at 00:30; 3 x (102.05
    - 89.5) - 0.13425 - 0.153075 = 37.362675, and 0.2. What ETH made is of the 9th.
    """
    usd, usdt = found.review.blocks
    assert [(day.day.day, day.net_pnl) for day in usdt.days] == [
        (4, pytest.approx(23.29175 + 23.855925 - 0.5)),
        (5, pytest.approx(-10.69125 + 37.362675 + 0.2)),
    ]
    assert [(day.day.day, day.net_pnl) for day in usd.days] == [
        (6, pytest.approx(-30.15)),
        (7, pytest.approx(-30.6701)),
    ]


def test_adherence_and_what_breaches_cost(found: Report) -> None:
    """Three breaches are AAPL's: PLAN101, SCALE301 and STOP503; the others are BTC's.

    AAPL's first 10 lost 2 and 0.076 of fees, the second 10 lost 1 and 0.074: 20.076 + 10.074.
    BTC's tranche 2 was 2 x 0.5 too dear.
    """
    assert sorted(each.code for each in found.review.violations) == [
        "COST603",
        "EXIT403",
        "PLAN101",
        "PLAN104",
        "SCALE301",
        "SCALE305",
        "STOP503",
    ]
    usd, usdt = found.review.blocks
    assert (usd.indiscipline, usdt.indiscipline) == pytest.approx((20.076 + 10.074, 1.0))
    counts = found.review.adherence
    assert counts.broken == 7
    assert counts.interval == wilson(counts.kept, counts.kept + 7)
    assert week.paragraph(found).startswith(
        "5 trades, 4 closed, 2 of them with a profit. 3 of 5 without a breach. "
    )


def test_scaling(found: Report) -> None:
    """All-in at tranche 1 for the same risk, of which a unit has its distance and its costs.

    BTC: 49.08 / 12.182 units make 2.7985 / 2 each, 5.6374 against 12.6005: 6.9631, 0.1419 R.
    The swap: 49.296 / 10.215 make 24.462375 / 3 each, 39.3505 against 61.2186: 0.4436 R.
    MSFT: 30.61 / 4.0608 make -20.33405 / 5 each, -30.6553 against -30.6701: -0.0005 R.
    Out, against the first exit: BTC 405.797 - 439.78 = -0.6924 R; the swap 13.50675 = 0.2740 R.
    """
    frame = comparisons_frame(found.scaling)
    mean = frame[frame["by"] == "all"].set_index("comparison")["mean_r"]
    assert mean["scale_in"] == pytest.approx((0.141872 + 0.443607 - 0.000483) / 3, abs=1e-6)
    assert mean["against_first"] == pytest.approx((-0.6924 + 0.273993) / 2, abs=1e-6)
    assert mean["against_last"] == pytest.approx((0.6924 - 0.273993) / 2, abs=1e-6)


def test_tranches_and_their_spacing(found: Report) -> None:
    """Tranche 2 made 9.802 / 49.08, 36.756225 / 49.296 and -10.33605 / 30.61 of its trade's risk.

    Gaps: 4 of 100 planned twice and 2 of 40; bought 3.5 and 4.1 of 100, and 2 of 40, after 6
    hours twice and one: the median is 360 minutes.
    """
    depth = depth_frame(found.scaling).set_index("number")
    assert depth["filled"].tolist() == [3, 3, 0]
    made = (9.802 / 49.08 + 36.756225 / 49.296 - 10.33605 / 30.61) / 3
    assert depth["mean_r"][2] == pytest.approx(made)
    gap = gaps_frame(found.scaling).set_index("number").loc[2]
    assert gap["planned_fraction"] == pytest.approx((0.04 + 0.04 + 0.05) / 3)
    assert gap["actual_fraction"] == pytest.approx((0.035 + 0.041 + 0.05) / 3)
    assert gap["minutes"] == 360
