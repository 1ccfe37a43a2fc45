"""How deep ladders filled: the share of each tranche that did, with Wilson's interval."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.scaling_frames.depth_frame`), a row a tranche."""
    rows = frame.to_dict("records")
    shares = [row["filled"] / row["planned"] for row in rows]
    sure = [row["fill_low"] == row["fill_low"] for row in rows]
    drawn = go.Figure()
    drawn.add_bar(
        x=[f"tranche {row['number']}" for row in rows],
        y=[round(share, 6) for share in shares],
        marker={
            "color": colour("plan"),
            "pattern": {"shape": ["" if known else "/" for known in sure]},
        },
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [
                round(row["fill_high"] - share, 6) if known else None
                for row, share, known in zip(rows, shares, sure, strict=True)
            ],
            "arrayminus": [
                round(share - row["fill_low"], 6) if known else None
                for row, share, known in zip(rows, shares, sure, strict=True)
            ],
            "color": colour("ink"),
            "thickness": 1.2,
        },
        text=[f"{row['filled']} of {row['planned']}" for row in rows],
        textposition="inside",
        insidetextanchor="start",
        hovertemplate="%{x}: filled %{text}<extra></extra>",
    )
    drawn.update_layout(
        layout(230, showlegend=False, yaxis={"tickformat": ".0%", "range": [0, 1.05]})
    )
    return drawn
