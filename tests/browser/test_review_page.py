"""The demo's weekly review in a real browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from command_line import run
from drawn import DESKTOP, PHONE, TABLET, drew_everything, fits
from visit import Visit, visit

from journal.usecases.demo import REVIEWED_WEEK

TABLES = """() => [...document.querySelectorAll('main section')].map((section) => ({
  anchor: section.id,
  title: section.querySelector('h2').textContent,
  tables: [...section.querySelectorAll('table')].map((table) => ({
    caption: table.caption ? table.caption.textContent : '',
    headers: [...table.tHead.rows[0].cells].map((cell) => cell.textContent),
    rows: [...table.tBodies[0].rows].map((row) =>
      [...row.cells].map((cell) => cell.textContent)),
  })),
}))"""

COLOURS = """() => ({
  page: getComputedStyle(document.body).backgroundColor,
  text: getComputedStyle(document.body).color,
  bar: getComputedStyle(document.querySelector('.barlayer .points path')).fill,
  marker: getComputedStyle(document.querySelector('[data-chart^=ladder] .points path')).fill,
  grid: getComputedStyle(document.querySelector('[data-chart^=ladder] .ygrid')).stroke,
})"""


@pytest.fixture(scope="module")
def desktop(browser: Any, demo: Path) -> Iterator[Visit]:  # noqa: ANN401 - Playwright's browser
    with visit(browser, demo) as opened:
        yield opened


def test_nothing_is_asked_for_and_nothing_complains(desktop: Visit) -> None:
    assert desktop.trouble == []


def test_every_chart_drew_every_mark_of_its_data(desktop: Visit) -> None:
    assert drew_everything(desktop) > 10


def test_tables_are_those_of_the_json(desktop: Visit, demo: Path) -> None:
    ran = run("review", "--week", REVIEWED_WEEK, "--json", "--db", demo.parent / "demo.db")
    expected = json.loads(ran.out)["sections"]
    shown = desktop.seen(TABLES)
    assert [each["anchor"] for each in shown] == [each["anchor"] for each in expected]
    assert shown == expected
    assert sum(len(table["rows"]) for each in shown for table in each["tables"]) > 100


def test_headings_are_in_order(desktop: Visit) -> None:
    levels = desktop.seen(
        "() => [...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => +h.tagName[1])"
    )
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert {2, 3} <= set(levels)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_chart_says_what_it_shows(desktop: Visit) -> None:
    told = desktop.seen(
        "() => [...document.querySelectorAll('[data-chart]')]"
        ".map((c) => [c.getAttribute('role'), c.getAttribute('aria-label')])"
    )
    assert {role for role, _ in told} == {"img"}
    assert all(len(label) > 15 and label.endswith(".") for _, label in told)


def test_every_table_that_scrolls_says_where_it_belongs(desktop: Visit) -> None:
    told = desktop.seen(
        "() => [...document.querySelectorAll('[role=region]')].map((r) =>"
        " [r.getAttribute('aria-label'), r.closest('section').querySelector('h2').textContent])"
    )
    assert len(told) > 10
    assert [label for label, title in told if not label.startswith(title)] == []


def test_what_is_not_known_is_explained_where_it_stands(desktop: Visit) -> None:
    """T131 and T133.2 had no plan, and so no R."""
    marks = desktop.seen(
        "() => [...document.querySelectorAll('#trades td abbr')].map((a) => a.title)"
    )
    assert marks == ["not known", "not known"]


def test_ids_are_unique_and_links_lead_somewhere(desktop: Visit) -> None:
    ids = desktop.seen("() => [...document.querySelectorAll('body [id]')].map((e) => e.id)")
    own = [each for each in ids if each and not each.startswith(("clip", "legend", "topdefs"))]
    assert sorted(own) == sorted(set(own))
    lost = desktop.seen(
        "() => [...document.querySelectorAll('main a, nav a')].filter((a) => a.hash === '' ||"
        " !document.getElementById(decodeURIComponent(a.hash.slice(1)))).map((a) => a.outerHTML)"
    )
    assert lost == []


def in_view(opened: Visit, anchor: str) -> bool:
    found: bool = opened.seen(
        "(id) => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top >= -1 && box.top < innerHeight; }",
        anchor,
    )
    return found


def test_a_breach_leads_to_its_trade_and_back(desktop: Visit) -> None:
    page = desktop.page
    breach = page.locator("#breaches li").filter(has=page.locator("a")).first
    place, trade = breach.get_attribute("id"), breach.locator("a").inner_text()
    assert place
    breach.locator("a").click()
    assert desktop.seen("() => decodeURIComponent(location.hash)") == f"#{trade}"
    assert in_view(desktop, trade)
    assert page.locator(f"h3#{trade}").inner_text().startswith(f"{trade} ")
    page.locator("#ladders li a", has_text=place).first.click()
    assert desktop.seen("() => decodeURIComponent(location.hash)") == f"#{place}"
    assert in_view(desktop, place)


def test_everything_can_be_reached_by_tab(browser: Any, demo: Path) -> None:  # noqa: ANN401
    with visit(browser, demo) as opened:
        wanted = opened.seen(
            "() => { const reached = 'a[href], summary, [tabindex=\"0\"]';"
            " const found = [...document.querySelectorAll(reached)];"
            " const all = found.filter((e) => e.checkVisibility());"
            " all.forEach((e, at) => { e.dataset.place = at; }); return all.length; }"
        )
        reached: list[str] = []
        for _ in range(wanted):
            opened.page.keyboard.press("Tab")
            reached.append(opened.seen("() => document.activeElement.dataset.place"))
        assert reached == [str(place) for place in range(wanted)]
        opened.page.locator("summary").first.focus()
        opened.page.keyboard.press("Enter")
        assert opened.seen("() => document.querySelector('details').open") is True


def test_the_readers_scheme_decides_about_colours(browser: Any, demo: Path) -> None:  # noqa: ANN401
    with visit(browser, demo) as opened:
        light = opened.seen(COLOURS)
        opened.page.emulate_media(color_scheme="dark")
        opened.page.wait_for_function(f"(was) => ({COLOURS})().bar !== was", arg=light["bar"])
        dark = opened.seen(COLOURS)
        assert all(light[name] != dark[name] for name in light), (light, dark)
        assert (light["page"], dark["page"]) == ("rgb(255, 255, 255)", "rgb(20, 23, 27)")
        opened.page.emulate_media(color_scheme="dark", media="print")
        opened.page.wait_for_function(f"(was) => ({COLOURS})().bar === was", arg=light["bar"])
        assert opened.seen(COLOURS) == light
        assert opened.trouble == []


@pytest.mark.parametrize("width", [PHONE, TABLET, DESKTOP])
def test_nothing_is_cut_or_too_wide(browser: Any, demo: Path, width: int) -> None:  # noqa: ANN401
    with visit(browser, demo, width=width) as opened:
        fits(opened, width)
        assert opened.trouble == []
