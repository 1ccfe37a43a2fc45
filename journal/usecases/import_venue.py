"""A venue's file into the journal: fills of one account, with the rows they stood in."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.errors import UndeclaredError
from journal.domain.event import FactKind, Funding, InstrumentEntry
from journal.domain.fill import Fill
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers.by_hand import hand_logged, without_by_hand
from journal.importers.dedup import Comparison, new_rows
from journal.importers.reading import Reading, Row
from journal.importers.source import SourceFile
from journal.importers.told_twice import told_twice
from journal.storage.directory import Directory
from journal.storage.entries import Writing
from journal.storage.executions import executions, held_before
from journal.storage.instruments import stated_terms
from journal.storage.rows import Origin, Resolved, fact_id, file_row, rows_of
from journal.storage.rows import Row as StoredRow
from journal.storage.voids import voids_in_force
from journal.usecases.import_terms import FileTerms, file_terms


@dataclass(frozen=True, slots=True)
class VenueImport:
    """What a venue's file says, in accounts of the journal and recorded now."""

    writing: Writing
    rows: Sequence[Row]
    terms: FileTerms
    directory: Directory

    @classmethod
    def of(
        cls,
        writing: Writing,
        name: str,
        reading: Reading,
        directory: Directory,
        account: str | None,
        now: Moment,
    ) -> VenueImport:
        """Prepare a file: its accounts settled, the contracts it trades known."""
        _check_multipliers(reading, directory, name)
        accounts = _accounts(reading, directory, account, name)
        rows = [
            replace(row, event=replace(row.event, account=accounts[row.account], recorded=now))
            for row in reading.rows
        ]
        entries = [
            replace(event, account=None, recorded=now)
            for event in (*reading.declarations, *reading.unsized)
        ]
        voided = voids_in_force(writing.connection).get(FactKind.INSTRUMENT, frozenset())
        stated = stated_terms(writing.connection, voided)
        terms = file_terms(entries, directory.instruments, stated)
        return cls(writing, rows, terms, directory)

    def compared(self, *, skip_alike: bool = False) -> Comparison:
        """Return which rows are new: neither imported before nor logged by hand.

        With `skip_alike`, rows like fills of another format are taken for the same.
        """
        symbols: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            if row.event.account and isinstance(row.event.body, Fill | Funding):
                symbols[row.event.account].add(row.event.body.symbol)
        existing = [
            execution
            for account, traded in symbols.items()
            for execution in executions(self.writing.connection, account, sorted(traded))
        ]
        events = (event for _, event in existing)
        comparison = new_rows(self.rows, events, self.directory.default_account)
        again = set(comparison.matches.values())
        others = [each for place, each in enumerate(existing) if place not in again]
        known = without_by_hand(comparison, hand_logged(others), self.directory.zone)
        alike = told_twice(known.new, (event for _, event in others))
        known = replace(known, alike=Counter(alike.values()))
        if not skip_alike:
            return known
        new = [row for place, row in enumerate(known.new) if place not in alike]
        return replace(known, new=new, known=known.known + len(alike))

    def stored_rows(
        self, comparison: Comparison, file: SourceFile, kind: str, timezone: str | None = None
    ) -> Iterator[StoredRow]:
        """Yield the file's own row, what it declares, and its new events.

        `timezone` is what its local times were read in.
        """
        next_id = self.writing.next_id
        accounts = {row.event.account for row in self.rows}
        own = file_row(
            file.name,
            file.sha256,
            kind,
            len(self.rows),
            next_id,
            timezone=timezone,
            account=accounts.pop() if len(accounts) == 1 else None,
        )
        yield own
        for event in self.terms.declarations:
            yield from rows_of(Resolved(event), next_id)
        file_id = fact_id([own])
        for row in comparison.new:
            origin = Origin(file_id, row.number, row.raw or "")
            account = self.directory.account(row.event.account)
            yield from rows_of(Resolved(row.event, account=account, origin=origin), next_id)


@dataclass(frozen=True, slots=True)
class HeldBefore:
    """What the journal held before a row; `asked` is the account that the user named, if any."""

    connection: sqlite3.Connection
    directory: Directory
    asked: str | None

    def __call__(self, first: Row) -> Decimal:
        """Return the position just before a fill, long > 0."""
        fill = first.event.body
        if not isinstance(fill, Fill):
            return Decimal()
        account = _account(first.account, self.directory, self.asked)
        return held_before(
            self.connection, account, fill.symbol, fill.position_side, first.event.at.at
        )


def _account(venue: str | None, directory: Directory, asked: str | None) -> str:
    """Return which account of the journal a venue's is: the one of its name, or the one asked."""
    if asked is None and venue is not None and venue in directory.accounts:
        return venue
    return directory.account(asked)


def _check_multipliers(reading: Reading, directory: Directory, name: str) -> None:
    known = directory.instruments
    missing = [
        symbol
        for symbol in reading.multiplier_needed
        if symbol not in known or known[symbol].multiplier is None
    ]
    if missing:
        raise UndeclaredError(
            f"the contract multiplier of {', '.join(missing)} is not known",
            where=name,
            hint=_declared(missing[0], reading),
        )


def _declared(symbol: str, reading: Reading) -> str:
    """Return how to declare a multiplier, with what the file says of it."""
    found = [note for note in reading.notes if symbol in note.split()]
    told = f"; {', '.join(found)}" if found else ""
    terms = next(
        event.body.terms
        for event in reading.unsized
        if isinstance(event.body, InstrumentEntry) and event.body.symbol == symbol
    )
    quote = "" if terms.quote else " --quote CURRENCY"
    return f"declare it: `journal instrument add {symbol} --multiplier NUMBER{quote}`{told}"


def _accounts(
    reading: Reading, directory: Directory, account: str | None, name: str
) -> dict[str | None, str]:
    """Return which account of the journal each of the venue's is.

    One that bears the name of a journal's account is that one. An only one may be the account
    asked for; of several each must be known, or two would be mixed as soon as one of them is.
    """
    venues = list(dict.fromkeys(row.account for row in reading.rows))
    known = directory.accounts if account is None else {}
    unnamed = [venue for venue in venues if venue not in known]
    if unnamed and len(venues) > 1:
        raise UndeclaredError(
            "the file holds several accounts: " + ", ".join(clip(str(one)) for one in venues),
            where=name,
            hint="export one account at a time, or add accounts of these names, e.g. "
            f"`journal account add {clip(next(filter(None, unnamed)))}`",
        )
    return {venue: _account(venue, directory, account) for venue in venues}
