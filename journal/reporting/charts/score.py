"""The discipline score by week: dots where enough trades were judged."""

from __future__ import annotations

from math import isnan

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.history.weeks_frame`)."""
    drawn = go.Figure()
    drawn.add_scatter(
        x=list(frame["label"]),
        y=[None if isnan(score) else round(score, 4) for score in frame["score"].astype(float)],
        mode="lines+markers",
        line={"color": colour("clean"), "width": 2},
        marker={"size": 8, "symbol": "diamond"},
        customdata=[int(trades) for trades in frame["trades"]],
        hovertemplate="%{x}: %{y:.1f} (n = %{customdata})<extra></extra>",
        name="discipline score",
    )
    drawn.update_layout(
        layout(
            200,
            showlegend=False,
            xaxis={"type": "category", "categoryarray": list(frame["label"]), "nticks": 8},
            yaxis={"range": [0, 104]},
        )
    )
    return drawn
