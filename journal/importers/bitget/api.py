"""Bitget: what the API answers for fills, of spot and futures accounts and of unified ones.

The fee is negative where it cost something in the answers of the spot and mix (futures) APIs,
`feeDetail.totalFee`, and positive in those of unified accounts, `feeDetail.fee`. Sizes are in
the base coin ("Amount (base coin)", contract API, Place Order), so a contract is one coin; those
margined in the coin itself are not read, since profit there does not follow a size in coins.

In hedge mode `side` is that of the *position* on both ways: open long is buy and open, close long
is buy and close, close short is sell and close (contract API, Place Order; answers of fills say
the same). Forced closings name the position instead, `burst_close_long`. One-way fills are
`buy_single`, `reduce_sell_single` and so on, and their side is what was done; their profit tells
which of them reduced a position.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import ONE, InstrumentTerms, Kind
from journal.domain.money import EXACT, clip
from journal.importers.bitget.sides import Move, one_way, unified, with_hedge
from journal.importers.cells import check_amount, check_fee, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    mostly,
    other_export,
)
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import by_sequence, natural
from journal.importers.pairs import split_pair
from journal.importers.reading import Reading, ReadOptions, Row, collect
from journal.importers.realised import is_realised, through_zero, with_reductions
from journal.importers.source import SourceFile
from journal.importers.through_zero import from_unseen
from journal.importers.times import epoch_ms
from journal.importers.words import LIQUIDITIES, side_of

NAME = "bitget-api"

_TELLING = frozenset({"orderId", "feeDetail", "tradeScope", "side", "symbol"})
_OURS = frozenset({"feeDetail", "feeCoin", "tradeScope", "orderId"})
_ORDERS = frozenset({"orderId", "clientOid", "enterPointSource", "baseVolume", "priceAvg"})
_STATES = frozenset({"status", "state", "orderStatus"})
_PERPETUAL_OF_USDC = "PERP"


@dataclass(frozen=True, slots=True)
class _Fields:
    """What the fields of one of the three APIs are called; `costs` is the sign of a cost."""

    trade: str
    price: str
    quantity: str
    amount: str
    time: tuple[str, ...]
    fee: str
    costs: int
    more: tuple[str, ...] = ()


_SPOT = _Fields("tradeId", "priceAvg", "size", "amount", ("cTime",), "totalFee", -1)
_MIX = _Fields(
    *("tradeId", "price", "baseVolume", "quoteVolume", ("cTime",), "totalFee", -1),
    more=("tradeSide", "posMode", "profit"),
)
_UNIFIED = _Fields(
    *("execId", "execPrice", "execQty", "execValue", ("execTime", "createdTime"), "fee", 1),
    more=("category", "tradeSide"),
)


def identify(sample: Sample) -> Identified:
    """Claim fills; orders are another answer."""
    keys = sample.json_keys()
    if mostly(_ORDERS, keys) and keys & _STATES:
        return other_export(
            "this is Bitget's answer on orders, not fills",
            "fetch the fills instead: /api/v2/spot/trade/fills, /api/v2/mix/order/fill-history "
            "or /api/v3/trade/fills",
        )
    return MINE if mostly(_OURS, keys) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills by time and id, with the contracts they are in."""
    realised: set[int] = set()

    def event(answer: JsonRow) -> Event:
        if is_realised(answer["profit"] or answer["execPnl"]):
            realised.add(answer.number)
        return _event(answer)

    reading = collect(read_json(file, _TELLING), event)
    rows = with_reductions(by_sequence(reading.rows, _sequence), realised, options.held)
    notes = from_unseen(rows, through_zero(rows, realised), options.held)
    return declared(replace(reading, rows=rows, notes=notes), _terms)


def _sequence(row: Row) -> tuple[int | str, ...]:
    return natural(row.event.body.venue_id) if isinstance(row.event.body, Fill) else ()


