"""Does scaling help: against all-in at tranche 1, and against selling everything at once."""

from __future__ import annotations

import pandas as pd

from journal.reporting.blocks import Chart, Section, Table, Text, Tone
from journal.reporting.report import Report
from journal.reporting.scaling_frames import comparisons_frame
from journal.reporting.scaling_text import group_answers
from journal.reporting.words import Words, too_few

_NAMES = {
    "scale_in": "scaling in",
    "against_first": "out, against the first exit",
    "against_last": "out, against the last exit",
}


def section(report: Report) -> Section | None:
    """Answer from all trades closed so far, in total and by setup, tranches and spacing."""
    frame = comparisons_frame(report.scaling)
    told = frame[frame["n"] > 0]
    if told.empty:
        return None
    answers = list(group_answers(report.scaling.total, report.words))
    chart = Chart("scaling", "comparisons", told, " ".join(answers), _table(told, report.words))
    return Section("scaling", "Does scaling help?", (basis(report), *map(Text, answers), chart))


def basis(report: Report) -> Text:
    """Say which trades are counted: a week alone has too few for any answer."""
    return Text(f"All trades closed by the end of {report.review.label}.", Tone.QUIET)


def _table(frame: pd.DataFrame, words: Words) -> Table:
    rows = tuple(
        (
            row["by"] if row["by"] == "all" else f"{row['by']} {row['label']}",
            _NAMES[row["comparison"]],
            str(row["n"]),
            words.multiple(row["mean_r"]),
            too_few(row["n"])
            if pd.isna(row["low"])
            else f"{words.multiple(row['low'])} to {words.multiple(row['high'])}",
            f"{row['positive']} of {row['known']}",
        )
        for row in frame.to_dict("records")
    )
    headers = ("trades", "comparison", "n", "mean", "95% interval", "above zero")
    return Table(headers, rows, "llrrlr", drop=("above zero",))
