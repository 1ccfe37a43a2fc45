"""Cumulative R: all trades against the clean ones alone."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_LINES = (
    ("all_r", "all trades", "ink", "solid"),
    ("clean_r", "clean trades only", "clean", "dash"),
)
_SIDE = 0.05  # of the time drawn
_LEAST = timedelta(hours=12)
_MARKED = 40
"""So many trades are marked one by one; a line through a single one would be invisible."""


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.closed.cumulative_frame`)."""
    drawn = go.Figure()
    for column, name, shade, dash in _LINES:
        drawn.add_scatter(
            x=list(frame["closed_at"]),
            y=[round(float(value), 6) for value in frame[column]],
            mode="lines+markers" if len(frame) <= _MARKED else "lines",
            marker={"size": 5},
            line={"shape": "hv", "color": colour(shade), "dash": dash, "width": 2},
            customdata=list(frame["trade"]),
            hovertemplate=f"{name}: %{{y:+.2f}}R after %{{customdata}}<extra></extra>",
            name=name,
        )
    first, last = frame["closed_at"].iloc[0], frame["closed_at"].iloc[-1]
    pad = max((last - first) * _SIDE, _LEAST)
    drawn.update_layout(
        layout(
            280,
            margin={"l": 8, "r": 28, "t": 8, "b": 8},  # half a date stands beyond the axis
            xaxis={"type": "date", "range": [first - pad, last + pad], "nticks": 6, "tickangle": 0},
            yaxis={"ticksuffix": "R", "zeroline": True},
        )
    )
    return drawn
