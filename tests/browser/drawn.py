"""What a page's charts drew, beside what their figures ask for, and whether it can be read."""

from __future__ import annotations

from visit import Visit

PHONE, TABLET, DESKTOP = 390, 768, 1280

# What Plotly drew of each trace, beside what its figure asks for.
MARKS = """() => [...document.querySelectorAll('[data-chart]')].map((place) => {
  const figure = JSON.parse(
    document.querySelector(`script[data-figure="${place.dataset.chart}"]`).textContent);
  const count = (selector) => place.querySelectorAll(selector).length;
  const told = (trace) => trace.y.filter((y, at) => y !== null && trace.x[at] !== null).length;
  const of = (kind, mode) => figure.data.filter((trace) =>
    trace.type === kind && (!mode || (trace.mode || 'lines').includes(mode)));
  const sum = (traces) => traces.reduce((total, trace) => total + told(trace), 0);
  return {
    name: place.dataset.chart,
    traces: figure.data.length,
    points: [count('.scatterlayer .points path'), sum(of('scatter', 'markers'))],
    texts: [count('.scatterlayer .text text'), of('scatter', 'text').reduce(
      (total, trace) => total + trace.text.filter((text) => text).length, 0)],
    bars: [count('.barlayer .points path'), sum(of('bar'))],
    lines: [
      [...place.querySelectorAll('.scatterlayer path.js-line')].filter(
        (path) => path.getTotalLength() > 0).length,
      of('scatter', 'lines').filter((trace) => told(trace) > 1 && !trace.fill).length],
    fills: [count('.scatterlayer .js-fill'), figure.data.filter((trace) => trace.fill).length],
    shapes: [count('.shapelayer path'), (figure.layout.shapes || []).length],
    notes: [count('.annotation'), (figure.layout.annotations || []).length],
    size: [place.clientWidth, place.clientHeight],
  };
})"""

CUT = """() => [...document.querySelectorAll('[data-chart]')].flatMap((place) => {
  const frame = place.getBoundingClientRect();
  return [...place.querySelectorAll('svg text')].filter((text) => {
    if (!text.textContent.trim()) { return false; }
    const box = text.getBoundingClientRect();
    return box.left < frame.left - 1 || box.right > frame.right + 1
      || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
  }).map((text) => `${place.dataset.chart}: ${text.textContent}`);
})"""

# Labels of one axis that stand on their side or run into each other.
CROWDED = """() => [...document.querySelectorAll('[data-chart]')].flatMap((place) => {
  const ticks = [...place.querySelectorAll('.xtick text')];
  const boxes = ticks.map((tick) => tick.getBoundingClientRect());
  return ticks.filter((tick, at) =>
    / rotate\\((?!0)/.test(' ' + (tick.getAttribute('transform') || ''))
    || boxes.some((box, other) => other > at && box.left < boxes[at].right
      && box.right > boxes[at].left)
  ).map((tick) => `${place.dataset.chart}: ${tick.textContent}`);
})"""


def drew_everything(opened: Visit) -> int:
    """Check that no chart is an empty axis or lacks a mark; return how many charts there are."""
    charts = opened.seen(MARKS)
    for chart in charts:
        for what in ("points", "texts", "bars", "shapes", "notes", "fills"):
            drawn, asked = chart[what]
            assert drawn == asked, (chart["name"], what, drawn, asked)
        drawn, asked = chart["lines"]
        assert drawn >= asked, (chart["name"], chart["lines"])
        marks = sum(chart[what][0] for what in ("points", "bars", "lines", "fills"))
        assert marks >= chart["traces"] > 0, chart
        assert min(chart["size"]) > 100, chart
    return len(charts)


def fits(opened: Visit, width: int) -> None:
    """Check that a page is no wider than its window, and that no label is cut or crowded."""
    assert opened.seen("() => document.documentElement.scrollWidth") <= width
    assert opened.seen(CUT) == []
    assert opened.seen(CROWDED) == []
