"""The worked numbers of plans: allocation, risk, break-even, costs and verdicts."""

from __future__ import annotations

from fractions import Fraction

import pytest

from journal.domain.instrument import Kind
from journal.domain.notation import parse
from reference.engine import Reckoning, reckon
from reference.liquidations import unsafe_if_skipped, version_runs
from reference.risk import break_even_price

HEAD = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.10%
2026-01-01T00:00Z instrument X
  kind       linear
  base       X
  quote      USDT
  multiplier 1
2026-01-01T00:00Z instrument Y
  kind       linear
  base       Y
  quote      USDT
  multiplier 1
"""

LADDER_A = """\
2026-01-05T10:00:00Z plan X long
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  max          900 USDT
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
"""

THREE = """\
2026-01-05T10:00:00Z plan X long
  enter        40 @ 100
  enter        30 @ 97
  enter        30 @ 94
  invalidation 90
  exit         45 @ 106
  exit         rest @ 110
  leverage     {leverage}
"""


def journal(*texts: str) -> Reckoning:
    return reckon(parse(HEAD + "".join(texts)))


def close(value: Fraction | None, text: str) -> bool:
    """Whether a figure rounds to the printed one."""
    assert value is not None
    places = len(text.partition(".")[2])
    return abs(value - Fraction(text)) <= Fraction(1, 2 * 10**places)


def test_planned_risk_of_ladder_a() -> None:
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 3 @ 100 fee 0.3 USDT\n")
    # 36 + 25 + 13.043478 at the invalidation, fees in 0.9, fees out 0.825957, slippage 0.412978
    assert close(found.results[0].planned_risk, "76.182413")
    assert found.filled_risk(0) == Fraction("36.696")  # 36 + 0.3 + 0.264 + 0.132


def test_r_is_net_result_over_planned_risk() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100 fee 0 USDT
2026-01-05T12:00:00Z fill X sell 3 @ 110 fee 0 USDT
""",
    )
    assert found.results[0].r_multiple == 30 / (found.results[0].planned_risk or 0)
    assert close(found.results[0].r_multiple, "0.39379")  # 30 / 76.182413


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
    assert (added.tranches, added.unplanned, added.unplanned_class) == ([], 20, "unmatched")
    assert found.verdict("SCALE301", 3, 1) == "broken"
    # 20 x (95.5 - 104.5) + 1.91 + 20 x 104.5 x 0.1 %
    assert found.cost("SCALE301", 3, 1) == -176
    # 90 sold for 9405, bought for 8820, fees 18.225
    assert found.results[0].net == Fraction("566.775")
    # 40 x 10 + 30 x 7 + 30 x 4 = 730; fees in 9.73, out 9, slippage 4.5
    assert found.results[0].planned_risk == Fraction("753.23")
    assert close(found.results[0].r_multiple, "0.75246")


@pytest.mark.parametrize(
    ("sign", "expected"), [(1, "100.2002"), (-1, "99.8002")], ids=["long", "short"]
)
def test_break_even_at_a_tenth_of_a_percent(sign: int, expected: str) -> None:
    rate = Fraction("0.001")
    assert close(break_even_price(Kind.LINEAR, sign, Fraction(100), rate, rate), expected)


def test_liquidation_table() -> None:
    def broken(leverage: int) -> list[tuple[tuple[int, ...], str, str]]:
        found = journal(THREE.format(leverage=leverage))
        runs = version_runs(
            found.timeline, found.plans[0].versions[0], found.plans[0].versions[0].at
        )
        return [
            (run.tranches, f"{float(run.liquidation):.2f}", str(run.next_level))
            for run in runs or []
            if run.broken
        ]

    # average of 40 @ 100 and 30 @ 97 is 98.714; of all three 97.3
    assert broken(20) == [((1, 2), "94.27", "94"), ((1, 2, 3), "92.92", "90")]
    assert broken(15) == [((1, 2, 3), "91.30", "90")]
    assert broken(10) == []
    found = journal(THREE.format(leverage=10))
    version = found.plans[0].versions[0]
    runs = version_runs(found.timeline, version, version.at) or []
    assert f"{float(runs[-1].liquidation):.2f}" == "88.06"
    unsafe = unsafe_if_skipped(found.timeline, version)
    assert [(run.tranches, run.liquidation) for run in unsafe] == [((1,), Fraction("90.5"))]


