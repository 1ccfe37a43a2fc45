"""The signature picture: the planned ladder against the fills over time.

Tranches are bands at their prices, named on the right with what became of them; fills are
triangles, up for a buy and down for a sell, hollow where nothing planned them; the average entry,
the stop and the invalidation are steps; breaches are numbered rings.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isnan
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from journal.reporting.charts.theme import colour, label, layout
from journal.reporting.ladders import LadderPicture

_HEIGHT = 340
_PLOT = 270  # pixels between the axes, about
_LINE = 15  # pixels a label needs
_MARGIN = 148  # pixels on the right, for the names of the levels
_DATE = 24  # the same without names, for half a date at the edge
_BAND = 0.008  # of the height: half a tranche's band
_SMALLEST, _LARGEST = 8.0, 18.0
_PADDING = 0.07
_SIDE = 0.05  # of the time drawn, so that the first and the last marker are whole
_TICKS = 5
_LISTED = 3
_RING_WIDE, _RING_HIGH = 0.05, 0.08  # of the time and the height: what one ring covers

_STATE_LOOKS = {
    "filled": (0.55, "solid"),
    "partial": (0.3, "solid"),
    "open": (0.15, "dot"),
    "skipped": (0.06, "dash"),
    "not reached": (0.06, "dot"),
    "missed": (0.06, "dash"),
    "unfilled": (0.06, "dot"),
}


@dataclass(frozen=True, slots=True)
class _Level:
    """A price named on the right."""

    price: float
    text: str
    colour: str


def figure(data: LadderPicture) -> go.Figure:
    """Draw one trade."""
    low, high = _prices(data)
    drawn = go.Figure()
    shapes = _bands(data, (high - low) * _BAND)
    _steps(drawn, data)
    _fills(drawn, data)
    _marks(drawn, data)
    names = _levels(data)
    pad = (data.end - data.begin) * _SIDE
    drawn.update_layout(
        layout(
            _HEIGHT,
            shapes=shapes,
            annotations=_names(names, low, high),
            margin={"l": 8, "r": _MARGIN if names else _DATE, "t": 8, "b": 8},
            xaxis={
                "type": "date",
                "range": [data.begin - pad, data.end + pad],
                "showgrid": False,
                "nticks": _TICKS,
                "tickangle": 0,
            },
            yaxis={"range": [low, high], "tickformat": ",~r"},
            hovermode="closest",
        )
    )
    return drawn


def _prices(data: LadderPicture) -> tuple[float, float]:
    """Return the range of prices drawn: everything planned and made, and a little air."""
    low, high = float(data.prices.min()), float(data.prices.max())
    air = (high - low) * _PADDING or abs(high) * 0.01 or 1.0
    above = air if data.breaches.empty else 2 * air  # the numbers stand above their rings
    return low - air, high + above


def _bands(data: LadderPicture, half: float) -> list[dict[str, object]]:
    return [
        {
            "type": "rect",
            "xref": "paper",
            "x0": 0,
            "x1": 1,
            "y0": row["price"] - half,
            "y1": row["price"] + half,
            "fillcolor": colour("plan"),
            "opacity": _STATE_LOOKS[row["state"]][0],
            "line": {"width": 0},
            "layer": "below",
        }
        for row in data.tranches.to_dict("records")
        if pd.notna(row["price"])
    ]


def _levels(data: LadderPicture) -> list[_Level]:
    number = data.words.number
    levels = [
        _Level(row["price"], f"{row['number']}: {number(row['price'])} {row['state']}", "accent")
        for row in data.tranches.to_dict("records")
        if pd.notna(row["price"])
    ]
    levels += [
        _Level(
            row["target"],
            f"exit {row['number']}: {number(row['target'])}{'' if row['taken'] else ' not taken'}",
            "exit",
        )
        for row in data.exits.to_dict("records")
    ]
    levels += [
        _Level(float(steps["price"].iloc[-1]), f"{name} {number(steps['price'].iloc[-1])}", name)
        for name, steps in (("stop", data.stops), ("invalidation", data.levels))
        if len(steps) and pd.notna(steps["price"].iloc[-1])
    ]
    return levels


def _names(levels: Sequence[_Level], low: float, high: float) -> list[dict[str, object]]:
    """Return the labels on the right, pushed apart where their prices are close."""
    ordered = sorted(levels, key=lambda level: level.price)
    places = [(level.price - low) / (high - low) * _PLOT for level in ordered]
    for at in range(1, len(places)):
        places[at] = max(places[at], places[at - 1] + _LINE)
    for at in range(len(places) - 1, -1, -1):
        ceiling = _PLOT if at == len(places) - 1 else places[at + 1] - _LINE
        places[at] = min(places[at], ceiling)
    return [
        {
            "xref": "paper",
            "x": 1,
            "xanchor": "left",
            "xshift": 6,
            "yref": "paper",
            "y": place / _PLOT,
            "yanchor": "middle",
            "text": level.text,
            "showarrow": False,
            "align": "left",
            "font": {"size": 11, "color": colour(level.colour)},
        }
        for level, place in zip(ordered, places, strict=True)
    ]


def _steps(drawn: go.Figure, data: LadderPicture) -> None:
    for row in data.exits.to_dict("records"):
        look = ("exit", "dot", f"exit {row['number']}")
        _line(drawn, [data.begin, data.end], [row["target"]] * 2, look)
    for name, steps, dash in (
        ("invalidation", data.levels, "dashdot"),
        ("stop", data.stops, "dash"),
        ("average", data.average, "solid"),
    ):
        if steps["price"].notna().any():
            times = [*(max(at, data.begin) for at in steps["at"]), data.end]
            prices = [*steps["price"].astype(float), float(steps["price"].iloc[-1])]
            _line(drawn, times, prices, (name, dash, name))


def _line(
    drawn: go.Figure, times: list[datetime], prices: list[float], look: tuple[str, str, str]
) -> None:
    """Add steps that look like this: the colour's name, the dashes, what to call them."""
    shade, dash, name = look
    drawn.add_scatter(
        x=times,
        y=[None if isnan(price) else price for price in prices],
        mode="lines",
        line={"shape": "hv", "color": colour(shade), "dash": dash, "width": 1.6},
        name=name,
        showlegend=False,
        hovertemplate=f"{name} %{{y:,~r}}<extra></extra>",
    )


