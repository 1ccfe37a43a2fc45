"""What comes out of a file: events with the rows they stood in, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from journal.domain.event import Event
from journal.domain.notation import Known


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user or the journal adds to a file.

    `zone` is for exports that print local times without a zone; `known` is for the journal text.
    """

    zone: ZoneInfo | None = None
    known: Known = field(default_factory=Known)


@dataclass(frozen=True, slots=True)
class Row:
    """One event and where it came from.

    `account` is the venue's own name of the account; which account of the journal that is gets
    decided by the caller, who sets `event.account`. `number` is the line of the file where the
    row begins, the header being line 1; `raw` the venue's own text, None for the journal's.
    """

    event: Event
    number: int
    raw: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that cannot be taken: the user's wrong data as a value, not an exception."""

    number: int
    raw: str
    reason: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file says, oldest first.

    `ignored` counts by kind the rows that are rightly not events. `declarations` are the
    instruments whose terms the file or the exchange's contract specifications tell; they are
    wanted only for symbols the journal has no declaration of. `multiplier_needed` names the
    contracts whose size nobody told: the journal must know them before the rows are written.
    """

    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    declarations: tuple[Event, ...] = ()
    multiplier_needed: tuple[str, ...] = ()
