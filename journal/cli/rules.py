"""`journal rules` and `journal rule CODE`: the catalogue and its pages.

The rules are the same for every journal; `--db` is taken because every command takes it.
"""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json
from journal.cli.output import print_json, print_lines, print_table
from journal.usecases.rule_pages import catalogue, page

Code = Annotated[str, typer.Argument(help="A rule's code or name.")]


def rules(*, _db: Db, json: Json = False) -> None:
    """List the rules: code, severity, what each is judged on, what it flags.

    Example: journal rules
    """
    found = catalogue()
    if json:
        print_json(found)
        return
    rows = [[line.code, line.severity, line.subject, line.name, line.summary] for line in found]
    headers = ["code", "severity", "subject", "name", "flags"]
    print_table(headers, rows, drop=["subject", "name"])


def rule(code: Code, *, _db: Db, json: Json = False) -> None:
    """Show a rule's page: what it flags, why, what breaks and what keeps it.

    Example: journal rule SCALE301
    """
    found = page(code)
    if json:
        print_json(
            {name: getattr(found.rule, name) for name in found.rule.__slots__}
            | {"text": found.text}
        )
        return
    line = found.rule
    print_lines([f"{line.code} {line.name} ({line.severity}, since {line.since})", "", found.text])
