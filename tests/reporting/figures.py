"""The figures of the demo's week as data: what the page hands to the script that draws them.

Run as a script it rewrites `snapshots/`; `test_figures.py` checks that nothing would change. Look
at the pictures before a change of theirs is kept.
"""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from journal.reporting.blocks import Chart
from journal.reporting.charts.theme import figure_json
from journal.reporting.page import charts_of
from journal.reporting.sections import sections_of
from journal.usecases.books import read_judgement
from journal.usecases.demo import DEMO_NOW, REVIEWED_WEEK, make_demo
from journal.usecases.review import Asked, report
from journal.usecases.session import Session

SNAPSHOTS = Path(__file__).parent / "snapshots"

# A chart of each kind, and ladders that differ: half filled, full and short, without a plan.
NAMES = (
    "quadrants",
    "ladder-T104",
    "ladder-T124",
    "ladder-T131",
    "days-USD",
    "adherence",
    "cumulative",
    "distribution",
    "rules",
    "calendar",
    "score",
    "booked-USDT",
    "scaling",
    "depth",
    "made",
    "spacing",
    "costs-USDT",
)


def figures() -> dict[str, dict[str, Any]]:
    """Return, by name, the sentence and the data of the charts that are kept."""
    with TemporaryDirectory() as folder:
        made = make_demo(Path(folder))
        with Session(made.path, lambda: DEMO_NOW, readonly=True) as session:
            judgement = read_judgement(session)
    charts = charts_of(sections_of(report(judgement, Asked(week=REVIEWED_WEEK))))
    found = {chart.name: chart for chart in charts}
    return {name: _data(found[name]) for name in NAMES}


def _data(chart: Chart) -> dict[str, Any]:
    figure = import_module(f"journal.reporting.charts.{chart.kind}").figure(chart.data)
    drawn = json.loads(figure_json(figure))
    drawn["layout"].pop("template", None)
    return {"says": chart.alt, **drawn}


def written(figure: dict[str, Any]) -> str:
    """Return a figure as its file holds it: a line for each thing that can change by itself."""
    return json.dumps(figure, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    SNAPSHOTS.mkdir(exist_ok=True)
    for old in SNAPSHOTS.glob("*.json"):
        old.unlink()
    for name, figure in figures().items():
        (SNAPSHOTS / f"{name}.json").write_text(written(figure))
