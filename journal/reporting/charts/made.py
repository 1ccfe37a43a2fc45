"""What the units of each tranche made in R, and trades by how many tranches filled."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.intervals import spans
from journal.reporting.charts.theme import colour, layout

_ROW = 26


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a mark: columns label, mean_r, low, high (NaN for too few) and n."""
    told = frame[frame["mean_r"].notna()]
    drawn = go.Figure()
    for is_sure, symbol, name in ((True, "circle", "mean"), (False, "circle-open", "too few")):
        rows = told[told["low"].notna() == is_sure].to_dict("records")
        if not rows:
            continue
        drawn.add_scatter(
            y=[row["label"] for row in rows],
            x=[round(float(row["mean_r"]), 6) for row in rows],
            mode="markers",
            marker={
                "symbol": symbol,
                "size": 10,
                "color": colour("buy"),
                "line": {"width": 1.5, "color": colour("buy")},
            },
            customdata=[int(row["n"]) for row in rows],
            hovertemplate="%{y}: %{x:+.2f}R a trade (n = %{customdata})<extra></extra>",
            name=name,
        )
        if is_sure:
            drawn.data[-1].error_x = spans(rows, "buy", "mean_r", "low", "high")
    drawn.add_vline(x=0, line={"color": colour("muted"), "width": 1})
    drawn.update_layout(
        layout(
            70 + _ROW * len(frame),
            xaxis={"ticksuffix": "R"},
            yaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": list(frame["label"])[::-1],
            },
        )
    )
    return drawn
