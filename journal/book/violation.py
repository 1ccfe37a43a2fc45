"""One broken rule: on what, when, what it cost; its words are made where somebody reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from journal.book.evidence import plain, sentence
from journal.book.verdicts import Column, Rule, Severity


@dataclass(frozen=True, slots=True)
class Place:
    """Where a violation stands, in names."""

    account: str
    instrument: str | None
    trade: str | None
    plan: str | None


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule has to say of one row: its sentence, the columns of evidence, who else owns it.

    A journal of years breaks rules thousands of times and shows few of them, so that texts are
    made on demand.
    """

    template: str
    columns: Mapping[str, Column]
    row: int
    owners: Mapping[str, str]

    def message(self) -> str:
        """Return the sentence with its evidence in short form."""
        return sentence(self.template, self.columns, self.row)

    def evidence(self) -> dict[str, Any]:
        """Return the evidence in full, as values of JSON."""
        told = {name: plain(column[self.row], name) for name, column in self.columns.items()}
        return {**told, **self.owners}


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule on one subject (fill parts of an order group together).

    `cost` is signed in the settlement currency `currency`, positive = money lost, None = not
    known; `has_cost` is False where the rule puts no price on its breach, `is_memo` marks a cost
    that is shown and never added. `cost_r` is cost / planned risk.
    `waived` holds the trader's justification. `at` is int64 microseconds UTC. `withdrawn` marks a
    violation whose fact was taken back too late to undo it, with the place it had; its codes are
    -1 or None where what they numbered is gone, and its cost is a memo: the results lack it too.
    """

    id: str
    rule: Rule
    severity: Severity
    account: int
    instrument: int | None
    trade: int | None
    plan: int | None
    subject: str
    at: int
    said: Said = field(repr=False, compare=False)
    cost: float | None
    cost_r: float | None
    has_cost: bool
    is_memo: bool
    currency: str
    waived: str | None
    withdrawn: Place | None = None

    @property
    def message(self) -> str:
        """Return what was broken, as a sentence."""
        return self.said.message()

    @property
    def evidence(self) -> Mapping[str, Any]:
        """Return what proves it, by name: numbers as exact text, times in UTC."""
        return self.said.evidence()
