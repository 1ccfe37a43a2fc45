"""Comparisons with slack: equal within 1e-9 of the larger magnitude, NaN never true."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.comparison import difference, exceeds, reaches, tolerance


@pytest.mark.parametrize(
    ("value", "limit", "greater", "at_least"),
    [
        (2.0, 1.0, True, True),
        (1.0, 1.0, False, True),
        (1.0, 2.0, False, False),
        (1 + 0.9e-9, 1.0, False, True),
        (1 + 1.1e-9, 1.0, True, True),
        (1 - 0.9e-9, 1.0, False, True),
        (1 - 1.1e-9, 1.0, False, False),
        (1e9 + 0.9, 1e9, False, True),
        (-1.0, -2.0, True, True),
        (-2.0, -1.0, False, False),
        (0.0, 0.0, False, True),
        (1e-30, 0.0, True, True),
        (np.nan, 1.0, False, False),
        (1.0, np.nan, False, False),
    ],
)
def test_comparisons(value: float, limit: float, *, greater: bool, at_least: bool) -> None:
    assert bool(exceeds(value, limit)) is greater
    assert bool(reaches(value, limit)) is at_least


def test_the_tolerance_is_a_fraction_of_the_price_and_at_least_a_tick() -> None:
    price, tick = np.array([100.0, -100.0, 1.0, 1.0]), np.array([0.1, 0.1, 0.1, np.nan])
    assert tolerance(price, 0.002, tick).tolist() == pytest.approx([0.2, 0.2, 0.1, 0.002])


def test_a_difference_within_the_slack_is_none() -> None:
    found = difference(np.array([3.0, 0.1 + 0.2, -5.0, np.nan]), np.array([1.0, 0.3, -4.0, 1.0]))
    assert found[:3].tolist() == [2.0, 0.0, -1.0]
    assert np.isnan(found[3])
