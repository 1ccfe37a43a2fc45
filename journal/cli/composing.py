"""Options as journal text: one directive with its details, for the notation's own parser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from journal.domain.errors import InputError
from journal.domain.money import clip


def block(header: str, details: Mapping[str, str | Iterable[str] | None]) -> str:
    """Return a directive with a line for each detail given; a list gives several lines."""
    lines = [header]
    for keyword, given in details.items():
        values = [given] if isinstance(given, str) else given or ()
        for value in values:
            if "\n" in value:
                raise InputError(
                    f"{keyword} {clip(value)!r} holds a line break", hint="give it on one line"
                )
            lines.append(f"  {keyword} {value}")
    return "\n".join(lines)
