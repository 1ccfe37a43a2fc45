"""Cumulative R: all trades against the clean ones alone."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_LINES = (
    ("all_r", "all trades", "ink", "solid"),
    ("clean_r", "clean trades only", "clean", "dash"),
)


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.closed.cumulative_frame`)."""
    drawn = go.Figure()
    for column, name, shade, dash in _LINES:
        drawn.add_scatter(
            x=list(frame["closed_at"]),
            y=[round(float(value), 6) for value in frame[column]],
            mode="lines",
            line={"shape": "hv", "color": colour(shade), "dash": dash, "width": 2},
            customdata=list(frame["trade"]),
            hovertemplate=f"{name}: %{{y:+.2f}}R after %{{customdata}}<extra></extra>",
            name=name,
        )
    drawn.update_layout(
        layout(280, xaxis={"type": "date"}, yaxis={"ticksuffix": "R", "zeroline": True})
    )
    return drawn
