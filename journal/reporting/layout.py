"""Text in 80 columns: paragraphs and tables."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence

WIDTH = 80

_GAP = "  "
_COMMAND = re.compile(r"`[^`\n]*`")
_GLUE = "\0"
_SHORTEST_CELL = 6


def wrapped(
    text: str,
    *,
    indent: str = "",
    hanging: str | None = None,
    width: int = WIDTH,
    whole: bool = False,
) -> list[str]:
    """Return a paragraph in lines that fit, each behind the indent; `hanging` from the second.

    Commands between backticks are not parted. Where paths are to be copied, long words stay
    `whole`, on lines too long if need be.
    """
    glued = _COMMAND.sub(lambda match: match[0].replace(" ", _GLUE), text)
    lines = textwrap.wrap(
        glued,
        width,
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_on_hyphens=False,
        break_long_words=not whole,
    )
    return [line.replace(_GLUE, " ") for line in lines]


def labelled(label: str, text: str, column: int = 15) -> list[str]:
    """Return a label with its text beside it, further lines below the text."""
    return textwrap.wrap(
        f"{label:<{column}}{text}", WIDTH, subsequent_indent=" " * column, break_on_hyphens=False
    )


def table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: str = "",
    *,
    drop: Sequence[str] = (),
    width: int = WIDTH,
) -> list[str]:
    """Return the lines of a table (see `fitted`)."""
    columns, sides = fitted(headers, rows, align, drop=drop, width=width)
    padded = [
        [cell.rjust(size) if side == "r" else cell.ljust(size) for cell in column]
        for column, side, size in zip(columns, sides, _sizes(columns), strict=True)
    ]
    return [_GAP.join(cells).rstrip() for cells in zip(*padded, strict=True)]


def fitted(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: str = "",
    *,
    drop: Sequence[str] = (),
    width: int = WIDTH,
) -> tuple[list[list[str]], list[str]]:
    """Return a table's columns, each below its header, and their sides, l or r, missing ones l.

    Where the lines are too long the columns named in `drop` go, in that order, as far as needed;
    then the widest text is cut.
    """
    columns = [[header, *cells] for header, *cells in zip(headers, *rows, strict=True)]
    sides = list(align.ljust(len(columns), "l"))
    for name in drop:
        if _length(columns) <= width:
            break
        place = next(place for place, column in enumerate(columns) if column[0] == name)
        del columns[place], sides[place]
    _cut(columns, sides, width)
    return columns, sides


def _sizes(columns: Sequence[Sequence[str]]) -> list[int]:
    return [max(map(len, column)) for column in columns]


def _length(columns: Sequence[Sequence[str]]) -> int:
    return sum(_sizes(columns)) + len(_GAP) * (len(columns) - 1)


def _cut(columns: list[list[str]], sides: Sequence[str], width: int) -> None:
    """Shorten the widest column of text until the lines fit; numbers are never cut."""
    texts = [place for place, side in enumerate(sides) if side == "l"]
    while texts and (over := _length(columns) - width) > 0:
        sizes = _sizes(columns)
        widest = max(texts, key=lambda place: sizes[place])
        size = max(sizes[widest] - over, _SHORTEST_CELL)
        if size >= sizes[widest]:
            return
        columns[widest] = [
            cell if len(cell) <= size else cell[: size - 1] + "…" for cell in columns[widest]
        ]
