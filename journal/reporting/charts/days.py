"""Results by day: a bar a day, up for a gain and down for a loss."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, label, layout

_MONTH = 31


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`: columns day, net_pnl (NaN where not known) and currency."""
    told = frame[frame["net_pnl"].notna()]
    currency = label(str(frame["currency"].iloc[0]))
    drawn = go.Figure()
    drawn.add_bar(
        x=[day.isoformat() for day in told["day"]],
        y=list(told["net_pnl"]),
        marker={"color": [colour("gain" if net > 0 else "loss") for net in told["net_pnl"]]},
        hovertemplate=f"%{{x}}: %{{y:+,.2f}} {currency}<extra></extra>",
    )
    days = [day.isoformat() for day in frame["day"]]
    kind = (
        {"type": "category", "categoryarray": days, "nticks": 8}
        if len(days) <= _MONTH
        else {"type": "date"}
    )
    drawn.update_layout(
        layout(
            220, showlegend=False, xaxis=kind, yaxis={"title": {"text": currency, "standoff": 8}}
        )
    )
    return drawn
