"""Fills to tranches and exits, each with its hand computation."""

from __future__ import annotations

from fractions import Fraction

import pytest

from reference.ladders import LADDER_A, THREE, entry, journal, left, taken


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
    assert taken(found.parts[2]) == tranches
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
    assert taken(found.parts[1]) == [(2, Fraction("3.157894"))]
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
    assert taken(found.parts[0]) == [(3, units3), (2, units2), (1, 3)]
    assert found.parts[0].unplanned == 10 - units2 - units3 - 3
    assert found.parts[0].unplanned_class == "excess"


def test_a_named_tranche_wins_and_its_surplus_does_not_flow_on() -> None:
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 4 @ 91 tranche 1\n")
    assert taken(found.parts[0]) == [(1, 3)]
    assert entry(found.parts[0]) == ([(1, 3)], 1, "excess")


def test_a_chased_entry_takes_the_nearest_tranche() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 105
2026-01-05T12:00:00Z fill X buy 3 @ 105
""",
    )
    assert taken(found.parts[0]) == [(1, 3)]
    assert found.parts[1].unplanned_class == "unmatched"


def test_exits_take_their_share_of_what_was_entered() -> None:
    entries = """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-05T12:00:00Z fill X buy 3.125 @ 96
"""
    oversized = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 4 @ 110\n")
    half = Fraction("3.0625")
    assert left(oversized.parts[2]) == [(1, half, "target"), (None, 4 - half, "excess")]
    everything = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 6.125 @ 130\n")
    assert left(everything.parts[2]) == [(1, half, "target"), (2, half, "target")]
    early = journal(LADDER_A, entries, "2026-01-06T10:00:00Z fill X sell 1 @ 105\n")
    assert left(early.parts[2]) == [(None, 1, "early")]


@pytest.mark.parametrize(
    ("price", "kind"), [("88.176", "protective"), ("88.177", "early"), ("70", "protective")]
)
def test_the_invalidation_and_a_gap_through_it_are_protective(price: str, kind: str) -> None:
    found = journal(
        LADDER_A,
        f"2026-01-05T11:00:00Z fill X buy 3 @ 100\n2026-01-06T11:00:00Z fill X sell 3 @ {price}\n",
    )
    assert left(found.parts[1]) == [(None, 3, kind)]


@pytest.mark.parametrize(
    ("price", "kind"), [("110.9", "protective"), ("111.222", "protective"), ("111.3", "early")]
)
def test_a_stop_that_was_moved_up_is_protective(price: str, kind: str) -> None:
    found = journal(
        LADDER_A.replace("exit         50% @ 110\n", "").replace("120", "130"),
        "2026-01-05T11:00:00Z fill X buy 3 @ 100\n2026-01-06T10:00:00Z stop X 111\n"
        f"2026-01-06T11:00:00Z fill X sell 3 @ {price}\n",
    )
    assert left(found.parts[1]) == [(None, 3, kind)]


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
    assert [taken(part) for part in found.parts] == [[(1, 3)], [(3, 1)], [(1, 3)], [(2, 1)]]


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
    assert taken(until_exit.parts[2]) == []


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


def test_rounding_up_within_a_hundredth_is_planned() -> None:
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 3.03 @ 100\n")
    assert entry(found.parts[0]) == ([(1, Fraction("3.03"))], 0, None)
    found = journal(LADDER_A, "2026-01-05T11:00:00Z fill X buy 3.031 @ 100\n")
    assert entry(found.parts[0]) == ([(1, 3)], Fraction("0.031"), "excess")


def test_of_two_tranches_as_near_the_one_met_first_is_filled() -> None:
    plan = LADDER_A.replace("300 USDT @ 96", "3 @ 99")
    found = journal(plan, "2026-01-05T11:00:00Z fill X buy 3 @ 99.5\n")
    assert taken(found.parts[0]) == [(1, 3)]


def test_a_target_takes_its_share_once() -> None:
    found = journal(
        LADDER_A,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-06T11:00:00Z fill X sell 1 @ 110
2026-01-06T12:00:00Z fill X sell 1 @ 110
""",
    )
    assert left(found.parts[1]) == [(1, 1, "target")]
    half = Fraction(1, 2)
    assert left(found.parts[2]) == [(1, half, "target"), (None, half, "excess")]


def test_a_trail_knows_only_the_prices_since_it_became_active() -> None:
    plan = LADDER_A.replace("exit         rest @ 120", "trail        3% after exit 1")
    found = journal(
        plan,
        """\
2026-01-05T11:00:00Z fill X buy 3 @ 100
2026-01-06T10:00:00Z price X 130
2026-01-06T11:00:00Z fill X sell 1.5 @ 111
2026-01-07T11:00:00Z fill X sell 1.5 @ 108
""",
    )
    assert left(found.parts[2]) == [(None, Fraction("1.5"), "unknown")]  # above 111 x 0.97


def test_an_amendment_within_the_clock_slack_counts() -> None:
    for seconds, number in (("05", 2), ("06", 1)):
        found = journal(
            LADDER_A,
            "2026-01-05T11:00:00Z fill X buy 3 @ 100\n"
            f"2026-01-05T11:00:{seconds}Z amend X\n  max 1200 USDT\n",
        )
        version = found.parts[0].version
        assert version is not None
        assert version.number == number
