"""A local trade journal and discipline tracker for traders who scale in and out in tranches."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a command must not wait for pandas
    from journal.usecases.library import Notebook

__version__ = "0.1.0"


def open(path: str | Path) -> Notebook:  # noqa: A001 - `journal.open(path)` is how it is said
    """Read a journal into pandas frames and Plotly figures; see `journal.usecases.library`."""
    from journal.usecases.library import open_journal  # noqa: PLC0415 - half a second of imports

    return open_journal(path)
