"""What was typed on the command line, as events that are recorded now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.moment import Moment
from journal.domain.notation import name_text, parse
from journal.storage.directory import Directory
from journal.usecases.times import refuse_future, typed_time


@dataclass(frozen=True, slots=True)
class Typed:
    """Journal text without its time: a first line, its indented details, and what options add."""

    text: str
    account: str | None = None
    at: str | None = None
    tags: tuple[str, ...] = ()
    source: str = ""

    def events(self, directory: Directory, now: Moment) -> list[Event]:
        """Return what it says; a directive without a time happened at `at`, else now."""
        zone = directory.zone(directory.account(self.account))
        at = now if self.at is None else typed_time(self.at, zone, now)
        known = directory.known()
        try:
            events = parse(self._with_options(), known, now=at, zone=zone, source=self.source)
        except InputError as error:
            # What was typed is one line; only a file has places in it.
            raise error if self.source else InputError(error.what, hint=error.hint) from error
        for event in events:
            refuse_future(event.at, now)
        return [replace(event, recorded=now) for event in events]

    def event(self, directory: Directory, now: Moment) -> Event:
        """Return the one event it says."""
        events = self.events(directory, now)
        if len(events) != 1:
            raise InputError("a line break is not allowed here", hint="log one thing at a time")
        return events[0]

    def _with_options(self) -> str:
        first, line_break, details = self.text.partition("\n")
        if self.account is not None:
            first += f" account {name_text(self.account)}"
        for tag in self.tags:
            first += f" #{tag.removeprefix('#')}"
        return first + line_break + details
