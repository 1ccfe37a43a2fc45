"""How answers are printed: JSON with exact numbers, text in 80 columns.

Data goes to stdout, talk to stderr. What is not known is `null` in JSON and `?` in text.
"""

from __future__ import annotations

import json
import os
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from journal.domain.money import canonical
from journal.reporting.layout import table

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "bold": "1"}


def print_json(value: object) -> None:
    """Print a value as JSON: numbers as strings in full, counts as integers, times in UTC."""
    if not isinstance(value, list) or not value:
        sys.stdout.write(json_text(value) + "\n")
        return
    # One element at a time: a list of a million fills must not be held three times over.
    before = "[\n"
    for each in value:
        sys.stdout.write(before + textwrap.indent(json_text(each), "  "))
        before = ",\n"
    sys.stdout.write("\n]\n")


def json_text(value: object) -> str:
    """Return a value as JSON, as `print_json` prints it."""
    return json.dumps(plain(value), indent=2, ensure_ascii=False)


def plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - any value; one return for each type
    """Return a value in the types of JSON."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return canonical(Decimal(f"{value:.15g}"))
        case datetime():
            return time_text(value)
        case date():
            return value.isoformat()
        case PurePath():
            return str(value)
        case Mapping():
            return {key: plain(each) for key, each in value.items()}
        case _ if is_dataclass(value):
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return [plain(each) for each in value]


def time_text(at: datetime) -> str:
    """Return a UTC time in ISO 8601, to the second where nothing finer is there."""
    spec = "milliseconds" if at.microsecond else "seconds"
    return at.replace(tzinfo=None).isoformat(timespec=spec) + "Z"


def print_lines(lines: Iterable[str]) -> None:
    """Print lines of text."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def print_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    align: str = "",
    *,
    drop: Sequence[str] = (),
) -> None:
    """Print aligned columns (see `journal.reporting.layout.table`)."""
    print_lines(table(headers, rows, align, drop=drop))


def say(text: str) -> None:
    """Print talk, which is no data."""
    sys.stderr.write(text + "\n")


def coloured(text: str, colour: str) -> str:
    """Return text in a colour, plain where nobody looks at a terminal or NO_COLOR asks for it."""
    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m"
