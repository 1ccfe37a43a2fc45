"""The options that many commands share, and the clock."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from journal.usecases.present import present


def default_journal() -> Path:
    """Return where the journal lies unless told otherwise."""
    if stated := os.environ.get("XDG_DATA_HOME"):
        folder = Path(stated)
    elif sys.platform == "win32":
        folder = Path(os.environ["LOCALAPPDATA"])
    elif sys.platform == "darwin":
        folder = Path.home() / "Library" / "Application Support"
    else:
        folder = Path.home() / ".local" / "share"
    return folder / "journal" / "journal.db"


clock = present

Db = Annotated[
    Path,
    typer.Option(
        "--db",
        envvar="JOURNAL_DB",
        default_factory=default_journal,
        show_default="in your data folder",
        help="The journal's file.",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON: numbers as exact strings.")]
Account = Annotated[
    str | None, typer.Option("--account", help="The account; the journal's first by default.")
]
At = Annotated[
    str | None,
    typer.Option(
        "--at",
        help="When it happened: 14:30 is today, or 2026-01-05 14:30; now by default.",
        show_default=False,
    ),
]
Tag = Annotated[
    list[str] | None, typer.Option("--tag", help="A tag such as fomo; may be repeated.")
]
Why = Annotated[str | None, typer.Option("--why", help="The reason, in a few words.")]
Instrument = Annotated[str | None, typer.Option("--instrument", help="One symbol only.")]
Since = Annotated[
    str | None, typer.Option("--since", help="From this day or time on, e.g. 2026-11-01.")
]
