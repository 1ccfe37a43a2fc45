"""Telling what a file adds to the journal from what the journal already holds.

Where the venue gives ids, a fill is known by its id. Everything else is compared as multisets:
of n equal rows the journal holds k, so the last n - k are new. Three hundred equal fills of one
second stay three hundred, and the same file again adds none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from journal.domain.event import Event, FactKind, Funding, PolicyEntry, Void
from journal.domain.fill import Fill
from journal.domain.review import ReviewEntry
from journal.importers.reading import Row


@dataclass(frozen=True, slots=True)
class Comparison:
    """`new` rows keep their order; `known` counts the others.

    `matches` says which existing event (by position) a row (by position) already is, so that a
    void in the text finds the fact it takes back. Rows whose id stands twice in the file itself
    are known without a match. `changed` are known rows whose id now comes with another quantity
    or price: the venue corrected them, and the user should hear of it. `by_hand` and `doubts` are
    sentences on rows that were, or may have been, logged by hand (`journal.importers.by_hand`).
    `alike` counts rows like fills of another format (`journal.importers.told_twice`), which are
    among the new ones unless they were to be left out.
    """

    new: list[Row] = field(default_factory=list)
    known: int = 0
    matches: Mapping[int, int] = field(default_factory=dict)
    changed: list[Row] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    alike: Mapping[str, int] = field(default_factory=dict)


def new_rows(
    incoming: Sequence[Row], existing: Iterable[Event], default_account: str
) -> Comparison:
    """Compare rows with the journal's events.

    `existing` is in the order written, voided facts and their voids included where there are any;
    a voided fact makes only a row known that the file itself voids, so that an import taken back
    can be repeated.
    """
    journal = _Side.of(list(existing))
    file = _Side.of([row.event for row in incoming])
    shelves = _Shelves.of(journal, default_account)
    matches: dict[int, int] = {}
    first_of: dict[Hashable, Event] = {}
    repeated: set[int] = set()
    changed: list[Row] = []
    for position, event in enumerate(file.events):
        if isinstance(event.body, Void):
            continue
        key = _key(event, default_account)
        voided = position in file.voided_by
        held = shelves.take(key, voided=voided)
        twin = first_of.get(key) if held is None else journal.events[held]
        if held is not None:
            matches[position] = held
        elif twin is not None:
            repeated.add(position)
        if twin is not None and _differ(event, twin):
            changed.append(incoming[position])
        if _has_id(event) and not voided:
            first_of.setdefault(key, event)
    _match_voids(file, journal, matches)
    new = [row for at, row in enumerate(incoming) if at not in matches and at not in repeated]
    return Comparison(new, len(incoming) - len(new), matches, changed)


def _differ(event: Event, twin: Event) -> bool:
    if isinstance(event.body, Fill) and isinstance(twin.body, Fill):
        return (event.body.quantity, event.body.price) != (twin.body.quantity, twin.body.price)
    return False


@dataclass(frozen=True, slots=True)
class _Side:
    """Events with their voids resolved: fact position -> position of the void, and back."""

    events: Sequence[Event]
    voided_by: Mapping[int, int]
    target_of: Mapping[int, int]

    @classmethod
    def of(cls, events: Sequence[Event]) -> _Side:
        if not any(isinstance(event.body, Void) for event in events):
            return cls(events, {}, {})
        numbered: defaultdict[FactKind, list[int]] = defaultdict(list)
        for position, event in enumerate(events):
            numbered[event.kind].append(position)
        target_of: dict[int, int] = {}
        for position in numbered[FactKind.VOID]:
            body = events[position].body
            if isinstance(body, Void) and 1 <= body.number <= len(numbered[body.kind]):
                target_of[position] = numbered[body.kind][body.number - 1]
        voided_by = {target: position for position, target in target_of.items()}
        return cls(events, voided_by, target_of)


@dataclass(frozen=True, slots=True)
class _Shelves:
    """Positions in the journal by key, the last written first: facts in force, and taken back."""

    in_force: dict[Hashable, list[int]]
    taken_back: dict[Hashable, list[int]]

    @classmethod
    def of(cls, journal: _Side, default_account: str) -> _Shelves:
        found = cls({}, {})
        for position in range(len(journal.events) - 1, -1, -1):
            event = journal.events[position]
            if not isinstance(event.body, Void):
                shelf = found.taken_back if position in journal.voided_by else found.in_force
                shelf.setdefault(_key(event, default_account), []).append(position)
        return found

    def take(self, key: Hashable, *, voided: bool) -> int | None:
        """Return the first position that nobody has taken yet, of a voided fact if possible."""
        for shelf in (self.taken_back, self.in_force) if voided else (self.in_force,):
            if positions := shelf.get(key):
                return positions.pop()
        return None


def _match_voids(file: _Side, journal: _Side, matches: dict[int, int]) -> None:
    """Count a void as known when its fact is known and taken back already."""
    for position, target in file.target_of.items():
        if target in matches and matches[target] in journal.voided_by:
            matches[position] = journal.voided_by[matches[target]]


def _has_id(event: Event) -> bool:
    return isinstance(event.body, Fill | Funding) and event.body.venue_id is not None


def _key(event: Event, default_account: str) -> Hashable:
    account = event.account or default_account
    match event.body:
        case Fill(venue_id=str(venue_id)) as fill:
            # A trade with oneself has one id on both sides.
            return ("fill", account, fill.symbol, fill.side, venue_id)
        case Funding(venue_id=str(venue_id)) as funding:
            return ("funding", account, funding.symbol, venue_id)
        case Fill() as fill:
            return (
                account,
                fill.symbol,
                fill.side,
                fill.quantity,
                fill.price,
                fill.fee,
                event.at.at,
                fill.position_side,
                fill.order_id,
            )
        case PolicyEntry(settings=settings):
            return (account, event.at, event.recorded, event.tags, frozenset(settings.items()))
        case ReviewEntry() as entry:
            # Of all accounts is not of the first one.
            return ("review", event.account, event.at, event.recorded, event.tags, entry)
        case body:
            return (account, event.at, event.recorded, event.tags, body)
