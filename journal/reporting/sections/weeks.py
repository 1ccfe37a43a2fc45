"""Score and results side by side, week by week: never merged into one figure."""

from __future__ import annotations

import pandas as pd

from journal.reporting.blocks import Block, Chart, Section, Table, Text
from journal.reporting.history import weeks_frame
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.values import known
from journal.reporting.weekly_money import booked_by_week, by_currency
from journal.reporting.words import Words, too_few


def section(report: Report) -> Section | None:
    """Show the discipline score above what was booked."""
    scores, booked = weeks_frame(report), booked_by_week(report)
    blocks: list[Block] = []
    if scores["score"].notna().any():
        sentence = _score_sentence(scores, report.words)
        table = _score_table(scores, report.words)
        blocks += [Text(sentence), Chart("score", "score", scores, sentence, table)]
    for currency, own in by_currency(report, booked):
        sentence = _booked_sentence(report, currency, own)
        name = f"booked-{currency}"
        table = _booked_table(own, currency, report.words)
        drawn = own["net_pnl"].notna().any()
        shown = Chart(name, "weekly", own, sentence, table) if drawn else table
        blocks += [Text(sentence), shown]
    return Section("weeks", "Score and results by week", tuple(blocks)) if blocks else None


def _score_sentence(frame: pd.DataFrame, words: Words) -> str:
    told = frame[frame["score"].notna()]
    last = frame.iloc[-1]
    said = (
        f"{last['label']}: score {too_few(int(last['trades']))}"
        if pd.isna(last["score"])
        else f"{last['label']}: score {_figure(last['score'], words)} of 100 (n = {last['trades']})"
    )
    best = told.iloc[int(told["score"].to_numpy().argmax())]
    if best["label"] == last["label"]:
        more = f", the best of {len(told)} weeks" if len(told) > 1 else ""
        return f"{said}{more}."
    return f"{said}; the best week was {best['label']} with {_figure(best['score'], words)}."


def _figure(score: float, words: Words) -> str:
    return words.marked(f"{score:.1f}")


def _score_table(frame: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (
            str(row["label"]),
            too_few(row["trades"]) if pd.isna(row["score"]) else _figure(row["score"], words),
            str(row["trades"]),
        )
        for row in frame.to_dict("records")
        if row["judged"]
    )
    return Table(("week", "score", "trades"), rows, "lrr")


def _booked_sentence(report: Report, currency: str, own: pd.DataFrame) -> str:
    words = report.words
    told = own[own["net_pnl"].notna()]
    won = int((told["net_pnl"] > 0).sum())
    unknown = int((own["results"] > 0).sum()) - len(told)
    if told.empty:
        return f"{currency}: no week's result is known."
    last = told.iloc[-1]
    said = (
        f"{currency}: {won} of {counted(len(told), 'week')} with results ended above zero; "
        f"the last, {last['label']}, {words.money(float(last['net_pnl']), signed=True)}"
    )
    if unknown:
        said += f"; the result of {counted(unknown, 'week')} is not known"
    return f"{said}."


def _booked_table(own: pd.DataFrame, currency: str, words: Words) -> Table:
    rows = tuple(
        (
            str(row["label"]),
            words.money(known(row["net_pnl"]), currency, signed=True),
        )
        for row in own.to_dict("records")
        if row["results"]
    )
    return Table(("week", "net P&L"), rows, "lr")
