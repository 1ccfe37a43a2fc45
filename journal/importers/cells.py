"""What single cells say, where venues write it differently from the journal."""

from __future__ import annotations

import re
from decimal import Decimal

from journal.domain.money import parse_number

_SCIENTIFIC = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?[eE][+-]?\d{1,2}", re.ASCII)


def number(cell: str, what: str) -> Decimal:
    """Read a plain number, or one such as `5.0E-7` that a program printed from a float."""
    text = cell.strip(" ")
    if "e" in text.lower() and _SCIENTIFIC.fullmatch(text):
        text = format(Decimal(text), "f")
    return parse_number(text, what)
