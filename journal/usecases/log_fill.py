"""Logging a fill: stored, judged at once, and what is left of the plan."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass, fields, replace

import numpy as np

from journal.book.facts import Facts
from journal.book.judging import Judgement, judge
from journal.book.tables import Book
from journal.book.violation import Violation
from journal.domain.errors import InputError
from journal.domain.event import Event, Note, PlanName
from journal.domain.fill import Fill
from journal.domain.instrument import Kind
from journal.domain.moment import Moment
from journal.domain.plan import Direction
from journal.storage.directory import Directory
from journal.storage.entries import EntryReceipt, Writing, append
from journal.storage.executions import fill_with_id
from journal.storage.rows import Resolved, fact_id, rows_of
from journal.usecases.session import Session
from journal.usecases.typed import Typed
from journal.usecases.window import AT_ONCE, book_of, fill_window, keep_checkpoints


@dataclass(frozen=True, slots=True)
class LoggedFill:
    """A fill as stored and judged: `parts` are its rows of the book, two if it went through zero.

    `violations` are those that it caused.
    """

    receipt: EntryReceipt
    event: Event
    account: str
    judgement: Judgement
    parts: tuple[int, ...]
    violations: list[Violation]


def fill_of(event: Event) -> Fill:
    """Return an event's fill, or refuse another directive."""
    if not isinstance(event.body, Fill):
        raise InputError(f"`{event.kind}` is not a fill", hint="e.g. BTC-USDT buy 3 @ 100")
    return event.body


def log_fill(session: Session, typed: Typed, note: str | None = None) -> LoggedFill:
    """Store a fill, judge its trade, and refuse a fill that names a tranche nobody planned."""
    # The clock is read under the lock: fills logged at once have the order they are stored in.
    with session.journal.writing() as writing:
        directory, now = session.directory(plans=False), session.now()
        event = typed.event(directory, now)
        fill, account = fill_of(event), directory.account(event.account)
        directory.instrument(fill.symbol, account).known_multiplier()
        _refuse_known(writing, account, fill)
        facts = [Resolved(event, account=account)]
        if note is not None:
            facts.append(_noted(event, account, note, directory))
        own, receipt = _write(writing, facts, now)
        window = fill_window(writing.connection, account, fill.symbol, _side(fill))
        book = book_of(window, now)
        parts = tuple(np.flatnonzero((book.fills.id == own) & book.fills.is_fill).tolist())
        _check_tranche(book, parts, fill)
        keep_checkpoints(writing.connection, book)
        judgement = judge(book, AT_ONCE)
        caused = _caused(judgement, parts, now)
    return LoggedFill(receipt, event, account, judgement, parts, caused)


def _side(fill: Fill) -> str | None:
    return fill.position_side and fill.position_side.value


def _noted(event: Event, account: str, text: str, directory: Directory) -> Resolved:
    fill = fill_of(event)
    spot = directory.instrument(fill.symbol, account).kind is Kind.SPOT
    direction = Direction.LONG if spot else fill.position_side
    said = replace(event, body=Note(PlanName(fill.symbol, direction), text))
    return Resolved(said, account=account, symbol=fill.symbol, direction=direction)


def _refuse_known(writing: Writing, account: str, fill: Fill) -> None:
    known = fill.venue_id and fill_with_id(writing.connection, account, fill)
    if known:
        raise InputError(
            f"fill {fill.venue_id} is in the journal already, as F{known}",
            hint="nothing was stored; to correct it, take the other back with `journal undo`",
        )


def _write(writing: Writing, facts: list[Resolved], now: Moment) -> tuple[int, EntryReceipt]:
    built = [rows_of(fact, writing.next_id) for fact in facts]
    rows = (row for group in built for row in group)
    return fact_id(built[0]), append(writing, "fill", now, rows)


def _check_tranche(book: Book, parts: tuple[int, ...], fill: Fill) -> None:
    """Refuse a named tranche that the plan in force does not have."""
    if fill.tranche is None:
        return
    fills = book.fills
    entries = [row for row in parts if fills.is_entry[row]]
    if not entries:
        raise InputError(
            "this fill reduces the position: only entries name a tranche",
            hint="leave --tranche out; exits find their targets by price",
        )
    version = int(fills.version[entries[-1]])
    count = int(book.versions.tranche_count[version]) if version >= 0 else 0
    if fill.tranche > count:
        has = f"the plan has {count}" if count else "there is no plan in force"
        raise InputError(
            f"there is no tranche {fill.tranche}: {has}",
            hint="nothing was stored; `journal plan show` lists the tranches",
        )


def _caused(judgement: Judgement, parts: tuple[int, ...], now: Moment) -> list[Violation]:
    """Return the violations of the fill's trades that were not there without it."""
    book = judgement.book
    trades = {int(book.fills.trade[row]) for row in parts}
    after = [each for each in judgement.violations() if each.trade in trades]
    if not after:
        return []
    before = judge(book_of(_without(book, parts), now), AT_ONCE)
    known = {violation.id for violation in before.violations()}
    return [violation for violation in after if violation.id not in known]


def _without(book: Book, parts: tuple[int, ...]) -> Facts:
    """Return the facts as they were before the fill."""
    own = int(book.fills.row[parts[0]])
    fills = copy(book.facts.fills)
    for column in fields(fills):
        values = getattr(fills, column.name)
        setattr(fills, column.name, values[:own] + values[own + 1 :])
    return replace(book.facts, fills=fills)
