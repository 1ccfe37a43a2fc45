"""The look of charts: colours by what they mean, axes, margins.

A colour in a figure is a name, `var(--broken)`, that the page looks up in the reader's scheme and
`painted` in a notebook. The hues are those of Okabe and Ito (Color Universal Design, 2008), which
the colour-blind can tell apart; direction and verdicts also differ by shape, sign or word.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from typing import Any

import plotly.graph_objects as go

PALETTES: Mapping[str, Mapping[str, str]] = {
    "light": {
        "paper": "#ffffff",
        "panel": "#f5f6f8",
        "ink": "#1b1f24",
        "muted": "#5b6570",
        "line": "#d5dae0",
        "grid": "#e8ebef",
        "buy": "#0072b2",
        "sell": "#b8860b",
        "kept": "#0072b2",
        "broken": "#c44e00",
        "unknown": "#8a929b",
        "gain": "#0072b2",
        "loss": "#c44e00",
        "plan": "#56b4e9",
        "exit": "#a0710a",
        "stop": "#a23b72",
        "invalidation": "#c44e00",
        "average": "#1b1f24",
        "clean": "#007a5a",
        "accent": "#0072b2",
    },
    "dark": {
        "paper": "#14171b",
        "panel": "#1d2127",
        "ink": "#e7eaee",
        "muted": "#9aa5b1",
        "line": "#3a424c",
        "grid": "#2a3038",
        "buy": "#56b4e9",
        "sell": "#f0c24b",
        "kept": "#56b4e9",
        "broken": "#ff8a4c",
        "unknown": "#7d8791",
        "gain": "#56b4e9",
        "loss": "#ff8a4c",
        "plan": "#2f86bd",
        "exit": "#e6b43c",
        "stop": "#e08ab4",
        "invalidation": "#ff8a4c",
        "average": "#e7eaee",
        "clean": "#2fbf93",
        "accent": "#56b4e9",
    },
}

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif"


def colour(name: str) -> str:
    """Return the colour of that meaning, to be looked up in the reader's scheme."""
    if name not in PALETTES["light"]:
        msg = f"there is no colour {name!r}"
        raise KeyError(msg)
    return f"var(--{name})"


def label(text: str) -> str:
    """Return a user's own text for a label: Plotly would render tags in it."""
    return html.escape(text, quote=False)


def amounts(values: Iterable[float]) -> str:
    """Return how hovering writes money with its sign: to the cent, coins to six figures."""
    return "+,.2f" if max(map(abs, values), default=1.0) >= 1 else "+~r"


def layout(height: int, **settings: Any) -> dict[str, Any]:  # noqa: ANN401 - Plotly's own settings
    """Return the common layout with a chart's own settings on top.

    `narrow` are settings for a phone, laid over the others there.
    """
    if narrow := settings.pop("narrow", None):
        settings["meta"] = {"narrow": narrow}
    axis = {
        "gridcolor": colour("grid"),
        "linecolor": colour("line"),
        "zerolinecolor": colour("line"),
        "tickfont": {"color": colour("muted")},
        "automargin": True,
        "fixedrange": True,
        "exponentformat": "none",
        "separatethousands": True,
    }
    common: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 12, "color": colour("ink")},
        "hoverlabel": {
            "bgcolor": colour("panel"),
            "bordercolor": colour("line"),
            "font": {"color": colour("ink"), "family": FONT},
        },
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0, "xanchor": "left"},
        "dragmode": False,
    }
    for name in ("xaxis", "yaxis"):
        common[name] = axis | settings.pop(name, {})
    return common | settings


def painted(figure: go.Figure, scheme: str = "light") -> go.Figure:
    """Return a figure with the colours of a scheme in it, for a notebook or an image."""
    palette = PALETTES[scheme]
    text = figure_json(figure)
    for name, value in palette.items():
        text = text.replace(f"var(--{name})", value)
    content = json.loads(text)
    content["layout"].pop("template", None)
    return go.Figure(content)


def figure_json(figure: go.Figure) -> str:
    """Return a figure as the JSON that Plotly's script takes; equal figures give equal text."""
    import plotly.io as pio  # noqa: PLC0415 - only where a page is written

    return str(pio.to_json(figure, engine="json", validate=False))
