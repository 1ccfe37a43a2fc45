"""What happened on the venue: `fill`, `price`, `funding` and `opening`, read and written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from journal.domain.errors import InputError
from journal.domain.event import Funding, KnownPrice, Opening
from journal.domain.fill import Fee, Fill, Liquidity, Side
from journal.domain.instrument import Instrument, Kind
from journal.domain.money import canonical, clip
from journal.domain.notation.known import Scope
from journal.domain.notation.lexer import name_text
from journal.domain.notation.quantities import read_at_price, read_price, read_quantity
from journal.domain.notation.words import Words, suggestion
from journal.domain.plan import Direction

SIDES: Mapping[str, Side] = {side.value: side for side in Side}
DIRECTIONS: Mapping[str, Direction] = {direction.value: direction for direction in Direction}

# An option's reader returns the field it sets and the value.
Option = Callable[[Words, Instrument], tuple[str, object]]


def read_fill(words: Words, scope: Scope) -> Fill:
    """Read `fill SYMBOL buy|sell QUANTITY @ PRICE` and its options."""
    symbol = words.take("symbol")
    instrument = scope.instrument(symbol)
    side = words.choice(SIDES, "side")
    quantity = read_quantity(words, instrument)
    price = read_at_price(words, instrument)
    options = _options(words, _FILL_OPTIONS, instrument)
    return Fill(symbol, side, quantity, price, **options)


def read_price_line(words: Words, scope: Scope) -> KnownPrice:
    """Read `price SYMBOL PRICE`."""
    symbol = words.take("symbol")
    return KnownPrice(symbol, read_price(words, scope.instrument(symbol)))


def read_funding(words: Words, scope: Scope) -> Funding:
    """Read `funding SYMBOL AMOUNT CURRENCY` and its options."""
    symbol = words.take("symbol")
    instrument = scope.instrument(symbol)
    amount = words.number("amount")
    currency = words.currency("currency")
    return Funding(symbol, amount, currency, **_options(words, _FUNDING_OPTIONS, instrument))


def read_opening(words: Words, scope: Scope) -> Opening:
    """Read `opening SYMBOL QUANTITY [@ PRICE] [position long|short]`; short is negative."""
    symbol = words.take("symbol")
    instrument = scope.instrument(symbol)
    quantity = read_quantity(words, instrument, "position")
    if quantity == 0:
        raise InputError("an opening balance of zero says nothing", hint="leave the line out")
    if quantity < 0:
        check_direction(Direction.SHORT, instrument)
    price = None
    if not _next_is(words, "position") and words:
        price = read_at_price(words, instrument)
    direction: Direction | None = _options(words, _OPENING_OPTIONS, instrument).get("direction")
    if direction is not None and quantity * direction.sign < 0:
        raise InputError(
            f"{canonical(quantity)} is no {direction} position",
            hint="a short position is negative, a long one positive",
        )
    return Opening(symbol, quantity, price, direction)


def check_direction(direction: Direction, instrument: Instrument) -> Direction:
    """Refuse a short of what cannot be held short."""
    if direction is Direction.SHORT and instrument.kind is Kind.SPOT:
        raise InputError(
            f"{instrument.symbol} is spot and cannot be short",
            hint="name the contract, e.g. BTC-USDT-SWAP, or declare the instrument as linear",
        )
    return direction


def _next_is(words: Words, word: str) -> bool:
    return words.peek() == word


def _options(words: Words, known: Mapping[str, Option], instrument: Instrument) -> dict[str, Any]:
    """Read options in any order, each at most once."""
    found: dict[str, Any] = {}
    while words:
        keyword = words.take("option")
        reader = known.get(keyword)
        if reader is None:
            raise InputError(
                f"{clip(keyword)!r} is not expected here", hint=suggestion(keyword, known)
            )
        name, value = reader(words, instrument)
        if name in found:
            raise InputError(
                f"`{keyword}` repeats or contradicts an option before it", hint="keep one of them"
            )
        found[name] = value
    return found


def _fee(words: Words, instrument: Instrument) -> tuple[str, object]:
    amount = words.number("fee")
    word = words.peek()
    if word is None or word in _FILL_OPTIONS:
        return "fee", Fee(amount, instrument.settlement.upper())
    return "fee", Fee(amount, words.currency("fee currency"))


def _position(field: str) -> Option:
    def read(words: Words, instrument: Instrument) -> tuple[str, object]:
        return field, check_direction(words.choice(DIRECTIONS, "position"), instrument)

    return read


def _name(field: str, what: str) -> Option:
    return lambda words, _instrument: (field, words.name(what))


def _flag(field: str, value: object) -> Option:
    return lambda _words, _instrument: (field, value)


_FILL_OPTIONS: Mapping[str, Option] = {
    "fee": _fee,
    "id": _name("venue_id", "id"),
    "order": _name("order_id", "order"),
    "maker": _flag("liquidity", Liquidity.MAKER),
    "taker": _flag("liquidity", Liquidity.TAKER),
    "tranche": lambda words, _instrument: ("tranche", words.whole("tranche")),
    "position": _position("position_side"),
    "liquidation": _flag("is_liquidation", value=True),
    "closing": _flag("closes", value=True),
    "source": _name("source", "source"),
}
_FUNDING_OPTIONS: Mapping[str, Option] = {
    "position": _position("direction"),
    "id": _name("venue_id", "id"),
    "source": _name("source", "source"),
}
_OPENING_OPTIONS: Mapping[str, Option] = {"position": _position("direction")}


def write_fill(fill: Fill) -> str:
    """Write a fill's header arguments."""
    text = f"{fill.symbol} {fill.side} {canonical(fill.quantity)} @ {canonical(fill.price)}"
    if fill.fee is not None:
        text += f" fee {canonical(fill.fee.amount)} {fill.fee.currency}"
    if fill.venue_id is not None:
        text += f" id {name_text(fill.venue_id)}"
    if fill.order_id is not None:
        text += f" order {name_text(fill.order_id)}"
    if fill.liquidity is not None:
        text += f" {fill.liquidity}"
    if fill.tranche is not None:
        text += f" tranche {fill.tranche}"
    if fill.position_side is not None:
        text += f" position {fill.position_side}"
    if fill.is_liquidation:
        text += " liquidation"
    if fill.closes:
        text += " closing"
    if fill.source is not None:
        text += f" source {name_text(fill.source)}"
    return text


def write_price_line(known: KnownPrice) -> str:
    """Write a known price's header arguments."""
    return f"{known.symbol} {canonical(known.price)}"


def write_funding(funding: Funding) -> str:
    """Write a funding payment's header arguments."""
    text = f"{funding.symbol} {canonical(funding.amount)} {funding.currency}"
    if funding.direction is not None:
        text += f" position {funding.direction}"
    if funding.venue_id is not None:
        text += f" id {name_text(funding.venue_id)}"
    if funding.source is not None:
        text += f" source {name_text(funding.source)}"
    return text


def write_opening(opening: Opening) -> str:
    """Write an opening balance's header arguments."""
    text = f"{opening.symbol} {canonical(opening.quantity)}"
    if opening.price is not None:
        text += f" @ {canonical(opening.price)}"
    if opening.direction is not None:
        text += f" position {opening.direction}"
    return text
