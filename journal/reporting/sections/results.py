"""Cumulative R and how R is spread: all trades against the clean ones."""

from __future__ import annotations

import pandas as pd

from journal.book.statistics import Mean
from journal.reporting.blocks import Block, Cell, Chart, Section, Table, Text
from journal.reporting.closed import closed_frame, cumulative_frame, drawn_steps
from journal.reporting.readable import counted
from journal.reporting.report import Report
from journal.reporting.words import Words, too_few

_LISTED = 30


def section(report: Report) -> Section | None:
    """Show what trades made in R so far, and what the clean ones made."""
    frame = cumulative_frame(closed_frame(report, report.history))
    if frame.empty:
        return None
    words = report.words
    total, spread = _sum_sentence(report, frame), _spread_sentence(frame, words)
    blocks: tuple[Block, ...] = (
        Text(total),
        Chart("cumulative", "cumulative", drawn_steps(frame), total, _listed(frame, words)),
        Text(spread),
        Chart("distribution", "distribution", frame, spread, _means(frame, words), in_text=True),
    )
    return Section("results", "Results in R", blocks)


def _sum_sentence(report: Report, frame: pd.DataFrame) -> str:
    words = report.words
    last = frame.iloc[-1]
    since = report.words.local(report.stretch.since)
    now = frame[frame["closed_at"] >= since]
    clean = int(frame["clean"].sum())
    said = (
        f"{words.multiple(float(last['all_r']))} over {counted(len(frame), 'closed trade')} whose "
        f"risk is known, {words.multiple(float(last['clean_r']))} of it over "
        f"{counted(clean, 'clean one')}"
    )
    if now.empty:
        return f"{said}; none closed in {report.stretch.label}."
    added = words.multiple(float(now["r"].sum()))
    return f"{said}; {report.stretch.label} added {added} ({counted(len(now), 'trade')})."


def _spread_sentence(frame: pd.DataFrame, words: Words) -> str:
    parts = [
        f"{name} trades {_mean_text(Mean.of(own['r'].to_numpy(float)), words)}"
        for name, own in _sides(frame)
    ]
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def _sides(frame: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    clean = frame["clean"].astype(bool)
    return [("clean", frame[clean]), ("breached", frame[~clean])]


def _mean_text(mean: Mean, words: Words) -> str:
    if mean.mean is None:
        return "none"
    said = f"{words.multiple(mean.mean)} each (n = {mean.n}"
    if mean.interval is None:
        return f"{said}, too few for an interval)"
    return f"{said}, 95% {words.between_multiples(mean.interval)})"


def _means(frame: pd.DataFrame, words: Words) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, own in _sides(frame):
        mean = Mean.of(own["r"].to_numpy(float))
        won = int((own["r"] > 0).sum())
        interval = words.between_multiples(mean.interval) or too_few(mean.n)
        rows.append(
            (
                name,
                str(mean.n),
                "" if mean.mean is None else words.multiple(mean.mean),
                interval,
                words.share(won, mean.n),
                "" if own.empty else words.multiple(float(own["r"].min())),
                "" if own.empty else words.multiple(float(own["r"].max())),
            )
        )
    headers = ("trades", "n", "mean", "95% interval", "above zero", "worst", "best")
    return Table(headers, tuple(rows), "lrrllrr", drop=("worst", "best"))


def _listed(frame: pd.DataFrame, words: Words) -> Table:
    shown = frame.tail(_LISTED)
    rows = tuple(
        (
            str(row["trade"]),
            f"{row['closed_at']:%Y-%m-%d %H:%M}",
            "clean" if row["clean"] else "breached",
            words.multiple(row["r"]),
            words.multiple(row["all_r"]),
            words.multiple(row["clean_r"]),
        )
        for row in shown.to_dict("records")
    )
    caption = f"the last {len(shown)} of {len(frame)}" if len(shown) < len(frame) else ""
    headers = ("trade", "closed", "", "R", "all so far", "clean so far")
    return Table(headers, rows, "lllrrr", caption)
