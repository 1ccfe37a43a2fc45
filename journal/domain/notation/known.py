"""What a text may refer to: accounts, instruments and plans, known before or named in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from journal.domain.errors import InputError
from journal.domain.event import AccountEntry, Body, InstrumentEntry, PlanEntry
from journal.domain.instrument import Instrument, infer
from journal.domain.money import clip


@dataclass(frozen=True, slots=True)
class Known:
    """What the journal knows before the text is read.

    `accounts` maps a name to its currency, `plans` a plan's name to its symbol.
    """

    accounts: Mapping[str, str | None] = field(default_factory=dict)
    instruments: Mapping[str, Instrument] = field(default_factory=dict)
    default_account: str | None = None
    plans: Mapping[str, str] = field(default_factory=dict)


NOTHING_KNOWN = Known()


class Lookup:
    """`Known`, and what the text itself has declared so far."""

    def __init__(self, known: Known) -> None:
        self._currencies = dict(known.accounts)
        self._instruments = dict(known.instruments)
        self._plans = dict(known.plans)
        self._default = known.default_account

    def learn(self, body: Body, account: str | None) -> None:
        """Take in what a directive declares for those after it."""
        if isinstance(body, AccountEntry):
            self._default = self._default or body.name
            if self._currencies.get(body.name) is None:
                self._currencies[body.name] = body.currency
        elif isinstance(body, InstrumentEntry):
            before = self._instruments.get(body.symbol)
            after = body.terms.applied(body.symbol, before, self.currency(account))
            self._instruments[body.symbol] = after
        elif isinstance(body, PlanEntry) and body.name is not None:
            self._plans[body.name] = body.symbol

    def currency(self, account: str | None) -> str | None:
        """Return an account's currency, None where it is not known."""
        name = account or self._default
        return self._currencies.get(name) if name else None

    def instrument(self, symbol: str, account: str | None) -> Instrument:
        """Return the instrument declared, known, or inferred from its symbol at first use."""
        found = self._instruments.get(symbol)
        if found is None:
            found = self._instruments[symbol] = infer(symbol, self.currency(account))
        return found

    def planned(self, name: str, account: str | None) -> Instrument | None:
        """Return the instrument of a plan given by name or symbol; None where it is not known."""
        symbol = self._plans.get(name, name)
        if symbol in self._instruments:
            return self._instruments[symbol]
        try:
            return infer(symbol, self.currency(account))
        except InputError:
            return None


@dataclass(frozen=True, slots=True)
class Scope:
    """What one directive is read in: the lookup, its account, and the zone of bare times."""

    lookup: Lookup
    account: str | None = None
    zone: ZoneInfo | None = None

    def instrument(self, symbol: str) -> Instrument:
        """Return the instrument of a symbol."""
        return self.lookup.instrument(symbol, self.account)

    def planned(self, name: str) -> Instrument | None:
        """Return the instrument of a plan's name or symbol where it is known."""
        return self.lookup.planned(name, self.account)

    def required(self, name: str) -> Instrument:
        """Return the instrument of a plan's name or symbol, or refuse the name."""
        found = self.planned(name)
        if found is None:
            raise InputError(
                f"{clip(name)!r} is neither a plan nor a symbol",
                hint="name a plan locked earlier, or the symbol it is for",
            )
        return found
