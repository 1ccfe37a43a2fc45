"""Breaches per rule: a bar a rule, its cost written beside it."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_ROW = 26
_SHADES = {"critical": "broken", "major": "exit", "minor": "unknown"}


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`: columns rule, severity, broken and cost (as text), the most broken first."""
    drawn = go.Figure()
    most, named = int(frame["broken"].max()), list(frame["rule"])
    for severity, shade in _SHADES.items():
        own = frame[frame["severity"] == severity]
        if own.empty:
            continue
        drawn.add_bar(
            orientation="h",
            y=list(own["rule"]),
            x=[int(count) for count in own["broken"]],
            marker={"color": colour(shade)},
            text=[f"{row['broken']}  {row['cost']}".rstrip() for row in own.to_dict("records")],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            name=severity,
        )
    drawn.update_layout(
        layout(
            70 + _ROW * len(frame),
            xaxis={"visible": False, "range": [0, most * 1.9]},
            yaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": list(frame["rule"])[::-1],
            },
            barmode="stack",
            narrow={"yaxis": {"tickvals": named, "ticktext": [name[:8] for name in named]}},
        )
    )
    return drawn
