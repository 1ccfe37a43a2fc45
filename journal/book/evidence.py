"""Evidence as plain values and sentences: numbers as exact text, times in UTC, lists as lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from journal.book.clock import NEVER, UNKNOWN_TIME, to_datetime
from journal.book.verdicts import Column


def number_text(value: float) -> str | None:
    """Return a derived number with 15 significant digits and no exponent; None if not known.

    Fifteen digits are what a float64 keeps of a decimal: 566.775 prints as 566.775.
    """
    if np.isnan(value):
        return None
    return np.format_float_positional(float(f"{value:.15g}"), trim="-")


def time_text(at: int) -> str | None:
    """Return an instant as ISO 8601 in UTC, to the second where nothing finer is there."""
    if at in (NEVER, UNKNOWN_TIME):
        return None
    moment = to_datetime(int(at))
    spec = "milliseconds" if moment.microsecond else "seconds"
    return moment.isoformat(timespec=spec).replace("+00:00", "Z")


def plain(value: Any, name: str) -> Any:  # noqa: ANN401 - one cell of any column
    """Return one cell of an evidence column as it goes into JSON; `name` tells times apart."""
    if name.endswith("_at"):
        return time_text(int(value))
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (float, np.floating)):
        return number_text(float(value))
    if isinstance(value, (int, np.integer)):
        return int(value)
    return value


def sentence(template: str, evidence: Mapping[str, Column], row: int) -> str:
    """Return a rule's message with the row's evidence in short form."""
    return template.format_map(
        {name: _short(column[row], name) for name, column in evidence.items()}
    )


def _short(value: Any, name: str) -> str:  # noqa: ANN401 - one cell of any column
    if name.endswith("_at"):
        text = time_text(int(value))
        return "not known" if text is None else text.replace("T", " ").replace(":00Z", "Z")
    if isinstance(value, (float, np.floating)):
        return short_number(float(value))
    return str(value)


def short_number(value: float) -> str:
    """Return a number for reading: six significant digits, or all digits before the point."""
    if np.isnan(value):
        return "not known"
    digits = max(6, len(str(int(abs(value)))) + 2)
    return np.format_float_positional(float(f"{value:.{digits}g}"), trim="-")