def _fills(drawn: go.Figure, data: LadderPicture) -> None:
    for side, is_buy, symbol in (("buy", True, "triangle-up"), ("sell", False, "triangle-down")):
        own = data.fills[data.fills["is_buy"] == is_buy]
        if own.empty:
            continue
        hollow = [f"{symbol}-open" if unplanned else symbol for unplanned in own["unplanned"]]
        drawn.add_scatter(
            x=list(own["at"]),
            y=list(own["price"]),
            mode="markers",
            marker={
                "symbol": hollow,
                "color": colour(side),
                "size": _sizes(own["quantity"], data.fills["quantity"]),
                "opacity": 1,
                "line": {"width": 1.5, "color": colour(side)},
            },
            customdata=[
                [label(data.words.number(row["quantity"])), label(row["role"]), row["key"]]
                for row in own.to_dict("records")
            ],
            hovertemplate=f"{side} %{{customdata[0]}} @ %{{y:,~r}}<br>%{{customdata[1]}} "
            "(%{customdata[2]})<br>%{x|%Y-%m-%d %H:%M}<extra></extra>",
            name=side,
            showlegend=False,
        )


def _sizes(own: pd.Series, all_of_them: pd.Series) -> list[float]:
    """Return sizes in pixels: the area of a marker goes with its quantity."""
    largest = float(all_of_them.max()) or 1.0
    sizes = _SMALLEST + (_LARGEST - _SMALLEST) * (own / largest) ** 0.5
    return [round(float(size), 2) for size in sizes]


def _marks(drawn: go.Figure, data: LadderPicture) -> None:
    """Ring the places of breaches; the numbers of one ring stand together."""
    if data.breaches.empty:
        return
    places = _places(data)
    drawn.add_scatter(
        x=[group[0]["at"] for group in places],
        y=[group[0]["price"] for group in places],
        mode="markers+text",
        marker={
            "symbol": "circle-open",
            "size": 24,
            "color": colour("broken"),
            "line": {"width": 2, "color": colour("broken")},
        },
        text=[_numbers([int(each["mark"]) for each in group]) for group in places],
        textposition="top center",
        textfont={"color": colour("broken"), "size": 11},
        customdata=["<br>".join(label(each["id"]) for each in group) for group in places],
        hovertemplate="%{customdata}<extra></extra>",
        name="breach",
        showlegend=False,
    )


def _places(data: LadderPicture) -> list[list[dict[Hashable, Any]]]:
    """Return the breaches by the ring they share: their own would lie over each other."""
    low, high = _prices(data)
    near, close = (data.end - data.begin) * _RING_WIDE, (high - low) * _RING_HIGH
    places: list[list[dict[Hashable, Any]]] = []
    for breach in data.breaches.sort_values(["at", "price"], kind="stable").to_dict("records"):
        shared = (
            place
            for place in places
            if breach["at"] - place[0]["at"] <= near
            and abs(breach["price"] - place[0]["price"]) <= close
        )
        if place := next(shared, None):
            place.append(breach)
        else:
            places.append([breach])
    return places


def _numbers(marks: list[int]) -> str:
    """Return `1·2·5`, and `1-4·7` where more than three follow each other."""
    runs: list[list[int]] = []
    for mark in sorted(marks):
        if runs and mark == runs[-1][-1] + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return "·".join(
        f"{run[0]}-{run[-1]}" if len(run) > _LISTED else "·".join(map(str, run)) for run in runs
    )
