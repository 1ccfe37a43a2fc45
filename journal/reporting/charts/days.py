"""Results by day: a bar a day, up for a gain and down for a loss."""

from __future__ import annotations

from datetime import date

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import amounts, colour, label, layout

_WEEK, _MONTH = 7, 31
_TICKS = 7


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a day: columns day, net_pnl (NaN for none or not known) and currency."""
    told = frame[frame["net_pnl"].notna()]
    is_short = len(frame) <= _MONTH
    currency = label(str(frame["currency"].iloc[0]))
    drawn = go.Figure()
    drawn.add_bar(
        x=[day.isoformat() for day in told["day"]],
        y=list(told["net_pnl"]),
        marker={"color": [colour("gain" if net > 0 else "loss") for net in told["net_pnl"]]},
        hovertemplate=f"%{{x}}: %{{y:{amounts(told['net_pnl'])}}} {currency}<extra></extra>",
    )
    drawn.update_layout(
        layout(
            220,
            showlegend=False,
            xaxis=_every_day(list(frame["day"])) if is_short else {"type": "date"},
            yaxis={"title": {"text": currency, "standoff": 8}, "zeroline": True},
        )
    )
    return drawn


def _every_day(days: list[date]) -> dict[str, object]:
    """Return an axis on which days without a result have their place too."""
    step = -(-len(days) // _TICKS)
    shown = days[::step]
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": [day.isoformat() for day in days],
        "range": [-0.6, len(days) - 0.4],
        "tickvals": [day.isoformat() for day in shown],
        "ticktext": [
            f"{day:%a} {day.day}" if len(days) <= _WEEK else f"{day:%m-%d}" for day in shown
        ],
        "tickangle": 0,
    }
