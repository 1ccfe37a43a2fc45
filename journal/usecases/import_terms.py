"""What a file knows of the contracts it trades, beside what the journal was told of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from journal.domain.event import Event, InstrumentEntry
from journal.domain.instrument import Instrument, InstrumentTerms
from journal.domain.money import canonical

_DECISIVE = ("kind", "base", "quote", "multiplier")


@dataclass(frozen=True, slots=True)
class FileTerms:
    """What has to be declared before a file's fills are what the file means by them.

    `notes` tell where the journal was told otherwise: a declaration of the user's stays.
    """

    declarations: Sequence[Event] = field(default_factory=list)
    notes: Sequence[str] = ()


def file_terms(
    entries: Iterable[Event],
    known: Mapping[str, Instrument],
    stated: Mapping[str, InstrumentTerms],
) -> FileTerms:
    """Return what these declarations of a file add to those that were `stated`, and contradict.

    A multiplier is asked for where a file lacks it, but kind and coins of the contract are not:
    they must not be left to what the symbol looks like.
    """
    declarations: list[Event] = []
    notes: list[str] = []
    for event in entries:
        entry = event.body
        if not isinstance(entry, InstrumentEntry):
            continue
        if entry.symbol not in known:
            declarations.append(event)
            continue
        said = stated.get(entry.symbol, InstrumentTerms())
        unsaid = _unsaid(entry.terms, said, known[entry.symbol])
        if unsaid:
            terms = replace(InstrumentTerms(), **unsaid)
            declarations.append(replace(event, body=replace(entry, terms=terms)))
        notes += _contradictions(entry, said)
    return FileTerms(declarations, tuple(notes))


def _unsaid(terms: InstrumentTerms, said: InstrumentTerms, known: Instrument) -> dict[str, Any]:
    """Return what the file tells, nobody stated, and the symbol does not say already."""
    return {
        name: value
        for name in InstrumentTerms.__slots__
        if (value := getattr(terms, name)) is not None
        and getattr(said, name) is None
        and value != getattr(known, name)
    }


def _contradictions(entry: InstrumentEntry, said: InstrumentTerms) -> Iterator[str]:
    for name in _DECISIVE:
        mine, theirs = getattr(said, name), getattr(entry.terms, name)
        if mine is not None and theirs is not None and mine != theirs:
            yield (
                f"{entry.symbol} has the {name} {_text(mine)} in this journal and {_text(theirs)} "
                "in this file, so its results may be wrong: "
                f"`journal instrument add {entry.symbol} --{name} {_text(theirs)}` corrects them"
            )


def _text(value: object) -> str:
    return canonical(value) if isinstance(value, Decimal) else str(value)
