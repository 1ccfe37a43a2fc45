"""A report as plain text in 80 columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from journal.reporting.blocks import (
    Block,
    Cards,
    Chart,
    Heading,
    Items,
    Section,
    Table,
    Text,
)
from journal.reporting.layout import WIDTH, labelled, table, wrapped

_INDENT = "  "
_LABEL = 22


def report_lines(title: str, sections: Sequence[Section]) -> Iterator[str]:
    """Return a report's lines: the first section stands open, the others under their titles."""
    yield title
    for place, section in enumerate(sections):
        lines = [
            line for block in section.without_pictures() for line in _block(block, inside=place > 0)
        ]
        if not lines:
            continue
        yield ""
        if place:
            yield section.title
        yield from lines


def _block(block: Block, *, inside: bool) -> list[str]:
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
            return ["", f"{indent}{text}"]
        case _:
            return []


def _text(text: Text, indent: str) -> list[str]:
    lines = wrapped(text.text, indent=indent)
    return [*lines, ""] if text.lead else lines


def _cards(cards: Cards) -> list[str]:
    lines: list[str] = []
    for card in cards.cards:
        lines += labelled(_lower(card.label), card.value, _LABEL)
        lines += [line for each in card.details for line in labelled("", each, _LABEL)]
    return lines


def _lower(label: str) -> str:
    return label[:1].lower() + label[1:]


def _table(shown: Table, indent: str) -> list[str]:
    rows = [[str(cell) for cell in row] for row in shown.rows]
    width = WIDTH - len(indent)
    lines = table(shown.headers, rows, shown.align, drop=shown.drop, width=width)
    caption = wrapped(shown.caption, width=width) if shown.caption else []
    return [f"{indent}{line}".rstrip() for line in [*caption, *lines]]


def _items(items: Items, indent: str) -> list[str]:
    lines: list[str] = []
    for item in items.items:
        tags = f"  {', '.join(item.tags)}" if item.tags else ""
        further = indent + _INDENT
        lines += wrapped(f"{item.title}{tags}", indent=indent, hanging=further)
        for text in (item.text, *item.notes):
            lines += wrapped(text, indent=further)
    return lines
