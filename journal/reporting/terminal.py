"""A report for a terminal: what the plain text says, set off by Rich where colours are shown.

Nothing is said by a colour alone: with all of them taken away every word and sign is still there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.box import ROUNDED
from rich.console import Group, JustifyMethod, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table as Grid
from rich.text import Text as Words

from journal.book.verdicts import Severity
from journal.reporting.blocks import (
    Block,
    Card,
    Cards,
    Chart,
    Heading,
    Item,
    Items,
    Section,
    Table,
    Text,
    Tone,
)
from journal.reporting.layout import WIDTH, fitted

_INDENT = 2
_ABREAST = 2  # cards in a row

_TONES = {Tone.GOOD: "green", Tone.BAD: "red", Tone.QUIET: "dim", Tone.PLAIN: ""}
_TAGS = {Severity.CRITICAL: "bold red", Severity.MAJOR: "yellow", Severity.MINOR: "cyan"}


def report_renderables(
    title: str, sections: Sequence[Section], width: int = WIDTH
) -> Iterator[RenderableType]:
    """Yield a report's parts, made for so many columns: the first section stands open."""
    yield Words(title, "bold")
    for place, section in enumerate(sections):
        blocks = [
            shown
            for block in section.without_pictures()
            if (shown := _block(block, width, inside=place > 0)) is not None
        ]
        if not blocks:
            continue
        yield ""
        if place:
            yield Rule(Words(section.title, "bold"), align="left", style="dim")
        yield from blocks


def _block(block: Block, width: int, *, inside: bool) -> RenderableType | None:
    indent = _INDENT if inside else 0
    match block:
        case Text():
            text = Words(block.text, _TONES[block.tone])
            return Padding(text, (0, 0, int(block.lead), indent))
        case Cards():
            return _cards(block)
        case (Table() as shown) | Chart(table=Table() as shown, in_text=True):
            return Padding(_table(shown, width - indent), (0, 0, 0, indent))
        case Items():
            return Padding(Group(*map(_item, block.items)), (0, 0, 0, indent))
        case Heading(text=text):
            return Padding(Words(text, "bold"), (1, 0, 0, indent))
        case _:
            return None


def _cards(cards: Cards) -> Grid:
    grid = Grid.grid(expand=True)
    for _ in range(_ABREAST):
        grid.add_column(ratio=1)
    for row in zip_longest(*[iter(cards.cards)] * _ABREAST):
        grid.add_row(*(_card(card) if card else None for card in row))
    return grid


def _card(card: Card) -> Panel:
    value = Words(card.value, f"bold {_TONES[card.tone]}".strip())
    details = [Words(each, "dim") for each in card.details]
    return Panel(
        Group(value, *details),
        title=Words(card.label),
        title_align="left",
        box=ROUNDED,
        border_style="dim",
    )


def _table(table: Table, width: int) -> RenderableType:
    rows = [[str(cell) for cell in row] for row in table.rows]
    columns, sides = fitted(table.headers, rows, table.align, drop=table.drop, width=width)
    grid = Grid(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold dim")
    for (header, *_), side in zip(columns, sides, strict=True):
        # Where not even the numbers fit they go on below, and are never cut.
        justify: JustifyMethod = "right" if side == "r" else "left"
        grid.add_column(Words(header), justify=justify, overflow="fold")
    for cells in zip(*(column[1:] for column in columns), strict=True):
        grid.add_row(*map(Words, cells))
    return Group(Words(table.caption, "dim"), grid) if table.caption else grid


def _item(item: Item) -> RenderableType:
    title = Words(item.title, "bold")
    for tag in item.tags:
        title.append("  ").append(tag, _TAGS[Severity(tag)] if tag in _TAGS else "")
    words = [Words(item.text), *(Words(note, "dim") for note in item.notes)]
    return Group(title, Padding(Group(*words), (0, 0, 0, _INDENT)))
