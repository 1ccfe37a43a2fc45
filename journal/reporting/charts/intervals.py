"""Intervals as error bars: from each mark to both ends."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any

from journal.reporting.charts.theme import colour


def spans(
    rows: Sequence[dict[Hashable, Any]], shade: str, value: str, low: str, high: str
) -> dict[str, Any]:
    """Return Plotly's error bars of rows that all have an interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [round(float(row[high] - row[value]), 8) for row in rows],
        "arrayminus": [round(float(row[value] - row[low]), 8) for row in rows],
        "color": colour(shade),
        "thickness": 1.5,
    }
