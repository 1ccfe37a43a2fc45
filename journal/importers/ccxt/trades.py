"""ccxt: unified trades (`fetch_my_trades`), saved as JSON.

A fee is positive where it was paid. Numbers are taken as they are written: the library prints
floats unless it was told to keep texts, so that long quantities may have lost digits on the way.
Ids are unique per symbol and exchange. What the library drops is read from the exchange's own
answer, which it keeps in `info`: the side of the position in hedge mode, liquidations and the
funding that Bybit lists among executions, and the fees of Bitget's unified account, whose sign
the library turns around.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill
from journal.domain.moment import Moment
from journal.domain.money import EXACT, clip
from journal.domain.plan import Direction
from journal.importers.ccxt.symbols import Market, market, sizes_that_fit
from journal.importers.cells import identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import oldest_first
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.realised import is_realised, through_zero, with_reductions
from journal.importers.source import SourceFile
from journal.importers.through_zero import from_unseen
from journal.importers.times import TimeFormat, epoch_ms
from journal.importers.words import LIQUIDITIES, one_of, side_of

NAME = "ccxt"

_TELLING = frozenset({
    "id", "order", "timestamp", "datetime", "symbol", "side", "takerOrMaker", "price", "amount",
    "cost", "fee", "info",
})  # fmt: skip
_DATETIME = TimeFormat("YYYY-MM-DDThh:mm:ss.fZ")
_LIQUIDITIES = {**LIQUIDITIES, "": None}
_POSITIONS = {"LONG": Direction.LONG, "SHORT": Direction.SHORT}
_LIQUIDATION = "BustTrade"
_FUNDING = "Funding"

# What Binance, OKX, Bitget (twice) and Hyperliquid call the profit of a fill.
_PROFITS = ("realizedPnl", "fillPnl", "profit", "execPnl", "closedPnl")
_READ = ("execType", "execId", "positionSide", "posSide", "closedSize", "execQty", *_PROFITS)

_Sizes = dict[str, tuple[Market, frozenset[Decimal]]]


def identify(sample: Sample) -> Identified:
    """Claim trades that keep the exchange's own answer."""
    return MINE if mostly(_TELLING, sample.json_keys()) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts whose size their costs tell."""
    sizes: _Sizes = {}
    realised: set[int] = set()

    def said(row: JsonRow) -> Event | Ignored:
        found = _said(row, sizes)
        if _is_realised(_info(row)):
            realised.add(row.number)
        return found

    reading = collect(read_json(file, _TELLING), said)
    rows = with_reductions(oldest_first(reading.rows), realised, options.held)
    notes = from_unseen(rows, through_zero(rows, realised), options.held)
    reading = replace(reading, rows=rows, notes=notes)
    return declared(reading, lambda symbol: sizes[symbol][0].terms(sizes[symbol][1]))


def _said(row: JsonRow, sizes: _Sizes) -> Event | Ignored:
    row.require(sorted(_TELLING))
    found = market(row["symbol"])
    if found.kind is None:
        return Ignored("option")
    at = _at(row)
    info = _info(row)
    fee = _fee(row, info)
    if info["execType"] == _FUNDING:
        return Event(at, _funding(row, found, fee))
    fill = Fill(
        found.symbol,
        side_of(row["side"]),
        positive(number(row["amount"], "amount"), "amount"),
        positive(number(row["price"], "price"), "price"),
        fee,
        venue_id=identifier(row["id"], "id"),
        order_id=identifier(row["order"], "order") if row["order"] else None,
        liquidity=one_of(_LIQUIDITIES, row["takerOrMaker"], "takerOrMaker"),
        position_side=_POSITIONS.get((info["positionSide"] or info["posSide"]).upper()),
        is_liquidation=info["execType"] == _LIQUIDATION,
        source=NAME,
    )
    _note_size(row, fill, found, sizes)
    return Event(at, fill)


def _note_size(row: JsonRow, fill: Fill, found: Market, sizes: _Sizes) -> None:
    before = sizes.get(found.symbol, (found, None))[1]
    if row["cost"]:
        fitting = sizes_that_fit(found, fill.quantity, fill.price, number(row["cost"], "cost"))
        before = fitting if before is None else before & fitting
    sizes[found.symbol] = found, frozenset() if before is None else before


def _at(row: JsonRow) -> Moment:
    at = epoch_ms(row["timestamp"], "timestamp")
    if row["datetime"] and _DATETIME.read(row["datetime"], what="datetime").at != at.at:
        raise InputError(
            f"timestamp {row['timestamp']} and datetime {clip(row['datetime'])} do not agree"
        )
    return at


def _info(row: JsonRow) -> JsonRow:
    """Return the exchange's own answer; only single values and `feeDetail` are asked of it."""
    info = row.inner("info")
    wanted = {name: info.fields.get(name) for name in _READ}
    plain = {name: value for name, value in wanted.items() if isinstance(value, str)}
    details = info.fields.get("feeDetail")
    return JsonRow(row.number, row.raw, plain | {"feeDetail": _unified_account_fees(details)})


def _is_realised(info: JsonRow) -> bool:
    """Whether the exchange says that a fill reduced a position: by a profit, or Bybit by a size."""
    whole = is_realised(info["closedSize"]) and info["closedSize"] == info["execQty"]
    return whole or any(is_realised(info[name]) for name in _PROFITS)


def _unified_account_fees(details: object) -> list[object]:
    """Return the fees of Bitget's unified account, which alone calls them `fee`."""
    if not isinstance(details, list):
        return []
    return [one for one in details if isinstance(one, dict) and {"fee", "feeCoin"} <= set(one)]


def _fee(row: JsonRow, info: JsonRow) -> Fee | None:
    """Return what was charged, or None where the exchange did not say."""
    if info["execId"] and (own := info.each("feeDetail")):
        return _added([Fee(number(one["fee"], "fee"), one["feeCoin"]) for one in own])
    listed = [one for one in row.each("fees") if one["cost"]] or [row.inner("fee")]
    for one in listed:
        if one.fields:
            one.require(("cost", "currency"))
    return _added(
        [Fee(number(one["cost"], "fee"), one["currency"]) for one in listed if one["cost"]]
    )


def _added(fees: Sequence[Fee]) -> Fee | None:
    charged = [fee for fee in fees if fee.amount] or list(fees[:1])
    coins = {fee.currency for fee in charged}
    if not coins:
        return None
    if len(coins) > 1:
        raise InputError("the fees are in several coins: " + ", ".join(sorted(coins)))
    coin = coins.pop()
    if not coin:
        raise InputError("the fee is in no coin")
    total = Decimal(0)
    for fee in charged:
        total = EXACT.add(total, fee.amount)
    return Fee(total, coin)


def _funding(row: JsonRow, found: Market, fee: Fee | None) -> Funding:
    if fee is None:
        raise InputError("the funding has no amount")
    return Funding(
        found.symbol, -fee.amount, fee.currency, source=NAME, venue_id=identifier(row["id"], "id")
    )


IMPORTER = Importer(NAME, "ccxt trades of any exchange (JSON)", identify, read)
