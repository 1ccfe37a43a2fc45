"""A report in a terminal says what the plain text says, in other clothes."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from rich.console import Console
from worked_week import week_report

from journal.reporting.blocks import (
    Card,
    Cards,
    Item,
    Items,
    Section,
    Table,
    Text,
    Tone,
)
from journal.reporting.plain import report_lines
from journal.reporting.sections import sections_of
from journal.reporting.terminal import report_renderables

HOSTILE = "[red]x[/red] [link=file:///etc]y[/link] :smile: <b>z</b> \\[bold]"


def _drawn(sections: Sequence[Section], width: int = 80, *, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colours,
        color_system="standard" if colours else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    for part in report_renderables("A week", sections, width):
        console.print(part)
    return out.getvalue()


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"[^\s─│╭╮╰╯]+", text.lower()))


def test_every_word_of_the_plain_text_and_no_other_is_there() -> None:
    sections = sections_of(week_report())
    drawn = _drawn(sections)
    assert _words(drawn) == _words("\n".join(report_lines("A week", sections)))
    assert max(map(len, drawn.splitlines())) <= 80


@pytest.mark.parametrize("width", [40, 60])
def test_a_narrow_terminal_cuts_no_number(width: int) -> None:
    sections = sections_of(week_report())
    drawn = _drawn(sections, width)
    assert max(map(len, drawn.splitlines())) <= width
    nets = [
        cell
        for section in sections
        for block in section.without_pictures()
        if isinstance(block, Table) and "net" in block.headers
        for cell in str(block.rows[0][block.headers.index("net")]).split()
    ]
    assert nets
    assert all(words in _words(drawn) for words in map(str.lower, nets))


def test_words_are_never_markup() -> None:
    said = Section(
        "a",
        HOSTILE,
        (
            Text(HOSTILE),
            Cards((Card("[b]", HOSTILE, (HOSTILE,)),)),
            Table((HOSTILE,), ((HOSTILE,),), caption=HOSTILE),
            Items((Item(HOSTILE, HOSTILE, tags=(HOSTILE,), notes=(HOSTILE,)),)),
        ),
    )
    found = _words(_drawn([Section("", ""), said]))
    assert {word: found[word] for word in HOSTILE.split()} == dict.fromkeys(HOSTILE.split(), 11)


def test_a_colour_tells_nothing_that_words_do_not() -> None:
    said = Section("a", "A", (Text("No rule was broken.", Tone.GOOD), Text("Loss", Tone.BAD)))
    coloured, bare = _drawn([said], colours=True), _drawn([said])
    assert "\x1b[32mNo rule was broken.\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == bare
