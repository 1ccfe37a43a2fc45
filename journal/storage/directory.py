"""What a journal's names stand for: its accounts, its instruments, its plans."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from zoneinfo import ZoneInfo

from journal.domain.errors import UndeclaredError
from journal.domain.event import AccountEntry, Event, FactKind, InstrumentEntry
from journal.domain.instrument import Instrument, infer
from journal.domain.moment import zone_named
from journal.domain.money import clip
from journal.domain.notation import Known
from journal.storage.bodies import account_body
from journal.storage.instruments import fold_instruments
from journal.storage.reading import DEFAULT_ACCOUNT
from journal.storage.stored import StoredRow
from journal.storage.voids import voids_in_force

_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything a text may refer to by name, as of now.

    Each account holds all that was stated of it; `plans` maps a plan's name to its symbol, and
    `accounts_of_plans` to its account.
    """

    accounts: Mapping[str, AccountEntry]
    default_account: str
    instruments: Mapping[str, Instrument]
    plans: Mapping[str, str]
    accounts_of_plans: Mapping[str, str]

    def known(self) -> Known:
        """Return what the journal text's parser wants to know."""
        currencies = {name: account.currency for name, account in self.accounts.items()}
        # Without any account, the first one that a text states becomes its default.
        default = self.default_account if self.accounts else None
        return Known(currencies, self.instruments, default, self.plans)

    def account(self, name: str | None) -> str:
        """Return the account meant, the default one if none is named; a wrong name is refused."""
        if name is None:
            return self.default_account
        if name not in self.accounts and name not in (self.default_account, DEFAULT_ACCOUNT):
            others = f"accounts: {', '.join(self.accounts)}; " if self.accounts else ""
            raise UndeclaredError(
                f"there is no account {clip(name)!r}",
                hint=f"{others}make one with `journal account add {clip(name)}`",
            )
        return name

    def zone(self, account: str) -> ZoneInfo:
        """Return the time zone of an account."""
        stated = self.accounts.get(account)
        return zone_named(stated.timezone) if stated and stated.timezone else _UTC

    def instrument(self, symbol: str, account: str) -> Instrument:
        """Return an instrument as declared, else as its symbol says."""
        stated = self.accounts.get(account)
        return self.instruments.get(symbol) or infer(symbol, stated.currency if stated else None)

    def extended(self, events: Iterable[Event]) -> Directory:
        """Return what the names stand for once these events' declarations are in."""
        accounts, instruments = dict(self.accounts), dict(self.instruments)
        bodies = [(event.body, event.account) for event in events]
        for body, _ in bodies:
            if isinstance(body, AccountEntry):
                accounts[body.name] = _stated(accounts.get(body.name), body)
        default = self.default_account if self.accounts else next(iter(accounts), DEFAULT_ACCOUNT)
        for body, account in bodies:
            if isinstance(body, InstrumentEntry):
                stated = accounts.get(account or default)
                before = instruments.get(body.symbol)
                currency = stated.currency if stated else None
                after = body.terms.applied(body.symbol, before, currency)
                instruments[body.symbol] = after
        return replace(self, accounts=accounts, default_account=default, instruments=instruments)


def read_directory(connection: sqlite3.Connection, *, plans: bool = True) -> Directory:
    """Read the accounts, the declared instruments and the named plans that are not void.

    A fill names no plan: it does without the walk over them.
    """
    out = voids_in_force(connection)
    accounts: dict[str, AccountEntry] = {}
    for row in _rows(connection, "SELECT * FROM account_entry ORDER BY id"):
        if row.number("id") not in out.get(FactKind.ACCOUNT, ()):
            said = account_body(row)
            accounts[said.name] = _stated(accounts.get(said.name), said)
    default = next(iter(accounts), DEFAULT_ACCOUNT)
    currencies = {name: account.currency for name, account in accounts.items()}
    voided = out.get(FactKind.INSTRUMENT, frozenset())
    query = "SELECT id, name, symbol, account FROM plan WHERE name IS NOT NULL"
    gone = out.get(FactKind.PLAN, frozenset())
    found = connection.execute(query) if plans else ()
    named = [row for row in found if row[0] not in gone]
    return Directory(
        accounts=accounts,
        default_account=default,
        instruments=fold_instruments(connection, (), currencies, default, voided),
        plans={name: symbol for _, name, symbol, _ in named},
        accounts_of_plans={name: account for _, name, _, account in named},
    )


def _rows(connection: sqlite3.Connection, query: str) -> list[StoredRow]:
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [StoredRow("account_entry", dict(zip(names, row, strict=True))) for row in cursor]


def _stated(before: AccountEntry | None, said: AccountEntry) -> AccountEntry:
    """Return an account with a later statement on top: what it leaves out stays."""
    if before is None:
        return said
    news = {each.name: getattr(said, each.name) for each in fields(said)}
    return replace(before, **{name: value for name, value in news.items() if value is not None})
