"""Breaches per rule: a bar a rule below its name, its count and cost beside it."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, layout

_NAME, _LINE = 32, 14  # pixels that a rule's name and bar take, and each line beside the bar
_WIDTH = 30  # letters beside a bar that fit a phone
_ROOM = 2.6  # the axis is so many times the longest bar
_SHADES = {"critical": "broken", "major": "exit", "minor": "unknown"}
_PATTERNS = {"critical": "", "major": "/", "minor": "."}


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`: columns rule, severity, broken and cost (as text), the most broken first."""
    drawn = go.Figure()
    texts = {row["rule"]: _text(row["broken"], row["cost"]) for row in frame.to_dict("records")}
    row_height = _NAME + _LINE * max(text.count("<br>") + 1 for text in texts.values())
    for severity, shade in _SHADES.items():
        own = frame[frame["severity"] == severity]
        if own.empty:
            continue
        drawn.add_bar(
            orientation="h",
            y=list(own["rule"]),
            x=[int(count) for count in own["broken"]],
            width=0.36,
            marker={"color": colour(shade), "pattern": {"shape": _PATTERNS[severity]}},
            text=[texts[rule] for rule in own["rule"]],
            textposition="outside",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            name=severity,
        )
    drawn.update_layout(
        layout(
            70 + row_height * len(frame),
            annotations=[_name(rule, row_height) for rule in frame["rule"]],
            xaxis={"visible": False, "range": [0, int(frame["broken"].max()) * _ROOM]},
            yaxis={
                "type": "category",
                "categoryorder": "array",
                "categoryarray": list(frame["rule"])[::-1],
                "showticklabels": False,
                "showgrid": False,
            },
            barmode="stack",
        )
    )
    return drawn


def _text(broken: int, cost: str) -> str:
    """Return the count and the cost, in lines short enough for a phone."""
    return "<br>".join(textwrap.wrap(f"{broken}  {cost}".rstrip(), _WIDTH))


def _name(rule: str, row_height: int) -> dict[str, object]:
    """Return a rule's name above its bar: beside the bar it would take half a phone."""
    return {
        "xref": "paper",
        "x": 0,
        "xanchor": "left",
        "y": rule,
        "yshift": round(row_height * 0.36),
        "text": rule,
        "showarrow": False,
        "font": {"size": 11, "color": colour("muted")},
    }
