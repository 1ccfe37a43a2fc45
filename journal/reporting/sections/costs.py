"""What trading cost over the weeks: fees, slippage, funding."""

from __future__ import annotations

import pandas as pd

from journal.reporting.blocks import Block, Chart, Section, Table, Text
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.weekly_money import by_currency, costs_by_week
from journal.reporting.words import Words

_PARTS = ("fees", "slippage", "funding")


def section(report: Report) -> Section | None:
    """Show the costs of each currency week by week."""
    blocks: list[Block] = []
    for currency, own in by_currency(report, costs_by_week(report)):
        sentence = _sentence(report, currency, own)
        table = _table(own, currency, report.words)
        blocks += [Text(sentence), Chart(f"costs-{currency}", "weekly", own, sentence, table)]
    return Section("costs", "Costs", tuple(blocks)) if blocks else None


def _sentence(report: Report, currency: str, own: pd.DataFrame) -> str:
    words = report.words
    last, weeks = own.iloc[-1], int(own["fees"].notna().sum())
    said = (
        f"{last['label']}: nothing paid in {currency}"
        if pd.isna(last["fees"])
        else f"{last['label']} cost {_parts(last, currency, words)}"
    )
    if weeks > int(pd.notna(last["fees"])):
        said += f"; {counted(weeks, 'week')} together {_parts(own.sum(), currency, words)}"
    if unknown := int(own["unknown"].sum()):
        said += f"; the fee or slippage of {counted(unknown, 'fill')} is not known"
    return f"{said}."


def _parts(costs: pd.Series, currency: str, words: Words) -> str:
    """Return what was paid, and of which parts it is made."""
    return (
        f"{words.money(float(costs[list(_PARTS)].sum()), currency)} "
        f"(fees {words.money(float(costs['fees']))}, "
        f"slippage {words.money(float(costs['slippage']), signed=True)}, "
        f"funding {words.money(float(costs['funding']), signed=True)})"
    )


def _table(own: pd.DataFrame, currency: str, words: Words) -> Table:
    rows = tuple(
        (
            str(row["label"]),
            words.money(row["fees"]),
            words.money(row["slippage"], signed=True),
            words.money(row["funding"], signed=True),
            str(int(row["unknown"]) or ""),
        )
        for row in own.to_dict("records")
        if pd.notna(row["fees"])
    )
    headers = ("week", "fees", "slippage", "funding", "not known")
    return Table(headers, rows, "lrrrr", caption=f"in {currency}; positive was paid")
