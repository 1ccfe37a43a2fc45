"""Accounts and instruments as the journal states them now."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import AccountEntry, RiskBudget
from journal.domain.instrument import Instrument
from journal.domain.money import canonical, clip
from journal.storage.history import all_instruments
from journal.usecases.session import Session


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account, numbers as exact texts; `is_default` marks that of facts that name none."""

    account: str
    currency: str | None
    equity: str | None
    maker: str | None
    taker: str | None
    risk_fraction: str | None
    risk_money: str | None
    timezone: str | None
    is_default: bool


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One instrument, numbers as exact texts; a multiplier that is None has to be declared."""

    symbol: str
    kind: str
    base: str
    quote: str
    multiplier: str | None
    tick: str | None
    lot: str | None
    maintenance_margin: str | None


def list_accounts(session: Session) -> list[AccountLine]:
    """Return all accounts in the order they were first stated."""
    directory = session.directory()
    return [
        _account(account, is_default=account.name == directory.default_account)
        for account in directory.accounts.values()
    ]


def show_account(session: Session, name: str) -> AccountLine:
    """Return one account, or refuse a name the journal does not have."""
    lines = {line.account: line for line in list_accounts(session)}
    if name not in lines:
        raise InputError(
            f"there is no account {clip(name)!r}",
            hint="accounts: " + (", ".join(lines) or "none yet; see `journal account add --help`"),
        )
    return lines[name]


def list_instruments(session: Session) -> list[InstrumentLine]:
    """Return every instrument declared or traded."""
    with session.journal.reading() as connection:
        found = all_instruments(connection)
    # Declarations taken back still stand in the history, not here.
    found |= session.directory().instruments
    return [_instrument(found[symbol]) for symbol in sorted(found)]


def show_instrument(session: Session, symbol: str) -> InstrumentLine:
    """Return one instrument: as declared, else as its symbol says."""
    directory = session.directory()
    return _instrument(directory.instrument(symbol, directory.default_account))


def _account(account: AccountEntry, *, is_default: bool) -> AccountLine:
    risk = account.risk or RiskBudget()
    return AccountLine(
        account=account.name,
        currency=account.currency,
        equity=_text(account.equity),
        maker=_text(account.maker),
        taker=_text(account.taker),
        risk_fraction=_text(risk.fraction),
        risk_money=_text(risk.money),
        timezone=account.timezone,
        is_default=is_default,
    )


def _instrument(instrument: Instrument) -> InstrumentLine:
    return InstrumentLine(
        symbol=instrument.symbol,
        kind=instrument.kind,
        base=instrument.base,
        quote=instrument.quote,
        multiplier=_text(instrument.multiplier),
        tick=_text(instrument.tick),
        lot=_text(instrument.lot),
        maintenance_margin=_text(instrument.maintenance_margin),
    )


def _text(number: Decimal | None) -> str | None:
    return None if number is None else canonical(number)
