"""Statements of several tables below each other, each under a line with its title alone."""

from __future__ import annotations

import io
from collections.abc import Collection
from itertools import pairwise

from journal.importers.source import SourceFile

_BYTE_ORDER_MARK = "\ufeff"


def sections(file: SourceFile, titles: Collection[str]) -> dict[str, SourceFile]:
    """Return the tables of a statement by title, each as a file of its own.

    The lines above a table are blank in its file, so that its rows keep their line numbers.
    """
    lines = list(io.StringIO(file.text().replace(_BYTE_ORDER_MARK, ""), newline=""))
    starts = [at for at, line in enumerate(lines) if _title(line) in titles]
    return {
        _title(lines[start]): SourceFile(
            file.name,
            ("\n" * (start + 1) + "".join(lines[start + 1 : end])).encode(),
            watch=file.watch,
        )
        for start, end in pairwise([*starts, len(lines)])
    }


def _title(line: str) -> str:
    return line.strip().rstrip(",;").strip('"')
