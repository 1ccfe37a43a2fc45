"""From events to the one canonical journal text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from journal.domain.event import Event, FactKind
from journal.domain.instrument import Instrument
from journal.domain.notation.corrections import write_void, write_waiver
from journal.domain.notation.declarations import (
    WrittenDetails,
    write_account,
    write_instrument,
    write_policy,
)
from journal.domain.notation.details import detail_lines
from journal.domain.notation.executions import (
    write_fill,
    write_funding,
    write_opening,
    write_price_line,
)
from journal.domain.notation.header import write_header
from journal.domain.notation.known import Known, Lookup, Scope
from journal.domain.notation.plans import (
    write_amendment,
    write_cancellation,
    write_note,
    write_plan,
    write_skip,
    write_stop,
)
from journal.domain.notation.reviews import write_review

_LINES: Mapping[FactKind, Callable[[Any], str]] = {
    FactKind.FILL: write_fill,
    FactKind.STOP: write_stop,
    FactKind.SKIP: write_skip,
    FactKind.NOTE: write_note,
    FactKind.CANCEL: write_cancellation,
    FactKind.PRICE: write_price_line,
    FactKind.FUNDING: write_funding,
    FactKind.OPENING: write_opening,
    FactKind.WAIVE: write_waiver,
    FactKind.VOID: write_void,
}
_BLOCKS: Mapping[FactKind, Callable[[Any, Scope], tuple[str, WrittenDetails]]] = {
    FactKind.ACCOUNT: write_account,
    FactKind.INSTRUMENT: write_instrument,
    FactKind.POLICY: write_policy,
    FactKind.PLAN: write_plan,
    FactKind.AMEND: write_amendment,
    FactKind.REVIEW: write_review,
}
_DECLARATIONS = frozenset({FactKind.ACCOUNT, FactKind.INSTRUMENT})


def format_events(
    events: Iterable[Event],
    instruments: Mapping[str, Instrument],
    plans: Mapping[str, str] | None = None,
) -> str:
    """Return canonical text, which `parse` reads back to equal events.

    `plans` maps a plan's name to its symbol, where the plan is not among the events.
    """
    listed = list(events)
    lookup = Lookup(Known(instruments=instruments, plans=plans or {}))
    for event in listed:
        if event.kind in _DECLARATIONS:
            lookup.learn(event.body, event.account)
    lines: list[str] = []
    was_block = False
    for event in listed:
        written = _written(event, lookup)
        if event.kind is FactKind.PLAN:
            lookup.learn(event.body, event.account)
        is_block = len(written) > 1
        if lines and (is_block or was_block):
            lines.append("")
        lines += written
        was_block = is_block
    return "".join(f"{line}\n" for line in lines)


def _written(event: Event, lookup: Lookup) -> list[str]:
    write_line = _LINES.get(event.kind)
    if write_line is not None:
        return [write_header(event, write_line(event.body))]
    arguments, details = _BLOCKS[event.kind](event.body, Scope(lookup, event.account))
    return [write_header(event, arguments), *detail_lines(details)]
