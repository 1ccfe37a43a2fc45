"""`journal export`: the whole journal in a form that outlives this program."""

from __future__ import annotations

import json as encoder
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.options import Db, clock
from journal.cli.output import say
from journal.domain.errors import InputError
from journal.usecases.export_journal import export_text, export_values
from journal.usecases.session import Session


class Form(StrEnum):
    """How the facts are written."""

    TEXT = "text"
    JSON = "json"


def export(
    *,
    form: Annotated[Form, typer.Option("--format", help="Journal text or JSON.")] = Form.TEXT,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A file instead of the screen.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    db: Db,
) -> None:
    """Write every fact of every account, what was taken back included.

    Text imported into an empty journal and exported again is the same to the byte.

    Example: journal export -o 2026.journal
    """
    with Session(db, clock, readonly=True) as session:
        if json or form is Form.JSON:
            values = export_values(session)
            text = encoder.dumps(values, indent=2, ensure_ascii=False) + "\n"
        else:
            text = export_text(session)
    if output is None:
        sys.stdout.write(text)
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"cannot be written: {(error.strerror or 'refused').lower()}",
            where=str(output),
            hint="name another file with -o",
        ) from error
    say(f"written to {output}")
