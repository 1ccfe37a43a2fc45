"""A report as Markdown, for notes and for posting: the text of the page without its pictures."""

from __future__ import annotations

import re
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

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def report_markdown(title: str, sections: Sequence[Section]) -> str:
    """Return a report as Markdown."""
    parts = [f"# {escaped(title)}"]
    for place, section in enumerate(sections):
        if place:
            parts.append(f"## {escaped(section.title)}")
        parts += [text for block in section.without_pictures() for text in _block(block)]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """Return words that are nothing but words: no markup of the user's is let through."""
    one_line = " ".join(text.split())
    return _SPECIAL.sub(r"\\\1", one_line)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text(text=text):
            yield escaped(text)
        case Cards(cards=cards):
            rows = ((card.label, card.value, "; ".join(card.details)) for card in cards)
            yield _table(("figure", "value", "rests on"), tuple(rows), "lrl")
        case Table(caption=caption):
            if caption:
                yield escaped(caption)
            yield _table(block.headers, _texts(block), block.align)
        case Chart(table=Table() as behind):
            yield _table(behind.headers, _texts(behind), behind.align)
        case Items(items=items):
            yield "\n".join(
                f"- **{escaped(item.title)}**"
                + "".join(f" ({escaped(tag)})" for tag in item.tags)
                + "".join(f"\n  {escaped(text)}" for text in (item.text, *item.notes))
                for item in items
            )
        case Heading(text=text):
            yield f"### {escaped(text)}"
        case _:
            return


def _texts(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(cell) for cell in row) for row in table.rows)


def _table(headers: Sequence[str], rows: Sequence[Sequence[str]], align: str) -> str:
    sides = ["--:" if side == "r" else "---" for side in align.ljust(len(headers), "l")]
    lines = [headers, sides, *rows]
    return "\n".join(
        f"| {' | '.join(cell if line is sides else escaped(cell) for cell in line)} |"
        for line in lines
    )
