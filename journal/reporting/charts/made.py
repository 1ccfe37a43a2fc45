"""What the units of each tranche made in R, and trades by how many tranches filled."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a mark: columns label, mean_r, low, high (NaN for too few) and n."""
    rows = frame[frame["mean_r"].notna()].to_dict("records")
    sure = [row["low"] == row["low"] for row in rows]
    drawn = go.Figure()
    drawn.add_scatter(
        x=[row["label"] for row in rows],
        y=[round(float(row["mean_r"]), 6) for row in rows],
        mode="markers",
        marker={
            "symbol": ["circle" if known else "circle-open" for known in sure],
            "size": 10,
            "color": colour("buy"),
            "line": {"width": 1.5, "color": colour("buy")},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [
                round(row["high"] - row["mean_r"], 6) if known else None
                for row, known in zip(rows, sure, strict=True)
            ],
            "arrayminus": [
                round(row["mean_r"] - row["low"], 6) if known else None
                for row, known in zip(rows, sure, strict=True)
            ],
            "color": colour("buy"),
            "thickness": 1.5,
        },
        customdata=[int(row["n"]) for row in rows],
        hovertemplate="%{x}: %{y:+.2f}R a trade (n = %{customdata})<extra></extra>",
    )
    drawn.add_hline(y=0, line={"color": colour("muted"), "width": 1})
    drawn.update_layout(
        layout(
            230,
            showlegend=False,
            xaxis={"type": "category", "categoryarray": list(frame["label"])},
            yaxis={"ticksuffix": "R"},
        )
    )
    return drawn
