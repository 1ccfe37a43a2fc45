"""What comes out of a file: events with the rows they stood in, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol, TypeVar

from journal.domain.errors import InputError
from journal.domain.event import Event, InstrumentEntry
from journal.domain.notation import Known
from journal.importers.zones import Zone

# What the journal held just before a row, long > 0, of a contract on the venue's account.
Held = Callable[["Row"], Decimal]


def nothing_held(_first: Row) -> Decimal:
    """Return what a journal without fills held."""
    return Decimal()


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user or the journal adds to a file.

    `zone` is for exports that print local times without one; `known` is for the journal text;
    `held` for venues whose word on a fill depends on the position.
    """

    zone: Zone | None = None
    known: Known = field(default_factory=Known)
    held: Held = nothing_held


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
class Ignored:
    """A row that is rightly no event, by its kind: "transfer", "cancelled order"."""

    kind: str


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a file says, oldest first.

    `ignored` counts by kind the rows that are rightly not events. `declarations` are the
    instruments whose terms the file or the exchange's contract specifications tell; they are
    wanted as far as the journal was not told of them. `unsized` are those whose size nobody told:
    the journal must know it before the rows are written.
    `used_zone` says that the times were read in the zone of the options.
    """

    rows: list[Row] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    notes: tuple[str, ...] = ()
    declarations: tuple[Event, ...] = ()
    unsized: tuple[Event, ...] = ()
    used_zone: bool = False

    @property
    def multiplier_needed(self) -> tuple[str, ...]:
        """Return the symbols of contracts whose size is asked for."""
        bodies = (event.body for event in self.unsized)
        return tuple(body.symbol for body in bodies if isinstance(body, InstrumentEntry))


class Line(Protocol):
    """What rows are made of: a place in the file and the venue's own text there."""

    @property
    def number(self) -> int:
        """Return the line at which it begins."""

    @property
    def raw(self) -> str:
        """Return its text."""


AnyLine = TypeVar("AnyLine", bound=Line)

# What one row says: an event, nothing that matters, or several (a flip printed as one row).
Said = Event | Ignored | Sequence[Event | Ignored]


def collect(
    lines: Iterable[AnyLine],
    read: Callable[[AnyLine], Said],
    account: Callable[[AnyLine], str | None] = lambda _: None,
) -> Reading:
    """Read line after line: what cannot be read is refused with its reason, the others go on.

    `account` tells the venue's own name of the account a line is about. The rows are in file
    order.
    """
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    ignored: Counter[str] = Counter()
    for line in lines:
        try:
            said = read(line)
            owner = account(line)
        except InputError as error:
            refused.append(RefusedRow(line.number, line.raw, error.what))
            continue
        for each in said if isinstance(said, Sequence) else (said,):
            if isinstance(each, Ignored):
                ignored[each.kind] += 1
            else:
                rows.append(Row(each, line.number, line.raw, owner))
    return Reading(rows, refused, ignored)
