"""What scaling was worth: means in R with their intervals, group by group.

A hollow mark has too few trades behind it for an interval.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, label, layout

_LOOKS = {
    "scale_in": ("scaling in", "buy", "circle", 0.22),
    "against_first": ("scaling out against the first exit", "exit", "square", 0.0),
    "against_last": ("scaling out against the last exit", "clean", "diamond", -0.22),
}
_ROW = 46


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.scaling_frames.comparisons_frame`), a row a group."""
    names = list(dict.fromkeys(zip(frame["by"], frame["label"], strict=True)))
    heights = {name: -place for place, name in enumerate(names)}
    drawn = go.Figure()
    for comparison, (title, shade, symbol, shift) in _LOOKS.items():
        own = frame[(frame["comparison"] == comparison) & frame["mean_r"].notna()]
        rows = own.to_dict("records")
        sure = [row["low"] == row["low"] for row in rows]
        drawn.add_scatter(
            x=[round(float(row["mean_r"]), 6) for row in rows],
            y=[heights[row["by"], row["label"]] + shift for row in rows],
            mode="markers",
            marker={
                "symbol": [symbol if known else f"{symbol}-open" for known in sure],
                "size": 9,
                "color": colour(shade),
                "line": {"width": 1.5, "color": colour(shade)},
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": _spans(rows, sure, "high", 1),
                "arrayminus": _spans(rows, sure, "low", -1),
                "color": colour(shade),
                "thickness": 1.5,
            },
            customdata=[int(row["n"]) for row in rows],
            hovertemplate=f"{title}: %{{x:+.2f}}R (n = %{{customdata}})<extra></extra>",
            name=title,
        )
    drawn.add_vline(x=0, line={"color": colour("muted"), "width": 1})
    drawn.update_layout(
        layout(
            90 + _ROW * len(names),
            xaxis={"ticksuffix": "R"},
            yaxis={
                "tickvals": list(heights.values()),
                "ticktext": [label(_named(*name)) for name in names],
                "range": [-len(names) + 0.4, 0.6],
                "showgrid": False,
            },
        )
    )
    return drawn


def _spans(
    rows: list[dict[Hashable, Any]], sure: list[bool], end: str, sign: int
) -> list[float | None]:
    """Return how far an interval reaches from its mean to one end, None where there is none."""
    return [
        round(sign * (float(row[end]) - float(row["mean_r"])), 6) if known else None
        for row, known in zip(rows, sure, strict=True)
    ]


def _named(by: str, name: str) -> str:
    words = {"all": "all trades", "setup": f"#{name}", "tranches": f"{name} tranches planned"}
    return words.get(by, f"spacing {name}")
