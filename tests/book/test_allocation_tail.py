"""Long and amended trades are allocated part by part, as stepping would allocate them."""

from __future__ import annotations

import numpy as np
import pytest
from journal_text import book_of
from long_journal import float_columns, long_journal

from journal.book import stepping
from journal.book.tables import Book

PLAN = """\
  enter        4000 @ 105
  enter        200000 USDT @ 100
  enter        3000 @ 95
  enter        {until}
  max          9000
  invalidation 89
  stop         90.5
  exit         20% @ 104
  exit         500 @ 106
  exit         40000 USDT @ 107
  exit         rest @ 109.5
"""
TRAILING = PLAN.replace("rest @ 109.5", "rest trail 2% after exit 1")


def columns(book: Book) -> dict[str, list[float]]:
    found = float_columns(book.fills)
    order = np.lexsort((book.allocations.tranche, book.allocations.fill))
    for name in ("fill", "tranche", "quantity"):
        found[f"allocations.{name}"] = getattr(book.allocations, name)[order].tolist()
    found["tranche"] = book.fills.tranche.tolist()
    found["target"] = book.fills.target.tolist()
    found["used"] = book.tranches.used.tolist()
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("until", ["until exit 2", "500 @ 92"])
@pytest.mark.parametrize("plan", [PLAN, TRAILING], ids=["targets", "trail"])
def test_walked_as_stepped(
    monkeypatch: pytest.MonkeyPatch, plan: str, until: str, seed: int
) -> None:
    text = long_journal(seed, trades=2, parts=200, plan=plan.format(until=until))
    walked = columns(book_of(text))
    monkeypatch.setattr(stepping, "FEW", 10**9)
    stepped = columns(book_of(text))
    assert walked.keys() == stepped.keys()
    for name, column in walked.items():
        assert column == pytest.approx(stepped[name], rel=1e-9, abs=1e-9, nan_ok=True), name
    assert {len(set(walked[name])) > 2 for name in ("planned_quantity", "target_quantity")} == {
        True
    }


def test_an_amendment_that_changes_nothing_of_the_ladder_changes_no_allocation() -> None:
    plan = PLAN.format(until="until exit 2")
    text = long_journal(4, trades=2, parts=300, plan=plan)
    amends = "".join(
        f'2026-01-{trade + 5:02}T00:03:00Z amend S{trade}\n  thesis "still the same"\n'
        for trade in range(2)
    )
    before, after = columns(book_of(text)), columns(book_of(text + "\n" + amends))
    del before["used"], after["used"]
    for name, column in before.items():
        assert column == pytest.approx(after[name], rel=1e-9, abs=1e-9, nan_ok=True), name
