"""What is traded: spot pairs, linear and inverse contracts, and plain tickers."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from journal.domain.errors import InputError
from journal.domain.money import clip, require_decimal


class Kind(StrEnum):
    """How profit follows price: `quantity x price` (spot, linear) or `quantity / price`."""

    SPOT = "spot"
    LINEAR = "linear"
    INVERSE = "inverse"


_SYMBOL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}", re.ASCII)
_PAIR = re.compile(r"([A-Za-z0-9.]+)[-/]([A-Za-z][A-Za-z0-9.]*)", re.ASCII)
_PERPETUAL = re.compile(r"([A-Za-z0-9.]+)-([A-Za-z][A-Za-z0-9.]*)-(?:SWAP|PERP)", re.ASCII)
_PERPETUAL_OF = re.compile(r"([A-Za-z0-9.]+)-(?:SWAP|PERP)", re.ASCII)
_DATED_PAIR = re.compile(r"([A-Za-z0-9.]+)-([A-Za-z][A-Za-z0-9.]*)-\d{6,8}", re.ASCII)
_DATED = re.compile(r"([A-Za-z0-9.]+)-\d{4}(?:-\d{2}){0,2}", re.ASCII)
_TICKER = re.compile(r"[A-Za-z0-9.:]+", re.ASCII)

ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Instrument:
    """An instrument as known to the journal.

    `multiplier` is base units per contract (linear) or quote money per contract (inverse); None
    means it has to be asked for. `lot` and `tick` are the smallest steps of quantity and price.
    """

    symbol: str
    kind: Kind
    base: str
    quote: str
    multiplier: Decimal | None = None
    tick: Decimal | None = None
    lot: Decimal | None = None
    maintenance_margin: Decimal | None = None

    def __post_init__(self) -> None:
        check_symbol(self.symbol)
        for name in ("multiplier", "tick", "lot"):
            value = getattr(self, name)
            if value is not None:
                require_decimal(value, name)
                if value <= 0:
                    raise InputError(
                        f"{name} of {self.symbol} must be above zero",
                        hint="leave it out where it is not known",
                    )
        if self.maintenance_margin is not None and not 0 <= self.maintenance_margin < 1:
            raise InputError(
                f"mmr of {self.symbol} is not between 0% and 100%", hint="e.g. mmr 0.5%"
            )
        if self.kind is Kind.SPOT and self.multiplier not in (None, ONE):
            raise InputError(
                f"{self.symbol} is spot: it has no multiplier",
                hint="declare it as linear or inverse, or leave the multiplier out",
            )

    @property
    def settlement(self) -> str:
        """The currency of profit, loss and fees: quote, or base for inverse contracts."""
        return self.base if self.kind is Kind.INVERSE else self.quote

    @property
    def counts_contracts(self) -> bool:
        """Whether a bare number is contracts rather than base units."""
        return self.kind is not Kind.SPOT

    def known_multiplier(self) -> Decimal:
        """Return the multiplier, or refuse to guess it."""
        if self.kind is Kind.SPOT:
            return ONE
        if self.multiplier is None:
            raise InputError(
                f"the contract multiplier of {self.symbol} is not known",
                hint=f"declare it: `journal instrument add {self.symbol} --multiplier 0.01`, "
                "or an `instrument` block in the text",
            )
        return self.multiplier


def check_symbol(symbol: str) -> None:
    """Refuse what cannot be a symbol."""
    if not _SYMBOL.fullmatch(symbol):
        raise InputError(
            f"{clip(symbol)!r} is not a symbol",
            hint="letters, digits and . _ : / - such as BTC-USDT, BTC-USDT-SWAP or AAPL",
        )


def infer(symbol: str, currency: str | None = None) -> Instrument:
    """Return what a symbol says of itself; `currency` is the account's, for plain tickers.

    A pair is spot, perpetuals and dated futures are linear with their multiplier unknown, and a
    plain ticker is a share (linear, multiplier 1) quoted in the account's currency.
    """
    check_symbol(symbol)
    if match := _PERPETUAL.fullmatch(symbol) or _DATED_PAIR.fullmatch(symbol):
        return Instrument(symbol, Kind.LINEAR, match[1].upper(), match[2].upper())
    if match := _DATED.fullmatch(symbol) or _PERPETUAL_OF.fullmatch(symbol):
        return Instrument(symbol, Kind.LINEAR, match[1].upper(), currency or "USD")
    if match := _PAIR.fullmatch(symbol):
        return Instrument(symbol, Kind.SPOT, match[1].upper(), match[2].upper())
    if _TICKER.fullmatch(symbol):
        return Instrument(symbol, Kind.LINEAR, symbol, currency or "USD", ONE)
    raise InputError(
        f"nothing is known of the instrument {clip(symbol)!r}",
        hint=f"declare it: `journal instrument add {symbol} --kind linear --quote USD ...`",
    )


@dataclass(frozen=True, slots=True)
class InstrumentTerms:
    """A declaration: only what was said; None leaves what is known or inferred."""

    kind: Kind | None = None
    base: str | None = None
    quote: str | None = None
    multiplier: Decimal | None = None
    tick: Decimal | None = None
    lot: Decimal | None = None
    maintenance_margin: Decimal | None = None

    def applied(self, symbol: str, known: Instrument | None, currency: str | None) -> Instrument:
        """Return the instrument after this declaration, on top of what was known before."""
        before = known
        if before is None and self.kind and self.base and self.quote:
            before = Instrument(symbol, self.kind, self.base, self.quote)
        if before is None:
            before = infer(symbol, currency)
        said = self._said()
        if said.get("kind") is Kind.SPOT and before.kind is not Kind.SPOT:
            said.setdefault("multiplier", ONE)
        return replace(before, **said)

    def on_top_of(self, earlier: InstrumentTerms) -> InstrumentTerms:
        """Return both declarations as one; what this one says counts."""
        return replace(earlier, **self._said())

    def _said(self) -> dict[str, Any]:
        return {
            name: value for name in self.__slots__ if (value := getattr(self, name)) is not None
        }
