"""The breach calendar: a square a day, weeks across and weekdays down."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WIDE = 680  # pixels that the weeks share


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a day: columns day, week, weekday (0 is Monday), traded, breaches."""
    weeks = list(dict.fromkeys(frame["week"]))
    size = max(8, min(22, _WIDE // max(len(weeks), 1) - 3))
    drawn = go.Figure()
    for name, chosen, shade, symbol in (
        ("no fill", ~frame["traded"] & (frame["breaches"] == 0), "grid", "square"),
        ("clean", frame["traded"] & (frame["breaches"] == 0), "clean", "square"),
        ("breached", frame["breaches"] > 0, "broken", "square"),
    ):
        own = frame[chosen.astype(bool)]
        counts = own["breaches"].astype(int)
        drawn.add_scatter(
            x=list(own["week"]),
            y=[_WEEKDAYS[weekday] for weekday in own["weekday"]],
            mode="markers+text",
            marker={"symbol": symbol, "size": size, "color": colour(shade)},
            text=[str(count) if count else "" for count in counts],
            textfont={"color": colour("paper"), "size": 10},
            customdata=[str(day) for day in own["day"]],
            hovertemplate="%{customdata}: %{text} " + name + "<extra></extra>",
            name=name,
        )
    drawn.update_layout(
        layout(
            70 + 7 * (size + 4),
            xaxis={"type": "category", "categoryarray": weeks, "showgrid": False, "nticks": 8},
            yaxis={
                "type": "category",
                "categoryarray": list(_WEEKDAYS)[::-1],
                "showgrid": False,
            },
        )
    )
    return drawn
