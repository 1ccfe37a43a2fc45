"""How deep ladders filled: the share of each tranche that did, with Wilson's interval."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.intervals import spans
from journal.reporting.charts.theme import colour, layout


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame` (see `journal.reporting.scaling_frames.depth_frame`), a row a tranche."""
    drawn = go.Figure()
    told = frame.assign(share=frame["filled"] / frame["planned"])
    for is_sure, pattern, name in ((True, "", "share filled"), (False, "/", "too few")):
        rows = told[told["fill_low"].notna() == is_sure].to_dict("records")
        if not rows:
            continue
        drawn.add_bar(
            x=[str(row["number"]) for row in rows],
            y=[round(float(row["share"]), 6) for row in rows],
            marker={"color": colour("plan"), "pattern": {"shape": pattern}},
            customdata=[_count(row) for row in rows],
            hovertemplate="tranche %{x}: filled %{customdata}<extra></extra>",
            name=name,
        )
        if is_sure:
            drawn.data[-1].error_y = spans(rows, "ink", "share", "fill_low", "fill_high")
    numbers = [str(number) for number in frame["number"]]
    drawn.update_layout(
        layout(
            230,
            showlegend=False,
            xaxis={
                "type": "category",
                "categoryarray": numbers,
                "tickvals": numbers,
                "ticktext": [
                    f"{row['number']}<br>{_count(row)}" for row in frame.to_dict("records")
                ],
                "title": {"text": "tranche"},
            },
            yaxis={"tickformat": ".0%", "range": [0, 1.05]},
        )
    )
    return drawn


def _count(row: Mapping[Hashable, Any]) -> str:
    return f"{row['filled']} of {row['planned']}"
