"""Moments as the database keeps them: UTC text that sorts by time, and the precision beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from journal.domain.moment import Moment, Precision


def stamp(at: datetime) -> str:
    """Return a UTC instant as `YYYY-MM-DD HH:MM:SS.ffffff`, as SQLAlchemy's DateTime writes it."""
    return at.replace(tzinfo=None).isoformat(" ", "microseconds")


def moment(text: str, precision: str) -> Moment:
    """Return what was stored as a moment again."""
    return Moment(datetime.fromisoformat(text).replace(tzinfo=UTC), Precision(precision))
