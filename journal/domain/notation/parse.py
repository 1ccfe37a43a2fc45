"""From journal text to events: every directive in its order, every error with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.event import Body, Event, FactKind
from journal.domain.moment import Moment
from journal.domain.notation.corrections import read_void, read_waiver
from journal.domain.notation.declarations import read_account, read_instrument, read_policy
from journal.domain.notation.details import with_example
from journal.domain.notation.executions import (
    read_fill,
    read_funding,
    read_opening,
    read_price_line,
)
from journal.domain.notation.header import EXAMPLES, Header, read_header
from journal.domain.notation.known import NOTHING_KNOWN, Known, Lookup, Scope
from journal.domain.notation.lexer import Block, Line, blocks, located
from journal.domain.notation.plans import (
    read_amendment,
    read_cancellation,
    read_note,
    read_plan,
    read_skip,
    read_stop,
)
from journal.domain.notation.reviews import read_review
from journal.domain.notation.words import Words

_LINES: Mapping[FactKind, Callable[[Words, Scope], Body]] = {
    FactKind.FILL: read_fill,
    FactKind.STOP: read_stop,
    FactKind.SKIP: read_skip,
    FactKind.NOTE: read_note,
    FactKind.CANCEL: read_cancellation,
    FactKind.PRICE: read_price_line,
    FactKind.FUNDING: read_funding,
    FactKind.OPENING: read_opening,
    FactKind.WAIVE: read_waiver,
    FactKind.VOID: read_void,
}
_BLOCKS: Mapping[FactKind, Callable[[Words, Sequence[Line], Scope], Body]] = {
    FactKind.ACCOUNT: read_account,
    FactKind.INSTRUMENT: read_instrument,
    FactKind.POLICY: read_policy,
    FactKind.PLAN: read_plan,
    FactKind.AMEND: read_amendment,
    FactKind.REVIEW: read_review,
}

# Accounts and instruments hold for the whole text, also for the lines above them.
_DECLARES = re.compile(r"(?:\d\S*\s+){0,2}(?:account|instrument)\b", re.ASCII)


def parse(
    text: str,
    known: Known = NOTHING_KNOWN,
    *,
    now: Moment | None = None,
    zone: ZoneInfo | None = None,
    source: str = "",
) -> list[Event]:
    """Return the events of a journal text, or raise an error for its first mistake.

    With `now` a directive may leave its time out; with `zone` a time may leave its zone out.
    """
    events, errors = parse_all(text, known, now=now, zone=zone, source=source)
    if not errors:
        return events
    first, others = errors[0], len(errors) - 1
    if others:
        more = f"and {others} more {'error' if others == 1 else 'errors'} below"
        hint = f"{first.hint}; {more}" if first.hint else more
        raise InputError(first.what, where=first.where, hint=hint)
    raise first


def parse_all(
    text: str,
    known: Known = NOTHING_KNOWN,
    *,
    now: Moment | None = None,
    zone: ZoneInfo | None = None,
    source: str = "",
) -> tuple[list[Event], list[InputError]]:
    """Return the events that can be read and the errors of the directives that cannot."""
    found = list(blocks(text))
    lookup = Lookup(known)
    events: list[Event | None] = [None] * len(found)
    errors: list[tuple[int, InputError]] = []
    declaring = [_DECLARES.match(block.header.text) is not None for block in found]
    for first in (True, False):
        for index, block in enumerate(found):
            if declaring[index] is first:
                try:
                    events[index] = _event(block, lookup, now, zone)
                except InputError as error:
                    errors.append((index, _placed(error, block.header, source)))
    errors.sort(key=lambda entry: entry[0])
    return [event for event in events if event is not None], [error for _, error in errors]


def _placed(error: InputError, header: Line, source: str) -> InputError:
    found = located(error, header)
    where = f"{source} {found.where}" if source else found.where
    return InputError(found.what, where=where, hint=found.hint)


def _event(block: Block, lookup: Lookup, now: Moment | None, zone: ZoneInfo | None) -> Event:
    line = block.header
    if line.text[0].isspace():
        raise InputError(
            "an indented line stands below no directive",
            hint="start a directive in the first column, with its time",
        )
    header = read_header(line.text, now, zone)
    scope = Scope(lookup, header.account, zone)
    try:
        body = _body(header, block, scope)
        lookup.learn(body, header.account)
    except InputError as error:
        raise with_example(error, EXAMPLES[header.kind]) from error
    return Event(header.at, body, header.account, header.recorded, header.tags, line.number)


def _body(header: Header, block: Block, scope: Scope) -> Body:
    read_line = _LINES.get(header.kind)
    if read_line is None:
        return _BLOCKS[header.kind](header.words, block.details, scope)
    body = read_line(header.words, scope)
    header.words.end()
    if block.details:
        raise located(
            InputError(f"`{header.kind}` takes no indented lines", hint="write it on one line"),
            block.details[0],
        )
    return body
