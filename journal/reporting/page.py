"""A report as one HTML file that opens offline, in any browser, light or dark, and prints.

Nothing is fetched: Plotly's script is inside, once, and a content security policy lets only the
scripts run whose hashes it names. Data stand in JSON blocks, which no browser executes. The same
report gives the same bytes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.resources import files

from journal.reporting.blocks import Block, Chart, Section
from journal.reporting.charts.theme import PALETTES, figure_json
from journal.reporting.words import Words


@dataclass(frozen=True, slots=True)
class Page:
    """What a page is rendered from; `language` is for screen readers."""

    title: str
    subtitle: str
    sections: Sequence[Section]
    words: Words
    language: str = "en"


def page_html(page: Page) -> str:
    """Return the page as HTML."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - 70 ms

    environment = Environment(
        loader=PackageLoader("journal.reporting"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["of"] = _is_of
    charts = charts_of(page.sections)
    scripts = [_asset("page.js")]
    if charts:
        scripts.insert(0, _plotly())
    return environment.get_template("page.html").render(
        page=page,
        charts={chart.name: _json(chart) for chart in charts},
        scripts=scripts,
        policy=_policy(scripts),
        style=_colours() + _asset("page.css"),
        separators=page.words.decimal + page.words.group,
    )


def charts_of(sections: Sequence[Section]) -> list[Chart]:
    """Return the charts of a report; each has a name of its own."""
    found = [block for each in sections for block in each.blocks if isinstance(block, Chart)]
    names = [chart.name for chart in found]
    if len(set(names)) < len(names):
        msg = f"two charts have one name: {sorted(names)}"
        raise ValueError(msg)
    return found


def _is_of(block: Block, kind: str) -> bool:
    return type(block).__name__ == kind


def _json(chart: Chart) -> str:
    """Return a chart for a JSON block: `<` escaped, so that no text of it can end the block."""
    figure = import_module(f"journal.reporting.charts.{chart.kind}").figure(chart.data)
    content = json.loads(figure_json(figure))
    content["layout"].pop("template", None)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


@cache
def _asset(name: str) -> str:
    return (files("journal.reporting") / "templates" / name).read_text("utf-8")


@cache
def _plotly() -> str:
    from plotly.offline import get_plotlyjs  # noqa: PLC0415 - five megabytes

    return str(get_plotlyjs())


def _policy(scripts: Sequence[str]) -> str:
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        for text in scripts
    )
    # Plotly sets styles of its own; images are what its "download" button makes.
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _colours() -> str:
    def variables(scheme: str) -> str:
        return "".join(f"--{name}:{value};" for name, value in PALETTES[scheme].items())

    return (
        f":root{{color-scheme:light dark;{variables('light')}}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{variables('dark')}}}}}\n"
        f"@media print{{:root{{{variables('light')}}}}}\n"
    )
