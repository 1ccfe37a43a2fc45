"""Adherence over the weeks: whether discipline gets better."""

from __future__ import annotations

import pandas as pd

from journal.book.statistics import difference_of_shares
from journal.reporting.blocks import Chart, Section, Table, Text
from journal.reporting.history import weeks_frame
from journal.reporting.report import Report
from journal.reporting.words import Words, too_few


def section(report: Report) -> Section | None:
    """Show the share of rules kept week by week, with its band."""
    frame = weeks_frame(report)
    told = frame[frame["judged"] > 0]
    if told.empty:
        return None
    sentence = compared(told, report.words)
    chart = Chart("adherence", "adherence", frame, sentence, _table(told, report.words))
    return Section("adherence", "Adherence by week", (Text(sentence), chart))


def compared(told: pd.DataFrame, words: Words) -> str:
    """Say whether the last of these weeks differs from those before it."""
    last = told.iloc[-1]
    said = (
        f"{last['label']}: {words.percent(last['adherence'])} of rules kept "
        f"({last['kept']} of {last['judged']})"
    )
    if len(told) == 1:
        return f"{said}; no week before it to compare with."
    before = told.iloc[:-1]
    kept, judged = int(before["kept"].sum()), int(before["judged"].sum())
    usual = kept / judged
    verdict = _verdict((int(last["kept"]), int(last["judged"])), (kept, judged))
    return f"{said}: {verdict} {_before(len(before))}, {words.percent(usual)} ({kept} of {judged})."


def _verdict(now: tuple[int, int], before: tuple[int, int]) -> str:
    found = difference_of_shares(now, before)
    if found is not None and found.low > 0:
        return "better than"
    if found is not None and found.high < 0:
        return "worse than"
    return "no clear difference from"


def _before(weeks: int) -> str:
    return "the week before it" if weeks == 1 else f"the {weeks} weeks before it"


def _table(told: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (
            str(row["label"]),
            str(row["kept"]),
            str(row["broken"]),
            str(row["unknown"]),
            words.percent(row["adherence"]),
            f"{words.percent(row['low'])} to {words.percent(row['high'])}",
            too_few(row["trades"])
            if pd.isna(row["score"])
            else words.marked(f"{row['score']:.1f}"),
        )
        for _, row in told.iterrows()
    )
    headers = ("week", "kept", "broken", "unknown", "adherence", "95% interval", "score")
    return Table(headers, rows, "lrrrrll")
