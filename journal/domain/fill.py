"""Fills: one execution by the venue, as it printed it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import require_decimal
from journal.domain.plan import Direction


class Side(StrEnum):
    """What was done, not what it meant: buying can open a long or close a short."""

    BUY = "buy"
    SELL = "sell"

    @property
    def sign(self) -> int:
        """Return +1 for buy and -1 for sell."""
        return 1 if self is Side.BUY else -1


class Liquidity(StrEnum):
    """Whether the fill rested in the book or took from it."""

    MAKER = "maker"
    TAKER = "taker"


@dataclass(frozen=True, slots=True)
class Fee:
    """What the venue charged; negative is a rebate. The currency may be any coin."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Fill:
    """One execution. `quantity` is base units, or contracts on derivatives, and above zero.

    `fee` None means unknown, never zero. `position_side` is set in hedge mode only. `closes` is
    the venue's word that it reduces a position and opens none; without it nobody said. `source`
    is the format of the venue's file it came from; None means typed by hand or logged live.
    """

    symbol: str
    side: Side
    quantity: Decimal
    price: Decimal
    fee: Fee | None = None
    venue_id: str | None = None
    order_id: str | None = None
    liquidity: Liquidity | None = None
    tranche: int | None = None
    position_side: Direction | None = None
    is_liquidation: bool = False
    closes: bool = False
    source: str | None = None

    def __post_init__(self) -> None:
        require_decimal(self.quantity, "quantity")
        require_decimal(self.price, "price")
        if self.quantity <= 0:
            raise InputError(
                "a fill's quantity must be above zero", hint="the side says which way it went"
            )
        if self.tranche is not None and self.tranche < 1:
            raise InputError("tranches are numbered from 1")
