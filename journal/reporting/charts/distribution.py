"""How R multiples are spread: clean trades above the axis, breached ones below it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_WIDTH = 0.5
_FARTHEST = 6.0


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`: columns r and clean; what lies beyond 6R either way is counted at the end."""
    told = frame[frame["r"].notna()]
    low = np.floor(max(float(told["r"].min()), -_FARTHEST) / _WIDTH) * _WIDTH
    high = np.floor(min(float(told["r"].max()), _FARTHEST) / _WIDTH) * _WIDTH + _WIDTH
    edges = np.arange(low, high + _WIDTH / 2, _WIDTH)
    clean = told["clean"].astype(bool)
    drawn = go.Figure()
    for name, chosen, sign, shade, pattern in (
        ("clean", clean, 1, "clean", ""),
        ("breached", ~clean, -1, "broken", "/"),
    ):
        values = np.clip(told["r"][chosen].to_numpy(), low, high - _WIDTH / 2)
        counts = np.histogram(values, edges)[0]
        drawn.add_bar(
            x=[round(float(edge) + _WIDTH / 2, 4) for edge in edges[:-1]],
            y=[int(sign * count) for count in counts],
            width=_WIDTH * 0.92,
            marker={"color": colour(shade), "pattern": {"shape": pattern}},
            customdata=[
                [float(edge), float(edge) + _WIDTH, int(count)]
                for edge, count in zip(edges[:-1], counts, strict=True)
            ],
            hovertemplate="%{customdata[0]:+.1f}R to %{customdata[1]:+.1f}R: %{customdata[2]} "
            f"{name}<extra></extra>",
            name=name,
        )
    most = max(1, *(abs(value) for bar in drawn.data for value in bar.y))
    ticks = sorted({0, most, -most})
    drawn.update_layout(
        layout(
            240,
            barmode="relative",
            xaxis={"ticksuffix": "R", "zeroline": True},
            yaxis={"tickvals": ticks, "ticktext": [str(abs(tick)) for tick in ticks]},
        )
    )
    return drawn
