"""A bar for files that take a while, on stderr and only where somebody looks at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

import typer

_LONG = 20_000  # lines; fewer are read before a bar could be seen


@contextmanager
def line_bar(lengths: Mapping[str, int]) -> Iterator[Callable[[str, int], None] | None]:
    """Offer a function to call with a file's name and line; `lengths` are the lines of each."""
    total = sum(lengths.values())
    if total < _LONG or not sys.stderr.isatty():
        yield None
        return
    read = dict.fromkeys(lengths, 0)
    with typer.progressbar(length=total, label="reading", file=sys.stderr) as bar:

        def watch(name: str, line: int) -> None:
            name = name if name in read else next(iter(read))
            bar.update(max(0, min(line, lengths[name]) - read[name]))
            read[name] = max(line, read[name])

        yield watch
