"""Planned risk, break-even and liquidation, the figures of the contract."""

from __future__ import annotations

from fractions import Fraction

import pytest

from journal.domain.instrument import Kind
from reference.ladders import LADDER_A, THREE, close, journal
from reference.liquidations import unsafe_if_skipped, version_runs
from reference.risk import break_even_price


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
    assert found.verdict("RISK202", "plan", 1, 1) == "kept"
    assert found.verdict("RISK202", "skip", 1) == "kept"  # 90.50 lies beyond tranche 3 @ 94
    assert found.verdict("RISK202", "skip", 2) == "broken"  # but not beyond 90
    assert found.verdict("RISK202", 1, 1) == "kept"  # the trade itself: no liquidation fill


def test_a_tranche_past_the_invalidation_risks_nothing() -> None:
    plan = """\
2026-01-05T10:00:00Z plan X long
  enter        1 @ 100
  enter        1 @ 80
  invalidation 90
  exit         rest @ 120
2026-01-05T10:00:00Z policy
  taker    0
  slippage 0
2026-01-05T11:00:00Z fill X buy 1 @ 100
"""
    assert journal(plan).results[0].planned_risk == 10


def test_a_pyramid_is_checked_at_every_run() -> None:
    plan = """\
2026-01-05T10:00:00Z plan X long
  enter        1 @ 100
  enter        1 @ 104
  invalidation {level}
  exit         rest @ 120
  leverage     10
"""
    # 100 x 0.905 = 90.5; both at 102 x 0.905 = 92.31
    assert journal(plan.format(level="92.4")).verdict("RISK202", "plan", 1, 1) == "kept"
    assert journal(plan.format(level="92.31")).verdict("RISK202", "plan", 1, 1) == "broken"


def test_a_tranche_partly_filled_is_still_the_next_level() -> None:
    found = journal(
        THREE.format(leverage=10).replace("30 @ 97", "30 @ 93"),
        """\
2026-01-05T11:00:00Z fill X buy 40 @ 100
2026-01-05T12:00:00Z fill X buy 1 @ 94
2026-01-05T13:00:00Z skip X tranche 2 "no"
""",
    )
    # 41 @ 99.854 is liquidated at 90.37, past the 29 left at 94; all 70 @ 97.43 at 88.17.
    assert found.verdict("RISK202", "skip", 1) == "kept"
