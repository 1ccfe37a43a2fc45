"""The whole journal as text that can be imported again, or as values for JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import Any

from journal.domain.event import Event
from journal.domain.moment import Moment
from journal.domain.money import canonical
from journal.domain.notation import format_events
from journal.storage.history import all_instruments, read_events
from journal.usecases.session import Session


def export_text(session: Session) -> str:
    """Return every fact in the order written, what was taken back included."""
    with session.journal.reading() as connection:
        return format_events(read_events(connection), all_instruments(connection))


def export_values(session: Session) -> list[dict[str, Any]]:
    """Return the same as plain values: one object per fact, numbers as exact texts."""
    with session.journal.reading() as connection:
        return [_event(event) for event in read_events(connection)]


def _event(event: Event) -> dict[str, Any]:
    header = {
        "kind": event.kind.value,
        "at": str(event.at),
        "recorded": None if event.recorded is None else str(event.recorded),
        "account": event.account,
        "tags": list(event.tags),
    }
    return header | {"body": _plain(event.body)}


def _plain(value: Any) -> Any:  # noqa: ANN401, PLR0911 - whatever a body holds; one return for each type
    match value:
        case None | bool() | int() | str():
            return value
        case Decimal():
            return canonical(value)
        case Moment():
            return str(value)
        case Mapping():
            return {key: _plain(each) for key, each in value.items()}
        case frozenset():
            return sorted(value)
        case _ if is_dataclass(value):
            return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
        case _:
            return [_plain(each) for each in value]
