"""The answers as sentences: helped, hurt, no difference, or too few to say."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from test_scaling import HEAD, ladder

from journal.book.statistics import Interval, Mean
from journal.reporting.scaling import measure_scaling
from journal.reporting.scaling_text import (
    answer,
    group_answers,
    paying_answer,
    spacing_answer,
    tranche_answers,
)


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (-0.05, 0.29, "no clear difference"),
        (0.01, 0.29, "it helped"),
        (-0.3, -0.01, "it hurt"),
        (0.0, 0.29, "no clear difference"),
        (-0.3, 0.0, "no clear difference"),
    ],
)
def test_an_interval_that_leaves_zero_out_says_which(low: float, high: float, verdict: str) -> None:
    mean = (low + high) / 2
    said = answer("Scaling in", "all-in at tranche 1", Mean(34, mean, Interval(low, high)))
    assert said == (
        f"Scaling in: {mean:+.2f}R a trade against all-in at tranche 1 "
        f"(n = 34, 95% {low:+.2f}R to {high:+.2f}R): {verdict}."
    )


def test_few_trades_say_nothing_however_clear_they_look() -> None:
    said = answer("Scaling in", "all-in at tranche 1", Mean(4, 3.0, None))
    assert said == "Scaling in against all-in at tranche 1: too few trades (n = 4)."


def answers(text: str) -> list[str]:
    book = book_of(HEAD + text)
    scaling = measure_scaling(book, np.arange(len(book.trades)))
    return [
        *group_answers(scaling.total),
        *tranche_answers(scaling),
        spacing_answer(scaling),
    ]


def test_every_answer_of_twenty_trades() -> None:
    # 5, 5.5 ... 14.5 more than all-in, on a risk of 15; tranche 2 makes 5 to 24.
    said = answers("".join(ladder(day, 95 + day) for day in range(5, 25)))
    assert said[0].startswith("Scaling in: +0.65R a trade against all-in at tranche 1 (n = 20, 95%")
    assert said[0].endswith(": it helped.")
    assert said[1:3] == [
        "Scaling out against everything at the first exit: too few trades (n = 0).",
        "Scaling out against everything at the last exit: too few trades (n = 0).",
    ]
    assert said[4].startswith("Tranche 2: filled in 100% (20 of 20), +0.97R a trade where it fill")
    assert said[4].endswith(": it pays.")
    assert said[5] == "Spacing with depth: too few trades (n = 0) with three buys or more."


def test_a_tranche_that_never_pays_is_named() -> None:
    said = answers("".join(ladder(day, 94 - day % 2) for day in range(5, 25)))
    assert said[4].endswith(": it does not pay.")
    assert "-0.10R a trade where it filled" in said[4]


def paying(text: str) -> str:
    book = book_of(HEAD + text)
    return paying_answer(measure_scaling(book, np.arange(len(book.trades))))


def test_which_tranches_pay_is_said_as_plainly_as_which_never_do() -> None:
    """Sold at 94 or 93, both tranches lost; at 100 and more both won; of 97 only the second."""
    assert paying("".join(ladder(day, 94 - day % 2) for day in range(5, 25))) == (
        "Tranches 1 and 2 lost money."
    )
    assert paying("".join(ladder(day, 95 + day) for day in range(6, 26))) == (
        "No tranche is known to lose money; tranches 1 and 2 made money."
    )
    assert paying("".join(ladder(day, 97 - day % 2) for day in range(5, 25))) == (
        "Tranche 1 lost money; tranche 2 made money."
    )


def test_of_few_trades_no_tranche_is_said_to_pay_or_not() -> None:
    assert paying(ladder(5, 120)) == (
        "No tranche is known to lose money; too few trades to tell for tranches 1 and 2."
    )
    wavering = "".join(ladder(day, 85 if day % 2 else 115) for day in range(5, 25))
    assert paying(wavering) == (
        "No tranche is known to lose money; no clear result for tranches 1 and 2."
    )


def test_shrinking_gaps_are_a_share_of_the_trades_that_could_show_them() -> None:
    closer = "".join(
        ladder(day, 90, second=97).replace("enter 1 @ 97", "enter 1 @ 95\n  enter 1 @ 92")
        .replace("12:00:00Z fill AAA-USD sell 2", "13:00:00Z fill AAA-USD sell 3")
        .replace(" @ 97 fee 0 USD\n", " @ 97 fee 0 USD\nNEXT")
        .replace("NEXT", f"2026-01-{day + 1:02d}T11:30:00Z fill AAA-USD buy 1 @ 96 fee 0 USD\n")
        for day in range(5, 10)
    )  # fmt: skip
    said = answers(closer + ladder(10, 90))
    assert said[-1] == (
        "Spacing with depth: 100% (5 of 5) trades with three buys or more came closer with each, "
        "and closer than planned."
    )