def test_skips_are_judged_when_they_are_written() -> None:
    found = journal(
        THREE.format(leverage=10),
        """\
2026-01-05T11:00:00Z fill X buy 40 @ 100
2026-01-05T12:00:00Z skip X tranche 2 "no"
2026-01-05T13:00:00Z skip X tranche 3 "no"
""",
    )
    assert found.verdict("RISK202", 1, 1) == "kept"
    assert found.verdict("RISK202", "skip", 1) == "kept"  # 90.50 lies beyond tranche 3 @ 94
    assert found.verdict("RISK202", "skip", 2) == "broken"  # but not beyond 90
    assert found.verdict("RISK202", 1, 1) == "kept"
    assert found.verdict("RISK202", 2, 1) == "n/a"


@pytest.mark.parametrize(
    ("price", "tranches", "why"),
    [("95.5", [], "unmatched"), ("94.9", [(3, 10)], None)],
    ids=["1.60 % worse", "0.96 % worse"],
)
def test_only_a_price_near_enough_matches(
    price: str, tranches: list[tuple[int, int]], why: str | None
) -> None:
    found = journal(
        THREE.format(leverage=1),
        f"""\
2026-01-05T11:00:00Z fill X buy 40 @ 100
2026-01-05T12:00:00Z fill X buy 30 @ 96
2026-01-05T13:00:00Z fill X buy 10 @ {price}
""",
    )
    assert found.parts[2].tranches == tranches
    assert found.parts[2].unplanned_class == why


def test_money_tranches_are_full_by_units_or_by_money() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3.02 @ 100
2026-01-05T12:00:00Z fill X buy 3.157894 @ 95
2026-01-05T13:00:00Z fill X sell 1 @ 105
""",
    )
    assert found.parts[1].tranches == [(2, Fraction("3.157894"))]
    assert found.parts[1].unplanned == 0
    assert found.states(0) == {1: "filled", 2: "filled", 3: "open"}


def test_a_short_is_filled_by_its_money() -> None:
    plan = """\
2026-01-05T10:00:00Z plan X short
  enter        300 USDT @ 96
  enter        300 USDT @ 100
  invalidation 104
  exit         rest @ 80
"""
    # 3.092 units are 0.9894 of 3.125 but 299.92 of 300 USDT: nothing more goes in.
    found = journal(
        plan,
        """\
2026-01-05T11:00:00Z fill X sell 3.092 @ 97
2026-01-05T12:00:00Z fill X sell 0.03 @ 97
""",
    )
    assert found.states(0) == {1: "filled", 2: "open"}
    assert found.parts[1].unplanned_class == "unmatched"
    assert found.verdict("SCALE301", 2, 1) == "kept"  # at the average, not above it: SCALE302


def test_surplus_flows_to_the_next_candidate_and_the_rest_is_excess() -> None:
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 10 @ 91\n")
    units2, units3 = Fraction(300, 91), Fraction(300, 91)
    # Nearest first: 92 by its money at 91, then 96, then 3 @ 100.
    assert found.parts[0].tranches == [(3, units3), (2, units2), (1, 3)]
    assert found.parts[0].unplanned == 10 - units2 - units3 - 3
    assert found.parts[0].unplanned_class == "excess"


def test_a_named_tranche_wins_and_its_surplus_does_not_flow_on() -> None:
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 4 @ 91 tranche 1\n")
    assert found.parts[0].tranches == [(1, 3)]
    assert (found.parts[0].unplanned, found.parts[0].unplanned_class) == (1, "excess")


def test_a_chased_entry_takes_the_nearest_tranche() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 105
2026-01-05T12:00:00Z fill X buy 3 @ 105
""",
    )
    assert found.parts[0].tranches == [(1, 3)]
    assert found.parts[1].unplanned_class == "unmatched"


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


def test_exits_take_their_share_of_what_was_entered() -> None:
    entries = """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X buy 3.125 @ 96
"""
    oversized = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 4 @ 110\n")
    half = Fraction("3.0625")
    assert oversized.parts[2].exits == [(1, half, "target"), (None, 4 - half, "excess")]
    everything = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 6.125 @ 130\n")
    assert everything.parts[2].exits == [(1, half, "target"), (2, half, "target")]
    early = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 1 @ 105\n")
    assert early.parts[2].exits == [(None, 1, "early")]


