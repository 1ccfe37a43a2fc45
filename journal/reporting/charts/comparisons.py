"""What scaling was worth: means in R with their intervals, group by group.

A hollow mark has too few trades behind it for an interval.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from journal.domain.money import clip
from journal.reporting.charts.intervals import spans
from journal.reporting.charts.theme import colour, label, layout

_LOOKS = {
    "scale_in": ("scaling in", "buy", "circle", 0.22),
    "against_first": ("scaling out against the first exit", "exit", "square", 0.0),
    "against_last": ("scaling out against the last exit", "clean", "diamond", -0.22),
}
_ROW = 46
_LONGEST = 18  # letters of a name that fit beside the marks


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.scaling_frames.comparisons_frame`), a row a group."""
    names = list(dict.fromkeys(zip(frame["by"], frame["label"], strict=True)))
    heights = {name: -place for place, name in enumerate(names)}
    drawn = go.Figure()
    for comparison in _LOOKS:
        own = frame[(frame["comparison"] == comparison) & frame["mean_r"].notna()]
        for is_sure in (True, False):
            rows = own[own["low"].notna() == is_sure].to_dict("records")
            if rows:
                _points(drawn, rows, [heights[row["by"], row["label"]] for row in rows], comparison)
    drawn.add_vline(x=0, line={"color": colour("muted"), "width": 1})
    drawn.update_layout(
        layout(
            90 + _ROW * len(names),
            xaxis={"ticksuffix": "R"},
            narrow={
                "legend": {"orientation": "v"},
                "margin": {"l": 112, "t": 72},
                "yaxis": {"automargin": False},
                "height": 140 + _ROW * len(names),
            },
            yaxis={
                "tickvals": list(heights.values()),
                "ticktext": [label(_named(*name)) for name in names],
                "range": [-len(names) + 0.4, 0.6],
                "showgrid": False,
            },
        )
    )
    return drawn


def _points(
    drawn: go.Figure, rows: list[dict[Hashable, Any]], heights: list[int], comparison: str
) -> None:
    """Add marks that all have intervals, or none of which has."""
    title, shade, symbol, shift = _LOOKS[comparison]
    is_sure = pd.notna(rows[0]["low"])
    marks = drawn.add_scatter(
        x=[round(float(row["mean_r"]), 6) for row in rows],
        y=[height + shift for height in heights],
        mode="markers",
        marker={
            "symbol": symbol if is_sure else f"{symbol}-open",
            "size": 9,
            "color": colour(shade),
            "line": {"width": 1.5, "color": colour(shade)},
        },
        customdata=[int(row["n"]) for row in rows],
        hovertemplate=f"{title}: %{{x:+.2f}}R (n = %{{customdata}})<extra></extra>",
        name=title if is_sure else f"{title}, too few",
    )
    if is_sure:
        marks.data[-1].error_x = spans(rows, shade, "mean_r", "low", "high")


def _named(by: str, name: str) -> str:
    words = {
        "all": "all trades",
        "setup": clip(f"#{name}", _LONGEST),
        "tranches": f"{name} tranches planned",
    }
    return words.get(by, f"spacing {name}")
