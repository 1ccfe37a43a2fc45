"""Cells of the book as plain values: what is not known becomes None."""

from __future__ import annotations

import math
from datetime import datetime

from journal.book.clock import NEVER, UNKNOWN_TIME, to_datetime


def known(value: float) -> float | None:
    """Return a number, None where it is not known."""
    return None if math.isnan(value) else float(value)


def moment(at: int) -> datetime | None:
    """Return an instant, None where it has not come or nobody stated it."""
    return None if at in (NEVER, UNKNOWN_TIME) else to_datetime(at)


def direction_word(sign: int) -> str:
    """Return what +1 and -1 stand for."""
    return "long" if sign > 0 else "short"
