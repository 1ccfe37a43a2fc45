"use strict";
(function () {
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const print = window.matchMedia("print");
  const NAMED = /^var\((--[a-z]+)\)$/;

  // Figures name colours by what they mean; which colour that is, the style sheet knows.
  function painted(value, style) {
    if (typeof value === "string") {
      const found = NAMED.exec(value);
      return found ? style.getPropertyValue(found[1]).trim() : value;
    }
    if (Array.isArray(value)) {
      return value.map((each) => painted(each, style));
    }
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [key, painted(each, style)])
      );
    }
    return value;
  }

  function merge(into, from) {
    for (const [key, value] of Object.entries(from)) {
      const inner = value !== null && typeof value === "object" && !Array.isArray(value);
      if (inner && into[key]) {
        merge(into[key], value);
      } else {
        into[key] = value;
      }
    }
  }

  const figures = new Map();
  for (const block of document.querySelectorAll("script[data-figure]")) {
    figures.set(block.dataset.figure, JSON.parse(block.textContent));
  }

  function draw(place) {
    const style = getComputedStyle(document.documentElement);
    const figure = painted(figures.get(place.dataset.chart), style);
    figure.layout.separators = settings.separators;
    if (place.clientWidth < 480) {
      figure.layout.font.size = 10;
      if (figure.layout.xaxis.type !== undefined) {
        figure.layout.xaxis.nticks = figure.layout.xaxis.type === "date" ? 3 : 4;
      }
      merge(figure.layout, (figure.layout.meta || {}).narrow || {});
    }
    return Plotly.react(place, figure.data, figure.layout, {
      responsive: true,
      displaylogo: false,
      displayModeBar: false,
      modeBarButtonsToRemove: ["sendChartToCloud"],
    });
  }

  function drawAll() {
    for (const place of document.querySelectorAll("[data-chart]")) {
      draw(place);
    }
  }

  drawAll();
  dark.addEventListener("change", drawAll);
  print.addEventListener("change", drawAll);
})();
