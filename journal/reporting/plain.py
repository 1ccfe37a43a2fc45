"""A report as plain text in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from journal.reporting.blocks import (
    Block,
    Cards,
    Chart,
    Heading,
    Items,
    Section,
    Table,
    Text,
    Tone,
)
from journal.reporting.layout import WIDTH, labelled, table, wrapped

_INDENT = "  "
_INSIDE = WIDTH - len(_INDENT)
_LABEL = 22


class Style(StrEnum):
    """How a line may be set off where a terminal shows it."""

    PLAIN = "plain"
    TITLE = "title"
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"


_STYLE_OF = {Tone.GOOD: Style.GOOD, Tone.BAD: Style.BAD, Tone.QUIET: Style.QUIET}


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A line of text and how it may be set off; the text alone says everything."""

    text: str
    style: Style = Style.PLAIN


def report_lines(title: str, sections: Sequence[Section]) -> Iterator[StyledLine]:
    """Return a report's lines: the first section stands open, the others under their titles."""
    yield StyledLine(title, Style.TITLE)
    for place, section in enumerate(sections):
        lines = [
            line for block in section.without_pictures() for line in _block(block, inside=place > 0)
        ]
        if not lines:
            continue
        yield StyledLine("")
        if place:
            yield StyledLine(section.title, Style.TITLE)
        yield from lines


def _block(block: Block, *, inside: bool) -> list[StyledLine]:
    indent = _INDENT if inside else ""
    match block:
        case Text():
            return _text(block, indent)
        case Cards():
            return _cards(block)
        case (Table() as shown) | Chart(table=Table() as shown, in_text=True):
            return _table(shown, indent)
        case Items():
            return _items(block, indent)
        case Heading(text=text):
            return [StyledLine(""), StyledLine(f"{indent}{text}", Style.TITLE)]
        case _:
            return []


def _text(text: Text, indent: str) -> list[StyledLine]:
    style = _STYLE_OF.get(text.tone, Style.PLAIN)
    lines = [StyledLine(line, style) for line in wrapped(text.text, indent=indent)]
    return [*lines, StyledLine("")] if text.lead else lines


def _cards(cards: Cards) -> list[StyledLine]:
    lines = []
    for card in cards.cards:
        style = _STYLE_OF.get(card.tone, Style.PLAIN)
        first, *more = [card.value, *card.details]
        lines += [StyledLine(line, style) for line in labelled(_lower(card.label), first, _LABEL)]
        lines += [StyledLine(line) for each in more for line in labelled("", each, _LABEL)]
    return lines


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _table(shown: Table, indent: str) -> list[StyledLine]:
    rows = [[str(cell) for cell in row] for row in shown.rows]
    width = WIDTH - len(indent)
    lines = table(shown.headers, rows, shown.align, drop=shown.drop, width=width)
    caption = wrapped(shown.caption, width=width) if shown.caption else []
    return [StyledLine(f"{indent}{line}".rstrip()) for line in [*caption, *lines]]


def _items(items: Items, indent: str) -> list[StyledLine]:
    lines = []
    for item in items.items:
        tags = f"  {', '.join(item.tags)}" if item.tags else ""
        further = indent + _INDENT
        title = wrapped(f"{item.title}{tags}", indent=indent, hanging=further)
        lines += [StyledLine(line) for line in title]
        for text in (item.text, *item.notes):
            lines += [StyledLine(line) for line in wrapped(text, indent=further)]
    return lines
