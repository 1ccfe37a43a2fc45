"""Intervals against their defining equations and published figures, and too few for one."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.statistics import Mean, Rate, bootstrap, difference_of_shares, wilson

Z = 1.959963984540054


@pytest.mark.parametrize(("part", "whole"), [(8, 10), (22, 25), (1, 3), (250, 272), (5, 10)])
def test_a_bound_is_the_share_that_would_just_not_be_refuted(part: int, whole: int) -> None:
    found = wilson(part, whole)
    assert found is not None
    for bound in (found.low, found.high):
        # |share - bound| = z x sqrt(bound x (1 - bound) / n), the test that Wilson inverts
        distance = abs(part / whole - bound)
        assert distance == pytest.approx(Z * (bound * (1 - bound) / whole) ** 0.5)
    assert found.low < part / whole < found.high


def test_wilson_by_hand() -> None:
    # 8 of 10: (0.8 + 0.192073) / 1.384146 = 0.716740; half = 1.96 / 1.384146 x
    # sqrt(0.016 + 0.00960365) = 0.226578
    eight = wilson(8, 10)
    assert eight is not None
    assert (eight.low, eight.high) == pytest.approx((0.490162, 0.943318), abs=1e-6)
    none = wilson(0, 10)
    assert none is not None
    # z2 / (n + z2) = 3.841459 / 13.841459
    assert (none.low, none.high) == pytest.approx((0.0, 0.277533), abs=1e-6)
    every = wilson(10, 10)
    assert every is not None
    assert (every.low, every.high) == pytest.approx((1 - 0.277533, 1.0), abs=1e-6)
    assert wilson(0, 0) is None


def test_the_difference_of_two_shares_by_hand() -> None:
    """Newcombe's own example: 56 of 70 less 48 of 80 is 0.2, from 0.0524 to 0.3339.

    85 of 92 less 23 of 23: -0.0761, and sqrt(0.0388^2 + 0.1431^2) = 0.1483 above it.
    """
    found = difference_of_shares((56, 70), (48, 80))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    small = difference_of_shares((85, 92), (23, 23))
    assert small is not None
    assert small.high == pytest.approx(-0.0761 + 0.1483, abs=2e-4)
    assert difference_of_shares((1, 2), (0, 0)) is None


def test_a_rate_of_fewer_than_five_is_none() -> None:
    assert (Rate.of(4, 4).share, Rate.of(4, 4).interval) == (None, None)
    five = Rate.of(4, 5)
    assert (five.part, five.whole, five.share) == (4, 5, 0.8)
    assert five.interval == wilson(4, 5)


def test_a_mean_has_no_interval_below_twenty() -> None:
    values = np.arange(20.0)
    assert Mean.of(values[:19]).interval is None
    assert Mean.of(values[:19]).mean == 9
    assert Mean.of(values).interval is not None
    assert Mean.of(values[:0]) == Mean(0, None, None)


def test_the_bootstrap_is_the_same_each_time_and_near_the_normal_interval() -> None:
    values = np.random.default_rng(7).normal(0.3, 1.0, 400)
    found = bootstrap(values)
    assert found == bootstrap(values)
    half = Z * values.std() / 400**0.5
    assert (found.low, found.high) == pytest.approx(
        (values.mean() - half, values.mean() + half), abs=0.1 * half
    )


def test_equal_values_leave_nothing_open() -> None:
    found = bootstrap(np.full(25, -1.0))
    assert (found.low, found.high) == (-1, -1)


def test_of_many_values_the_normal_interval_is_the_bootstrap_s() -> None:
    """5,000 values are resampled, 5,001 are not: one more may hardly move the bounds."""
    values = np.random.default_rng(4).gamma(2.0, 1.5, 5_001) - 2.5
    sampled, normal = bootstrap(values[:5_000]), bootstrap(values)
    width = normal.high - normal.low
    assert abs(sampled.low - normal.low) < 0.05 * width
    assert abs(sampled.high - normal.high) < 0.05 * width
