"""What is said above the bars of a week's days."""

from __future__ import annotations

from worked_week import judged, week_report

from journal.reporting.blocks import Text
from journal.reporting.report import Report
from journal.reporting.sections.days import section
from journal.usecases.review import Asked, report

GAINS = """\
2026-01-01T00:00Z account main
  currency USDT
2026-03-03T09:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-03-03T10:00Z fill BTC-USDT sell 1 @ 103 fee 0 USDT
2026-03-04T09:00Z fill BTC-USDT buy 1 @ 100 fee 0 USDT
2026-03-04T10:00Z fill BTC-USDT sell 1 @ 101 fee 0 USDT
"""


def _said(found: Report) -> list[str]:
    shown = section(found)
    assert shown is not None
    return [block.text for block in shown.blocks if isinstance(block, Text)]


def test_best_and_worst_day_and_days_of_which_nobody_knows_what_they_made() -> None:
    """On the 3rd 45 - 50 less fees of 0.095; on the 7th a fill's fee is not known."""
    in_dollars, in_tether = _said(week_report())
    assert in_dollars == "USD: one day with a result, Fri 2026-03-06: +8.00 USD."
    assert in_tether == (
        "USDT: 4 days with results, the best Wed 03-04 (+26.08), the worst Tue 03-03 (-5.10); "
        "what 1 more day made is not known."
    )


def test_a_day_that_made_money_is_not_called_the_worst() -> None:
    assert _said(report(judged(GAINS), Asked(week="2026-W10"))) == [
        "USDT: 2 days with results, the best Tue 03-03 (+3.00), the least Wed 03-04 (+1.00)."
    ]
