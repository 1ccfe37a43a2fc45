"""Plans bound, judged and charged: verdicts and costs by hand."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reference.ladders import LADDER_A, THREE, close, entry, journal, taken


def test_the_unplanned_slice_of_the_scaled_ladder() -> None:
    found = journal(
        THREE.format(leverage=1).replace("2026-01-05T10", "2026-01-05T09"),
        """\
2026-01-05T11:00:00Z fill X buy 40 @ 100 fee 4 USDT
2026-01-05T12:00:00Z fill X buy 30 @ 97 fee 2.91 USDT
2026-01-05T12:30:00Z fill X buy 20 @ 95.5 fee 1.91 USDT
2026-01-06T12:00:00Z fill X sell 45 @ 106 fee 4.77 USDT
2026-01-07T12:00:00Z fill X sell 45 @ 103 fee 4.635 USDT
""",
    )
    added = found.parts[2]
    assert entry(added) == ([], 20, "unmatched")
    assert found.verdict("SCALE301", 3, 1) == "broken"
    # 20 x (95.5 - 104.5) + 1.91 + 20 x 104.5 x 0.1 %
    assert found.cost("SCALE301", 3, 1) == -176
    # 90 sold for 9405, bought for 8820, fees 18.225
    assert found.results[0].net == Fraction("566.775")
    # 40 x 10 + 30 x 7 + 30 x 4 = 730; fees in 9.73, out 9, slippage 4.5
    assert found.results[0].planned_risk == Fraction("753.23")
    assert close(found.results[0].r_multiple, "0.75246")


def test_a_group_of_partial_fills_is_no_add_to_itself() -> None:
    found = journal(
        """\
2026-01-05T11:00:00Z fill X buy 1 @ 100.00 order 7
2026-01-05T11:00:01Z fill X buy 1 @ 99.99 order 7
2026-01-05T11:00:02Z fill X buy 1 @ 99.98 order 7
2026-01-05T11:00:02Z fill X buy 1 @ 99.97
""",
    )
    assert [found.verdict("SCALE301", n, 1) for n in (1, 2, 3, 4)] == ["n/a"] * 3 + ["broken"]
    assert found.verdict("PLAN101", 1, 1) == "broken"


def test_planned_entry_after_a_scale_out_is_kept_and_a_buy_back_is_not() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100 fee 0 USDT
2026-01-06T11:00:00Z fill X sell 1.5 @ 110 fee 0 USDT
2026-01-07T11:00:00Z fill X buy 3.125 @ 96 fee 0 USDT
2026-01-07T12:00:00Z fill X buy 2 @ 112 fee 0 USDT
2026-01-08T11:00:00Z fill X sell 6.625 @ 105 fee 0 USDT
""",
    )
    assert found.verdict("EXIT401", 1, 1) == "n/a"
    assert found.verdict("EXIT401", 3, 1) == "kept"
    assert found.verdict("EXIT401", 4, 1) == "broken"
    assert found.cost("EXIT401", 4, 1) == Fraction("10.5")  # 1.5 sold before, 7 a unit


def test_each_unit_is_owned_once() -> None:
    found = journal(
        """\
2026-01-05T11:00:00Z fill X buy 4 @ 100 fee 0 USDT
2026-01-06T11:00:00Z fill X sell 1 @ 110 fee 0 USDT
2026-01-07T11:00:00Z fill X buy 3 @ 90 fee 0 USDT
2026-01-08T11:00:00Z fill X sell 6 @ 80 fee 0 USDT
""",
    )
    assert found.cost("EXIT401", 3, 1) == 10  # 1 of the 3 units had been sold
    assert found.cost("SCALE301", 3, 1) == 20  # the other 2
    assert found.cost("PLAN101", 1, 1) == 4 * (100 - Fraction(590, 7))


STOPS = LADDER_A + "  breakeven    after exit 1\n"
SCALED_OUT = """\
2026-01-05T11:00:00Z fill X buy 3 @ 100 fee 0.3 USDT
2026-01-06T11:00:00Z fill X sell 0.009 @ 110
"""


@pytest.mark.parametrize(
    ("stop", "expected"),
    [
        ("2026-01-06T11:15:00Z stop X 100\n", "kept"),  # 100.2002 - 0.2004 = 99.9998
        ("2026-01-06T11:15:00Z stop X 99.9\n", "broken"),
        ("2026-01-06T11:15:01Z stop X 101\n", "broken"),
        ("2026-01-06T11:05:00Z stop X 101\n2026-01-06T11:06:00Z stop X none\n", "broken"),
        ("2026-01-06T11:15:00Z stop X 101 recorded 2026-01-07T11:15:01Z\n", "unknown"),
        ("2026-01-06T11:15:00Z stop X 101 recorded 2026-01-07T11:15:00Z\n", "kept"),
        ("", "unknown"),
        ("2026-01-06T11:15:00Z fill X sell 2.991 @ 111\n", "n/a"),
    ],
)
def test_stop_at_break_even_by_the_deadline(stop: str, expected: str) -> None:
    found = journal(STOPS, SCALED_OUT, stop)
    assert found.verdict("STOP501", 1, 1) == expected


