"""Pages of weeks that are unlike the demo's, in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from command_line import imported, run
from crowded import CROWDED
from drawn import DESKTOP, PHONE, TABLET, drew_everything, fits
from visit import visit

NOTHING = "2026-01-01T00:00Z account main\n  currency USDT\n"
ONE_OPEN = "2026-03-02T09:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT\n"
EVERY_DAY = "".join(
    f"2026-{month:02d}-{day:02d}T09:00Z fill BTC-USDT buy 1 @ 100 fee 0.1 USDT\n"
    f"2026-{month:02d}-{day:02d}T10:00Z fill BTC-USDT sell 1 @ {95 + day % 9} fee 0.1 USDT\n"
    for month in (1, 2, 3, 4)
    for day in range(1, 29)
)


def page_of(folder: Path, text: str, *words: str) -> Path:
    page = folder / "page.html"
    ran = run("review", *words, "-o", page, "--db", imported(folder, text))
    assert ran.code == 0, ran.err
    return page


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_close_levels_odd_prices_and_five_currencies(
    browser: Any,  # noqa: ANN401 - Playwright's browser
    tmp_path: Path,
    width: int,
) -> None:
    page = page_of(tmp_path, CROWDED, "--week", "2026-W10")
    with visit(browser, page, width=width) as opened:
        assert drew_everything(opened) > 10
        fits(opened, width)
        assert opened.trouble == []


@pytest.mark.parametrize(
    ("text", "words", "charts"),
    [
        (NOTHING, ("--week", "2026-W10"), 0),
        (ONE_OPEN, ("--week", "2026-W10"), 3),
        (EVERY_DAY, ("--from", "2026-01-01", "--to", "2026-04-30"), 30),
    ],
    ids=["nothing", "one open trade", "four months"],
)
def test_little_and_much(
    browser: Any,  # noqa: ANN401 - Playwright's browser
    tmp_path: Path,
    text: str,
    words: tuple[str, ...],
    charts: int,
) -> None:
    with visit(browser, page_of(tmp_path, text, *words), width=PHONE) as opened:
        assert drew_everything(opened) >= charts
        fits(opened, PHONE)
        assert opened.trouble == []