@pytest.mark.parametrize(
    ("price", "kind"), [("88.176", "protective"), ("88.177", "early"), ("70", "protective")]
)
def test_the_invalidation_and_a_gap_through_it_are_protective(price: str, kind: str) -> None:
    found = journal(
        LADDER_A,
        f"2026-01-05T11:00:00Z fill X buy 3 @ 100\n2026-01-06T11:00:00Z fill X sell 3 @ {price}\n",
    )
    assert found.parts[1].exits == [(None, 3, kind)]


@pytest.mark.parametrize(
    ("price", "kind"), [("110.9", "protective"), ("111.222", "protective"), ("111.3", "early")]
)
def test_a_stop_that_was_moved_up_is_protective(price: str, kind: str) -> None:
    found = journal(
        LADDER_A.replace("exit         50% @ 110\n", "").replace("120", "130"),
        "2026-01-05T11:00:00Z fill X buy 3 @ 100\n2026-01-06T10:00:00Z stop X 111\n"
        f"2026-01-06T11:00:00Z fill X sell 3 @ {price}\n",
    )
    assert found.parts[1].exits == [(None, 3, kind)]


@pytest.mark.parametrize(
    ("price", "kind"), [("113.49", "trail"), ("113.491", "unknown")], ids=["at", "above"]
)
def test_a_trail_gives_back_its_fraction_of_the_best_price(price: str, kind: str) -> None:
    plan = LADDER_A.replace("exit         rest @ 120", "trail        3% after exit 1")
    found = journal(
        plan,
        f"""\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-06T11:00:00Z fill X sell 1.5 @ 111
2026-01-06T12:00:00Z price X 117
2026-01-07T11:00:00Z fill X sell 1.5 @ {price}
""",
    )
    assert found.parts[2].exits[0][2] == kind  # 117 x 0.97 = 113.49


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
        ("", "unknown"),
        ("2026-01-06T11:14:59Z fill X sell 2.991 @ 111\n", "n/a"),
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
    assert (late.parts[0].unplanned, late.parts[0].unplanned_class) == (3, "before plan")
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


def test_each_fill_is_judged_by_the_version_in_force() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X buy 1 @ 90
2026-01-05T13:00:00Z amend X
  enter 6 @ 100
  enter 1 @ 90
2026-01-05T14:00:00Z fill X buy 3 @ 100
2026-01-05T15:00:00Z fill X buy 1 @ 89
""",
    )
    assert [part.version.number for part in found.parts if part.version] == [1, 1, 2, 2]
    # What was used carries over by number: tranche 1 has half its room left, tranche 2 all of it.
    assert [part.tranches for part in found.parts] == [[(1, 3)], [(3, 1)], [(1, 3)], [(2, 1)]]


def test_skipped_and_lapsed_tranches_take_nothing() -> None:
    skipped = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z skip X tranche 2 "no"
2026-01-05T13:00:00Z fill X buy 1 @ 96
""",
    )
    assert skipped.parts[1].unplanned_class == "unmatched"
    assert skipped.verdict("SCALE301", 2, 1) == "broken"
    assert skipped.states(0) == {1: "filled", 2: "skipped", 3: "open"}
    until_exit = journal(
        LADDER_A + "  enter        until exit 1\n",
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X sell 1 @ 110
2026-01-05T13:00:00Z fill X buy 3 @ 96
""",
    )
    assert until_exit.parts[2].tranches == []


def test_a_deeper_fill_proves_that_the_shallower_tranche_was_reached() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X buy 3.2608 @ 92 tranche 3
2026-01-05T13:00:00Z fill X sell 6.2608 @ 120
""",
    )
    assert found.states(0) == {1: "filled", 2: "missed", 3: "filled"}
    touched = journal(
        LADDER_A,
        "2026-01-05T11:00:00Z fill X buy 3 @ 100\n2026-01-05T13:00:00Z fill X sell 3 @ 96\n",
    )
    assert touched.states(0) == {1: "filled", 2: "unfilled", 3: "unfilled"}


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
    assert with_plan.parts[2].tranches == [(1, 3)]
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
    assert journal(plan.format(last=108)).verdict("PLAN105", 1, 1) == "broken"
    assert journal(plan.format(last="107.99")).verdict("PLAN105", 1, 1) == "kept"
