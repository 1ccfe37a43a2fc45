"""The 2x2: clean or breached down, won or lost across; a bad win is not a good trade."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, label, layout

_TILES = {
    (True, True): (0, 1, "clean win", "clean"),
    (True, False): (1, 1, "clean loss", "unknown"),
    (False, True): (0, 0, "bad win", "exit"),
    (False, False): (1, 0, "bad loss", "broken"),
}
_GAP = 0.02
_SHORTEST = 107  # pixels a tile is high
_LINE = 14  # pixels a line of money needs
_COUNT, _NAME, _MONEY = 26, 54, 68  # pixels from the top of a tile
_SIDES = 16  # pixels above and below the tiles


def figure(frame: pd.DataFrame) -> go.Figure:
    """Draw `frame`, a row a tile: columns clean, won, trades and text (money and R)."""
    drawn = go.Figure()
    shapes, annotations = [], []
    most = max(1, int(frame["trades"].max()))
    # Narrow screens have no room for two currencies beside each other.
    moneys = [label(str(text)).replace(", ", "<br>") for text in frame["text"]]
    high = max(_SHORTEST, _MONEY + 8 + _LINE * max(money.count("<br>") + 1 for money in moneys))
    rows = frame.to_dict("records")
    tiles = [_TILES[bool(row["clean"]), bool(row["won"])] for row in rows]
    for row, money, (x, y, name, shade) in zip(rows, moneys, tiles, strict=True):
        shapes.append(
            {
                "type": "rect",
                "x0": x + _GAP,
                "x1": x + 1 - _GAP,
                "y0": y + _GAP,
                "y1": y + 1 - _GAP,
                "fillcolor": colour(shade),
                "opacity": round(0.12 + 0.3 * row["trades"] / most, 4),
                "line": {"width": 0},
            }
        )
        for down, size, anchor, text in (
            (_COUNT, 24, "middle", str(row["trades"])),
            (_NAME, 13, "middle", name),
            (_MONEY, 11, "top", money),
        ):
            annotations.append(
                {
                    "x": x + 0.5,
                    "y": y + 1 - down / high,
                    "yanchor": anchor,
                    "text": text,
                    "showarrow": False,
                    "font": {"size": size, "color": colour("ink")},
                }
            )
    # Invisible points carry what the tiles say to whoever hovers, and give the axes their range.
    drawn.add_scatter(
        x=[tile[0] + 0.5 for tile in tiles],
        y=[tile[1] + 0.5 for tile in tiles],
        mode="markers",
        marker={"opacity": 0, "size": 60},
        customdata=moneys,
        hovertemplate="%{customdata}<extra></extra>",
        showlegend=False,
    )
    drawn.update_layout(
        layout(
            2 * high + _SIDES,
            shapes=shapes,
            annotations=annotations,
            xaxis={"visible": False, "range": [0, 2]},
            yaxis={"visible": False, "range": [0, 2]},
        )
    )
    return drawn
