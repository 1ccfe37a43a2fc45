"""What charts are drawn from, against numbers worked by hand (the journal: worked_week.py)."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from worked_week import wall, week_report

from journal.reporting.closed import closed_frame, cumulative_frame
from journal.reporting.history import weeks_frame
from journal.reporting.sections.calendar import days_frame
from journal.reporting.sections.outcomes import quadrants_frame
from journal.reporting.weekly_money import booked_by_week, costs_by_week

# Planned risk: size x distance, and 0.1 % of the money going in and coming out at the stop.
EARLY = 19.58 / (2 * 10 + 0.2 + 0.18)  # 2 x 10 - 0.2 - 0.22
LADDER = 26.7904 / (2 * 10 + 2 * 5 + 0.2 + 0.19 + 0.36)  # 26.5 + 1.1 - 0.8096 of fees
SHORT = 6.386 / (6 + 0.06 + 0.066)  # 6 - 0.06 - 0.054, and 0.5 of funding received
DOLLARS = 8 / 20  # 10 - 2; that account's plan assumes no fees
# 1.96-sigma Wilson bounds of 20 of 20: 1 / (1 + 3.8415 / 20) and 1.
ALL_OF_TWENTY = 0.838875


def same(found: pd.DataFrame, expected: list[tuple[object, ...]]) -> None:
    """Compare rows; numbers to eight places, NaN equal to NaN."""
    made = pd.DataFrame(expected, columns=list(found.columns))
    pd.testing.assert_frame_equal(found, made, check_dtype=False, rtol=1e-8)


def test_weeks_with_their_bands() -> None:
    frame = weeks_frame(week_report())
    assert frame.drop(columns=["low", "high", "score"]).to_numpy().tolist() == [
        ["2026-W09", 20, 0, 1, 20, 1.0, 1],
        ["2026-W10", 80, 8, 5, 88, 80 / 88, 6],
    ]
    assert frame["low"].tolist() == pytest.approx([ALL_OF_TWENTY, 0.830746], abs=1e-6)
    assert frame["high"].tolist() == pytest.approx([1.0, 0.953214], abs=1e-6)
    # one trade is too few for a score; the other is worked out in test_first_screen.py
    assert frame["score"].tolist() == pytest.approx(
        [float("nan"), 100 * (1 - 31 / 388)], nan_ok=True
    )


def test_weeks_do_not_look_ahead() -> None:
    assert weeks_frame(week_report("2026-W09"))["label"].tolist() == ["2026-W09"]


def test_closed_trades_in_order_of_closing() -> None:
    report = week_report()
    history = closed_frame(report, report.history)
    same(
        history,
        [
            ("T1", wall("02-25 09:00"), 19.58, "USDT", EARLY, True),
            ("T5", wall("03-03 18:00"), -5.095, "USDT", float("nan"), False),
            ("T3", wall("03-05 10:00"), 26.7904, "USDT", LADDER, False),
            ("T8", wall("03-06 12:00"), 6.386, "USDT", SHORT, True),
            ("T10", wall("03-06 15:00"), 8.0, "USD", DOLLARS, False),
            ("T11", wall("03-07 10:00"), float("nan"), "USDT", float("nan"), False),
        ],
    )
    assert closed_frame(report, report.period)["trade"].tolist() == history["trade"].tolist()[1:]


def test_running_sums_of_all_and_of_clean_trades() -> None:
    report = week_report()
    frame = cumulative_frame(closed_frame(report, report.history))
    assert frame["trade"].tolist() == ["T1", "T3", "T8", "T10"]
    assert frame["all_r"].tolist() == pytest.approx(
        [EARLY, EARLY + LADDER, EARLY + LADDER + SHORT, EARLY + LADDER + SHORT + DOLLARS]
    )
    assert frame["clean_r"].tolist() == pytest.approx([EARLY, EARLY, EARLY + SHORT, EARLY + SHORT])


def test_money_by_week_knows_nothing_from_not_known() -> None:
    nothing = float("nan")
    same(
        booked_by_week(week_report()),
        [
            ("2026-W09", "USD", nothing, 0),
            ("2026-W09", "USDT", 19.58, 1),
            ("2026-W10", "USD", 8.0, 1),
            # ETH, the ladder twice, the short and its funding, and SOL, whose fee is missing
            ("2026-W10", "USDT", nothing, 6),
        ],
    )


def test_money_by_week_of_one_setup_looks_back_too() -> None:
    """#range holds the trade of the week before and the ladder; their sums, not those of all."""
    same(
        booked_by_week(week_report(setup="range")),
        [("2026-W09", "USDT", 19.58, 1), ("2026-W10", "USDT", 26.7904, 2)],
    )


def test_funding_belongs_to_the_setup_of_its_trade() -> None:
    report = week_report(setup="fade")
    same(booked_by_week(report), [("2026-W10", "USDT", 6.386, 2)])
    (block,) = report.review.blocks
    assert block.net_pnl == pytest.approx(6.386)


def test_costs_are_signed() -> None:
    """Slippage in W10: 1 - 2 + 0.4. Funding received is a negative cost.

    2 x 0.5 too dear at tranche 2, 2 x 1 better than the target of 110, 2 x 0.2 below the stop.
    """
    nothing = float("nan")
    fees = 0.2 + 0.191 + 0.05 + 0.045 + 0.222 + 0.06 + 0.1966 + 0.054 + 0.02 + 0.012
    same(
        costs_by_week(week_report()),
        [
            ("2026-W09", "USD", nothing, nothing, nothing, nothing),
            ("2026-W09", "USDT", 0.42, 0.0, 0, 0.0),
            ("2026-W10", "USD", 2.0, 0.0, 0, 0.0),
            ("2026-W10", "USDT", fees, 1 - 2 + 0.4, 1, -0.5),
        ],
    )


def test_days_with_fills_and_breaches() -> None:
    frame = days_frame(week_report())
    assert (frame["day"].iloc[0], frame["day"].iloc[-1]) == (date(2026, 2, 23), date(2026, 3, 8))
    assert frame["weekday"].tolist() == [*range(7)] * 2
    assert frame["week"].tolist() == ["2026-W09"] * 7 + ["2026-W10"] * 7
    traded = {day.isoformat()[5:] for day in frame["day"][frame["traded"]]}
    assert traded == {"02-24", "02-25", "03-02", "03-03", "03-04", "03-05", "03-06", "03-07"}
    broken = frame[frame["breaches"] > 0]
    found = {f"{each.day:%m-%d}": each.breaches for each in broken.itertuples()}
    # tranche 2 too dear; ETH without plan and stop; AAPL's costs; AAPL too early and SOL's three
    assert found == {"03-02": 1, "03-03": 2, "03-05": 1, "03-06": 4}


def test_the_four_tiles() -> None:
    """R of the bad wins: 0.8712 + 0.4. SOL is in no tile, its result is not known."""
    same(
        quadrants_frame(week_report()),
        [
            (True, True, 1, "+6.39 USDT, +1.04R"),
            (True, False, 0, ""),
            (False, True, 2, "+8.00 USD, +26.79 USDT, +1.27R"),
            (False, False, 1, "-5.10 USDT"),
        ],
    )
