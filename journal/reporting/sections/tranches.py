"""Tranche by tranche: how often each fills, what it makes, and how far apart they are bought."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from journal.reporting.blocks import Block, Chart, Section, Table, Text, Tone
from journal.reporting.report import Report
from journal.reporting.scaling_frames import by_filled_frame, depth_frame, gaps_frame
from journal.reporting.scaling_text import paying_answer, spacing_answer, tranche_answers
from journal.reporting.sections.scaling import basis
from journal.reporting.words import Words, too_few

_MADE = "What the units of each tranche made; below them, trades by how many of theirs filled."


def section(report: Report) -> Section | None:
    """Show the tranches of all planned ladders closed so far."""
    depth = depth_frame(report.scaling)
    if depth.empty:
        return None
    words = report.words
    answers = list(tranche_answers(report.scaling, words))
    made = _made_frame(depth, by_filled_frame(report.scaling))
    blocks: list[Block] = [
        basis(report),
        *map(Text, answers),
        Chart("depth", "depth", depth, answers[0], _depth_table(depth, words), in_text=True),
    ]
    if made["mean_r"].notna().any():
        said = paying_answer(report.scaling)
        blocks += [
            Text(said),
            Text(_MADE, Tone.QUIET, beside=True),
            Chart("made", "made", made, said, _made_table(made, words)),
        ]
    gaps = gaps_frame(report.scaling)
    if gaps["actual_fraction"].notna().any():
        said = spacing_answer(report.scaling, words)
        blocks += [
            Text(said),
            Chart("spacing", "spacing", gaps, said, _gap_table(gaps, words), in_text=True),
        ]
    return Section("tranches", "Tranche by tranche", tuple(blocks))


def _made_frame(depth: pd.DataFrame, filled: pd.DataFrame) -> pd.DataFrame:
    columns = ["label", "n", "mean_r", "low", "high"]
    own = depth.assign(label=[f"tranche {number}" for number in depth["number"]])
    trades = filled.assign(label=[f"{number} filled" for number in filled["tranches"]])
    return pd.concat([own[columns], trades[columns]], ignore_index=True)


def _interval(row: dict[Hashable, Any], words: Words) -> str:
    if pd.isna(row["low"]):
        return too_few(int(row["n"]))
    return f"{words.multiple(row['low'])} to {words.multiple(row['high'])}"


def _depth_table(frame: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (
            str(row["number"]),
            str(row["planned"]),
            str(row["reached"]),
            words.share(row["filled"], row["planned"]),
            words.multiple(row["mean_r"]),
            _interval(row, words),
        )
        for row in frame.to_dict("records")
    )
    headers = ("tranche", "planned", "reached", "filled", "R a trade", "95% interval")
    return Table(headers, rows, "rrrlrl")


def _made_table(frame: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (row["label"], str(row["n"]), words.multiple(row["mean_r"]), _interval(row, words))
        for row in frame.to_dict("records")
    )
    return Table(("", "n", "R a trade", "95% interval"), rows, "lrrl")


def _gap(row: dict[Hashable, Any], words: Words) -> tuple[str, ...]:
    return (
        words.percent(row["planned_fraction"], 2),
        words.percent(row["actual_fraction"], 2),
        words.multiple(row["planned_r"]).lstrip("+"),
        words.multiple(row["actual_r"]).lstrip("+"),
        words.number(round(row["minutes"])),
    )


def _gap_table(frame: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (
            str(row["number"]),
            str(row["gaps"]),
            *(_gap(row, words) if row["gaps"] else ("",) * 5),
            words.percent(row["size_fraction"]) if row["sizes"] else "",
        )
        for row in frame.to_dict("records")
    )
    headers = ("before", "n", "planned", "bought", "planned R", "bought R", "minutes", "size")
    return Table(
        headers, rows, "rrrrrrrr", caption="mean gaps, median minutes; size is bought of planned"
    )
