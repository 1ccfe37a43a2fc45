"""The gap before each tranche, as planned and as bought."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_LOOKS = (
    ("planned_fraction", "planned", "plan", ""),
    ("actual_fraction", "as bought", "exit", "/"),
)


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.scaling_frames.gaps_frame`), a row a tranche."""
    drawn = go.Figure()
    for column, name, shade, pattern in _LOOKS:
        told = frame[frame[column].notna()]
        drawn.add_bar(
            x=[str(number) for number in told["number"]],
            y=[round(float(value), 8) for value in told[column]],
            marker={"color": colour(shade), "pattern": {"shape": pattern}},
            customdata=[int(count) for count in told["gaps"]],
            hovertemplate=f"before tranche %{{x}}, {name}: %{{y:.2%}} (n = %{{customdata}})"
            "<extra></extra>",
            name=name,
        )
    # A gap that one trade was bought with is no habit: its n stands below it.
    drawn_rows = frame[frame["gaps"] > 0].to_dict("records")
    drawn.update_layout(
        layout(
            230,
            barmode="group",
            xaxis={
                "type": "category",
                "title": {"text": "before tranche"},
                "tickvals": [str(row["number"]) for row in drawn_rows],
                "ticktext": [f"{row['number']}<br>n = {row['gaps']}" for row in drawn_rows],
            },
            yaxis={"tickformat": ".1%"},
        )
    )
    return drawn