def test_the_cost_of_a_stop_left_behind() -> None:
    found = journal(
        STOPS,
        SCALED_OUT,
        "2026-01-06T11:05:00Z stop X 95\n2026-01-07T11:00:00Z fill X sell 2.991 @ 95\n",
    )
    assert found.cost("STOP501", 1, 1) == (Fraction("100.1") / Fraction("0.999") - 95) * Fraction(
        "2.991"
    )


def test_late_cancelled_expired_and_completed_plans() -> None:
    late = journal(
        "2026-01-05T09:00:00Z fill X buy 3 @ 100\n",
        LADDER_A,
        "2026-01-05T11:00:00Z fill X buy 3 @ 96\n",
    )
    assert late.trades[0].is_late
    assert late.verdict("PLAN101", 1, 1) == "n/a"
    assert entry(late.parts[0]) == ([(1, 3)], 3, "before plan")
    assert late.states(0) == {1: "filled", 2: "partial", 3: "open"}
    cancelled = journal(
        LADDER_A,
        "2026-01-05T10:30:00Z cancel X\n2026-01-05T11:00:00Z fill X buy 3 @ 100\n",
    )
    assert cancelled.verdict("PLAN101", 1, 1) == "broken"
    expired = journal(
        LADDER_A + "  until        2026-01-05T10:59:59Z\n",
        "2026-01-05T11:00:00Z fill X buy 3 @ 100\n",
    )
    assert expired.verdict("PLAN101", 1, 1) == "broken"
    completed = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X sell 3 @ 88
2026-01-05T13:00:00Z fill X buy 3.125 @ 96
""",
    )
    assert [completed.verdict("PLAN101", n, 1) for n in (1, 3)] == ["kept", "broken"]


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("2026-01-05T11:00:05Z", "kept"),
        ("2026-01-05T11:00:06Z", "n/a"),
        ("2026-01-05T09:00:00Z recorded 2026-01-05T11:00:06Z", "n/a"),
        ("2026-01-05T09:00:00Z recorded 2026-01-05T11:00:05Z", "kept"),
    ],
    ids=["in the slack", "after it", "recorded after it", "recorded in the slack"],
)
def test_clocks_may_differ_by_five_seconds(written: str, verdict: str) -> None:
    time, _, recorded = written.partition(" ")
    plan = LADDER_A.replace("2026-01-05T10:00:00Z plan X long", f"{time} plan X long {recorded}")
    found = journal(plan.rstrip() + "\n", "2026-01-05T11:00:00Z fill X buy 3 @ 100\n")
    assert found.verdict("PLAN101", 1, 1) == verdict


def test_a_minute_on_the_fill_allows_a_minute() -> None:
    plan = LADDER_A.replace("10:00:00Z", "14:00:20Z")
    found = journal(plan, "2026-01-05T14:00Z fill X buy 3 @ 100\n")
    assert found.verdict("PLAN101", 1, 1) == "kept"


def test_a_flip_binds_the_plan_of_the_other_side() -> None:
    short = """\
2026-01-05T10:00:01Z plan X short
  enter        3 @ 110
  invalidation 120
  exit         rest @ 90
"""
    fills = """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X sell 6 @ 110
"""
    with_plan = journal(LADDER_A, short, fills)
    assert with_plan.verdict("PLAN101", 2, 2) == "kept"
    assert taken(with_plan.parts[2]) == [(1, 3)]
    assert journal(LADDER_A, fills).verdict("PLAN101", 2, 2) == "broken"


def test_trades_from_before_the_journal_are_not_judged() -> None:
    text = "2025-12-31T23:59:59Z fill X buy 3 @ 100\n2026-01-05T12:00:00Z fill X buy 3 @ 90\n"
    assert journal(text).verdicts == []


def test_a_tranche_at_the_invalidation_is_past_it() -> None:
    plan = """\
2026-01-05T10:00:00Z plan X short
  enter        1 @ 100
  enter        1 @ 104
  enter        1 @ {last}
  invalidation 108
  exit         rest @ 90
"""
    assert journal(plan.format(last=108)).verdict("PLAN105", "plan", 1, 1) == "broken"
    assert journal(plan.format(last="107.99")).verdict("PLAN105", "plan", 1, 1) == "kept"


def test_excess_of_a_tranche_is_no_averaging_down() -> None:
    found = journal(
        LADDER_A,
        "2026-01-05T11:00:00Z fill X buy 1 @ 100\n2026-01-05T12:00:00Z fill X buy 4 @ 99.5\n",
    )
    assert entry(found.parts[1]) == ([(1, 2)], 2, "excess")
    assert found.verdict("SCALE301", 2, 1) == "kept"
