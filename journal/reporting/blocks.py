"""What a report is made of: sections of blocks, which page, text and Markdown render alike.

Texts here are plain: each renderer escapes them in its own way. A block holds everything it
shows, so that the same numbers stand on the page, in the text and in the JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Tone(StrEnum):
    """What a figure says of itself, shown by a sign or a word as well as by a colour."""

    PLAIN = ""
    GOOD = "good"
    BAD = "bad"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a place on the page."""

    text: str
    anchor: str

    def __str__(self) -> str:
        return self.text


Cell = str | Link


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a `lead` one opens the report, a `beside` one says something of a picture.

    Where there are no pictures, what stands beside them is left out.
    """

    text: str
    tone: Tone = Tone.PLAIN
    lead: bool = False
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the first screen: what it is, its value, and what it rests on."""

    label: str
    value: str
    details: tuple[str, ...] = ()
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Cards:
    """Figures side by side."""

    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; `align` has l or r for each column, `drop` names what may be left out.

    Narrow places leave those columns out in that order, as far as needed.
    """

    headers: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    align: str = ""
    caption: str = ""
    drop: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture: `kind` names the module of `journal.reporting.charts` that draws the `data`.

    `alt` says in one sentence what it shows; `table` holds the same numbers, and stands behind the
    picture on the page. Where `in_text` is set the text shows the table in the picture's place.
    """

    name: str
    kind: str
    data: Any
    alt: str
    table: Table | None = None
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a list: an `anchor` can be linked to, `notes` stand below it."""

    title: str
    text: str
    link: Link | None = None
    anchor: str = ""
    tags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list of things that are read one by one; `beside` is that of a `Text`."""

    items: tuple[Item, ...]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A title inside a section, that can be linked to."""

    text: str
    anchor: str


Block = Text | Cards | Table | Chart | Items | Heading


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a report under its own title."""

    anchor: str
    title: str
    blocks: tuple[Block, ...] = field(default=())

    def without_pictures(self) -> list[Block]:
        """Return the blocks that make sense where no pictures are."""
        return [
            block for block in self.blocks if not (isinstance(block, Text | Items) and block.beside)
        ]
