"""Adherence by week with Wilson's band: the share of rules kept, and how sure that is."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.history.weeks_frame`), one row a week."""
    told = frame[frame["judged"] > 0]
    drawn = go.Figure()
    drawn.add_scatter(
        x=[*told["label"], *told["label"][::-1]],
        y=[*told["high"], *told["low"][::-1]],
        mode="lines",  # of a few weeks Plotly would mark the corners
        fill="toself",
        fillcolor=colour("plan"),
        opacity=0.25,
        line={"width": 0},
        hoverinfo="skip",
        name="95% interval",
    )
    drawn.add_scatter(
        x=list(told["label"]),
        y=list(told["adherence"]),
        mode="lines+markers",
        line={"color": colour("kept"), "width": 2},
        marker={"size": 7},
        customdata=[list(row) for row in told[["kept", "judged"]].to_numpy()],
        hovertemplate="%{x}: %{y:.0%} (%{customdata[0]} of %{customdata[1]})<extra></extra>",
        name="rules kept",
    )
    drawn.update_layout(
        layout(
            260,
            yaxis={"tickformat": ".0%", "range": [0, 1.02]},
            xaxis={"type": "category", "categoryarray": list(frame["label"]), "nticks": 8},
        )
    )
    return drawn
