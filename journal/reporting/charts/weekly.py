"""Money by week: bars stacked by what they are, one currency a picture."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import amounts, colour, label, layout

_LOOKS = {
    "net_pnl": ("net P&L", "gain", ""),
    "fees": ("fees", "buy", ""),
    "slippage": ("slippage", "exit", "/"),
    "funding": ("funding", "unknown", "x"),
}


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a week: columns label, currency (one for all) and some of `_LOOKS`."""
    weeks = list(frame["label"])
    currency = label(str(frame["currency"].iloc[0]))
    drawn = go.Figure()
    columns = [name for name in _LOOKS if name in frame.columns]
    digits = amounts(float(value) for name in columns for value in frame[name].dropna())
    for column in columns:
        name, shade, pattern = _LOOKS[column]
        told = frame[frame[column].notna()]
        values = [round(float(value), 8) for value in told[column]]
        shades: str | list[str] = colour(shade)
        if column == "net_pnl":
            shades = [colour("gain" if value > 0 else "loss") for value in values]
        drawn.add_bar(
            x=list(told["label"]),
            y=values,
            marker={"color": shades, "pattern": {"shape": pattern}},
            hovertemplate=f"%{{x}} {name}: %{{y:{digits}}} {currency}<extra></extra>",
            name=name,
        )
    drawn.update_layout(
        layout(
            220,
            barmode="relative",
            showlegend=len(columns) > 1,
            xaxis={
                "type": "category",
                "categoryarray": weeks,
                "range": [-0.6, len(weeks) - 0.4],
                "nticks": 8,
            },
            yaxis={"title": {"text": currency, "standoff": 8}, "zeroline": True},
        )
    )
    return drawn
