"""Liquidation prices along a ladder: the worked table of 40 @ 100, 30 @ 97, 30 @ 94."""

from __future__ import annotations

import numpy as np
import pytest

from journal.book.liquidation import Ladders, Terms, liquidation_price, prefixes_of, runs_of

PRICES, QUANTITIES = [100.0, 97.0, 94.0], [40.0, 30.0, 30.0]


def ladder(prices: list[float], quantities: list[float], anchor: int = 0) -> Ladders:
    return Ladders(
        owner=np.zeros(len(prices), np.int64),
        price=np.array(prices),
        quantity=np.array(quantities),
        is_anchor=np.arange(len(prices)) == anchor,
    )


def terms(
    leverage: float, invalidation: float, *, direction: int = 1, typed: float = np.nan,
    inverse: bool = False,
) -> Terms:  # fmt: skip
    return Terms(
        direction=np.array([direction]),
        leverage=np.array([leverage]),
        margin_rate=np.array([0.005]),
        typed=np.array([typed]),
        invalidation=np.array([invalidation]),
        inverse=np.array([inverse]),
    )


def exactly(*values: float) -> object:
    return pytest.approx(list(values), rel=1e-9, nan_ok=True)


@pytest.mark.parametrize(
    ("direction", "leverage", "price"), [(1, 10.0, 90.5), (1, 20.0, 95.5), (-1, 10.0, 109.5)]
)
def test_the_approximation(direction: int, leverage: float, price: float) -> None:
    found = liquidation_price(
        np.array([direction]), np.array([100.0]), np.array([leverage]), np.array([0.005])
    )
    assert found.tolist() == exactly(price)


@pytest.mark.parametrize(
    ("leverage", "liquidations", "liquidated"),
    [
        (20, (95.5, 94.27214285714287, 92.9215), [False, True, True]),
        (15, (93.83333333333333, 92.6269047619, 91.29983333333), [False, False, True]),
        (10, (90.5, 89.33642857142857, 88.0565), [False, False, False]),
    ],
)
def test_after_one_two_and_three_tranches(
    leverage: float, liquidations: tuple[float, ...], liquidated: list[bool]
) -> None:
    runs = runs_of(ladder(PRICES, QUANTITIES), terms(leverage, 90.0))
    assert runs.size.tolist() == [1, 2, 3]
    assert runs.average.tolist() == exactly(100, 98.71428571428571, 97.3)
    assert runs.liquidation.tolist() == exactly(*liquidations)
    assert runs.next_level.tolist() == [97, 94, 90]
    assert runs.is_last.tolist() == [False, False, True]
    assert runs.is_liquidated.tolist() == liquidated


def test_at_10x_skipping_both_lower_tranches_is_unsafe() -> None:
    found = prefixes_of(ladder(PRICES, QUANTITIES), terms(10, 90.0))
    assert found.size.tolist() == [1, 2, 3]
    assert found.liquidation.tolist() == exactly(90.5, 89.33642857142857, 88.0565)
    assert found.next_level.tolist() == [90, 90, 90]
    assert found.is_liquidated.tolist() == [True, False, False]


def test_the_order_of_listing_does_not_change_the_runs() -> None:
    listed = runs_of(ladder([97.0, 100.0, 94.0], [30.0, 40.0, 30.0], anchor=1), terms(15, 90.0))
    assert sorted(listed.liquidation.tolist()) == exactly(
        91.29983333333, 92.6269047619, 93.83333333
    )


def test_runs_contain_the_anchor_and_reach_both_ways() -> None:
    runs = runs_of(ladder([100.0, 96.0, 104.0], [1.0, 1.0, 1.0]), terms(10, 90.0))
    found = sorted(
        zip(runs.size.tolist(), runs.average.tolist(), runs.next_level.tolist(), strict=True)
    )
    assert found == [(1, 100, 96), (2, 98, 90), (2, 102, 96), (3, 100, 90)]


def test_short_ladders_are_mirrored() -> None:
    runs = runs_of(ladder([100.0, 103.0, 106.0], QUANTITIES), terms(20, 110.0, direction=-1))
    assert runs.liquidation.tolist() == exactly(104.5, 105.84357142857, 107.3215)
    assert runs.next_level.tolist() == [103, 106, 110]
    assert runs.is_liquidated.tolist() == [False, True, True]


def test_the_venues_own_figure_counts_for_every_run() -> None:
    runs = runs_of(ladder(PRICES, QUANTITIES), terms(10, 90.0, typed=91.0))
    assert runs.liquidation.tolist() == [91, 91, 91]
    assert runs.is_liquidated.tolist() == [False, False, True]


def test_inverse_contracts_have_no_computed_figure_but_a_harmonic_average() -> None:
    runs = runs_of(
        ladder([10000.0, 20000.0], [100.0, 100.0], anchor=1), terms(10, 9000.0, inverse=True)
    )
    assert runs.average.tolist() == exactly(20000, 40000 / 3)
    assert np.isnan(runs.liquidation).all()
    assert not runs.is_liquidated.any()
    assert prefixes_of(
        ladder([10000.0, 20000.0], [100.0, 100.0]), terms(10, 9000.0, inverse=True)
    ).average.tolist() == exactly(10000, 40000 / 3)


def test_several_ladders_side_by_side() -> None:
    both = Ladders(
        owner=np.array([0, 0, 1]),
        price=np.array([100.0, 97.0, 200.0]),
        quantity=np.array([40.0, 30.0, 1.0]),
        is_anchor=np.array([True, False, True]),
    )
    two = Terms(
        direction=np.array([1, -1]),
        leverage=np.array([10.0, 20.0]),
        margin_rate=np.array([0.005, 0.01]),
        typed=np.array([np.nan, np.nan]),
        invalidation=np.array([90.0, 208.0]),
        inverse=np.array([False, False]),
    )
    runs = runs_of(both, two)
    assert runs.owner.tolist() == [0, 0, 1]
    assert runs.liquidation.tolist() == exactly(90.5, 89.33642857142857, 208)
    assert runs.is_liquidated.tolist() == [False, False, True]
