"""What each day booked, currency by currency."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

from journal.reporting.blocks import Chart, Section, Table, Text
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.review import CurrencyBlock
from journal.reporting.words import Words

_FEW_DAYS = 2


def section(report: Report) -> Section | None:
    """Show the days of each currency that booked anything."""
    blocks = [block for block in report.review.blocks if block.days]
    if not blocks:
        return None
    stretch = report.stretch
    days = [
        stretch.first + timedelta(days=place)
        for place in range((stretch.last - stretch.first).days + 1)
    ]
    parts = [part for block in blocks for part in _currency(block, days, report.words)]
    return Section("days", "P&L by day", tuple(parts))


def _currency(block: CurrencyBlock, days: list[date], words: Words) -> list[Text | Chart | Table]:
    booked = {day.day: day.net_pnl for day in block.days}
    frame = pd.DataFrame(
        {"day": days, "net_pnl": [booked.get(day) for day in days], "currency": block.currency}
    ).astype({"net_pnl": float})
    rows = tuple(
        (f"{day.day:%a %Y-%m-%d}", words.money(day.net_pnl, block.currency, signed=True))
        for day in block.days
    )
    table = Table(("day", "net"), rows, "lr")
    sentence = _sentence(block, words)
    if frame["net_pnl"].isna().all():
        return [Text(sentence), table]
    name = f"days-{block.currency}"
    return [Text(sentence), Chart(name, "days", frame, sentence, table, in_text=True)]


def _sentence(block: CurrencyBlock, words: Words) -> str:
    told = [day for day in block.days if day.net_pnl is not None]
    if not told:
        return f"{block.currency}: no day's result is known."
    best = max(told, key=lambda day: day.net_pnl or 0.0)
    worst = min(told, key=lambda day: day.net_pnl or 0.0)
    unknown = len(block.days) - len(told)
    beside = f"; what {counted(unknown, 'more day')} made is not known" if unknown else ""
    if len(told) < _FEW_DAYS:
        amount = words.money(best.net_pnl, block.currency, signed=True)
        return f"{block.currency}: one day with a result, {best.day:%a %Y-%m-%d}: {amount}{beside}."
    low = "worst" if (worst.net_pnl or 0.0) < 0 else "least"
    return (
        f"{block.currency}: {len(told)} days with results, the best {best.day:%a %m-%d} "
        f"({words.money(best.net_pnl, signed=True)}), the {low} {worst.day:%a %m-%d} "
        f"({words.money(worst.net_pnl, signed=True)}){beside}."
    )