def _event(answer: JsonRow) -> Event:
    fields = _fields(answer)
    symbol, base, quote = _product(answer, fields)
    quantity = positive(number(answer[fields.quantity], fields.quantity), fields.quantity)
    price = positive(number(answer[fields.price], fields.price), fields.price)
    amount = number(answer[fields.amount], fields.amount)
    check_amount(quantity, price, amount, fields.amount)
    move = _move(answer, fields)
    fill = Fill(
        symbol,
        move.side,
        quantity,
        price,
        _fee(answer, fields, {base: quantity, quote: amount}, quote),
        venue_id=identifier(answer[fields.trade], fields.trade),
        order_id=identifier(answer["orderId"], "orderId"),
        liquidity=LIQUIDITIES.get(answer["tradeScope"]),
        position_side=move.position,
        is_liquidation=move.is_liquidation,
        closes=move.closes,
        source=NAME,
    )
    time = next((name for name in fields.time if answer[name]), fields.time[0])
    return Event(epoch_ms(answer[time], time), fill)


def _fields(answer: JsonRow) -> _Fields:
    if "execId" in answer.fields or "execPrice" in answer.fields:
        fields = _UNIFIED
    elif "baseVolume" in answer.fields or "posMode" in answer.fields:
        fields = _MIX
    else:
        fields = _SPOT
    answer.require((fields.trade, fields.price, fields.quantity, fields.amount, *fields.more))
    answer.require(("symbol", "orderId", "side", "feeDetail", "tradeScope"))
    return fields


def _product(answer: JsonRow, fields: _Fields) -> tuple[str, str, str]:
    """Return symbol, base and quote."""
    text = answer["symbol"].upper()
    if not _is_contract(answer, fields):
        base, quote = split_pair(text)
        return f"{base}-{quote}", base, quote
    if text.endswith(_PERPETUAL_OF_USDC):
        base, quote = text.removesuffix(_PERPETUAL_OF_USDC), "USDC"
    else:
        base, quote = split_pair(text)
    if quote == "USD":
        raise InputError(f"{clip(text)} is margined in its coin, which cannot be imported yet")
    return f"{base}-{quote}-PERP", base, quote


def _is_contract(answer: JsonRow, fields: _Fields) -> bool:
    if fields is not _UNIFIED:
        return fields is _MIX
    category = answer["category"].upper()
    if category not in ("SPOT", "MARGIN", "USDT-FUTURES", "USDC-FUTURES", "COIN-FUTURES"):
        raise InputError(f"category {clip(category)!r} is not known")
    return category.endswith("FUTURES")


def _move(answer: JsonRow, fields: _Fields) -> Move:
    side = side_of(answer["side"])
    if not _is_contract(answer, fields):
        return Move(side)
    trade_side = answer["tradeSide"].lower()
    if fields is _UNIFIED:
        return unified(side, trade_side, answer["holdSide"] or answer["posSide"])
    mode = answer["posMode"]
    if mode == "one_way_mode":
        return one_way(side, trade_side)
    if mode != "hedge_mode":
        raise InputError(f"posMode {clip(mode)!r} is neither one_way_mode nor hedge_mode")
    return with_hedge(side, trade_side)


def _fee(answer: JsonRow, fields: _Fields, traded: dict[str, Decimal], quote: str) -> Fee | None:
    """Return the fee, from a list of parts or one object; nothing told is unknown."""
    detail = answer.fields["feeDetail"]
    parts = answer.each("feeDetail") if isinstance(detail, list) else [answer.inner("feeDetail")]
    told = [part for part in parts if part.fields]
    if not told:
        return None
    for part in told:
        part.require(("feeCoin", fields.fee))
    coins = {part["feeCoin"] or quote for part in told}
    if len(coins) > 1:
        raise InputError(f"the fee is in several coins: {', '.join(sorted(coins))}")
    (coin,) = coins
    total = Decimal()
    for part in told:
        total = EXACT.add(total, number(part[fields.fee], fields.fee) * fields.costs)
    fee = Fee(total, coin)
    check_fee(fee, traded)
    return fee


def _terms(symbol: str) -> InstrumentTerms | None:
    base, quote, *rest = symbol.split("-")
    if not rest:
        return None
    return InstrumentTerms(Kind.LINEAR, base, quote, multiplier=ONE)


IMPORTER = Importer(NAME, "Bitget fills from the API (JSON)", identify, read)
