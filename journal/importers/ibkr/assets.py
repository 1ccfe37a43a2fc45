"""Interactive Brokers: what is traded, by the asset categories of its reports.

Shares, funds, contracts for difference, futures and coins are held in the journal. Options, bonds
and the like are not, and money changed into other money is no trade. A future's multiplier stands
in the reports, if the query asks for it; of futures on CME Group exchanges it is known anyway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.instrument import ONE, InstrumentTerms, Kind, check_symbol
from journal.domain.money import clip
from journal.importers import cme


class Asset(StrEnum):
    """The kinds of things that become fills."""

    SHARE = "share"
    CFD = "CFD"
    FUTURE = "future"
    COIN = "coin"


CATEGORIES: Mapping[str, Asset] = {
    "STK": Asset.SHARE,
    "FUND": Asset.SHARE,
    "CFD": Asset.CFD,
    "FUT": Asset.FUTURE,
    "CRYPTO": Asset.COIN,
}
IGNORED_CATEGORIES: Mapping[str, str] = {
    "CASH": "currency conversion",
    "OPT": "option",
    "FOP": "option on a future",
    "FSFOP": "option on a future",
    "IOPT": "structured product",
    "WAR": "warrant",
    "BOND": "bond",
    "BILL": "treasury bill",
    "CMDTY": "commodity",
}

_CURRENCY_PAIR = re.compile(r"[A-Z]{3}\.[A-Z]{3}", re.ASCII)
_OPTION = re.compile(r"[A-Z0-9.]{1,6} *\d{6}[CP]\d{8}|.+ \d{2}[A-Z]{3}\d{2} [\d.]+ [CP]", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Traded:
    """One instrument as a row names it."""

    symbol: str
    asset: Asset
    currency: str | None
    multiplier: Decimal | None

    @property
    def units(self) -> Decimal | None:
        """Return what one unit of quantity stands for; None where nobody told."""
        if self.asset in (Asset.SHARE, Asset.COIN):
            return ONE
        return self.multiplier

    def terms(self, underlying: str) -> InstrumentTerms | None:
        """Return the terms to declare; None where only the name is known."""
        if self.asset is Asset.COIN:
            return None
        if self.currency is None and self.asset is Asset.SHARE:
            return None
        return InstrumentTerms(
            kind=Kind.LINEAR, base=underlying, quote=self.currency, multiplier=self.units
        )


def guessed_category(symbol: str) -> str:
    """Return the category that a symbol shows, where the report has no column of them."""
    if _CURRENCY_PAIR.fullmatch(symbol):
        return "CASH"
    if _OPTION.fullmatch(symbol):
        return "OPT"
    return "FUT" if cme.product_of(symbol) else "STK"


def traded(symbol: str, asset: Asset, currency: str | None, multiplier: Decimal | None) -> Traded:
    """Return the instrument, by the name that the journal gives it."""
    if currency is not None and not _CURRENCY.fullmatch(currency):
        raise InputError(f"{clip(currency)!r} is not a currency")
    if asset is Asset.COIN:
        base = symbol.partition(".")[0]
        if currency is None:
            raise InputError(f"the currency that {clip(symbol)!r} was paid in is missing")
        name = f"{base}-{currency}"
    else:
        # BRK B is BRK.B elsewhere; a future such as FDAX 20260619 M keeps its parts.
        name = ("-" if asset is Asset.FUTURE else ".").join(symbol.split())
    check_symbol(name)
    if asset is Asset.FUTURE and multiplier is None:
        multiplier = known_multiplier(name, currency)
    if multiplier is not None and multiplier <= 0:
        raise InputError(f"the multiplier {multiplier} is not above zero")
    return Traded(name, asset, currency, multiplier)


def known_multiplier(symbol: str, currency: str | None) -> Decimal | None:
    """Return what a point of a future is worth, if it is plainly one of CME Group's."""
    product = cme.product_of(symbol)
    return cme.POINT_VALUES.get(product) if product and currency == cme.CURRENCY else None


@dataclass(slots=True)
class Instruments:
    """The instruments of a file, one meaning a symbol."""

    known: dict[str, tuple[Traded, str]] = field(default_factory=dict)

    def add(self, found: Traded, underlying: str) -> None:
        """Note an instrument, or refuse a symbol that now means something else."""
        before, _ = self.known.setdefault(found.symbol, (found, underlying or found.symbol))
        if before != found:
            raise InputError(
                f"{found.symbol} is a {found.asset} in {found.currency} times {found.units}, "
                f"and further up a {before.asset} in {before.currency} times {before.units}: "
                "one symbol cannot be both"
            )

    def terms(self, symbol: str) -> InstrumentTerms | None:
        """Return what is declared of a symbol."""
        found, underlying = self.known[symbol]
        return found.terms(underlying)
