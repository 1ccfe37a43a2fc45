"""Binance: fills as the API gives them: spot and margin `myTrades`, futures `userTrades`.

The commission is a cost. Ids number the fills of a pair or contract in the order of matching.
Futures tell the side, in hedge mode the side of the position, and `realizedPnl`, which is gross:
the journal works out its own, and takes from it only that a position was reduced. Coin-margined
quantities are contracts, whose size is checked against `baseQty`.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fill, Side
from journal.domain.instrument import InstrumentTerms
from journal.domain.money import EXACT, clip
from journal.importers.binance.cells import fee, pair, position_side
from journal.importers.binance.contracts import Contract, contract
from journal.importers.cells import check_amount, identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import by_sequence, natural
from journal.importers.reading import Reading, ReadOptions, Row, collect
from journal.importers.realised import is_realised, through_zero, with_reductions
from journal.importers.source import SourceFile
from journal.importers.through_zero import from_unseen
from journal.importers.times import epoch_ms
from journal.importers.words import maker_or_taker, side_of, yes

NAME = "binance-api"

# What fills of all markets have and other venues call otherwise, and what those of futures alone.
_FILL = frozenset({"id", "orderId", "qty", "commission", "commissionAsset"})
_FUTURES = frozenset({"buyer", "maker", "positionSide", "realizedPnl", "marginAsset"})


def identify(sample: Sample) -> Identified:
    """Claim answers with fills of any market."""
    return MINE if mostly(_FILL, sample.json_keys()) else NOT_MINE


def read(file: SourceFile, options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the contracts they are in."""
    known: dict[str, InstrumentTerms] = {}
    realised: set[int] = set()

    def event(row: JsonRow) -> Event:
        if is_realised(row["realizedPnl"]):
            realised.add(row.number)
        return _future(row, known) if _FUTURES & set(row.fields) else _spot(row)

    reading = collect(read_json(file, _FILL), event)
    rows = with_reductions(by_sequence(reading.rows, _sequence), realised, options.held)
    notes = from_unseen(rows, through_zero(rows, realised), options.held)
    return declared(replace(reading, rows=rows, notes=notes), known.get)


def _sequence(row: Row) -> tuple[int | str, ...]:
    return natural(row.event.body.venue_id) if isinstance(row.event.body, Fill) else ()


def _spot(row: JsonRow) -> Event:
    way = Side.BUY if yes(row["isBuyer"], "isBuyer") else Side.SELL
    base, quote = pair(row["symbol"], way, row["commissionAsset"])
    fill = _fill(row, f"{base}-{quote}", way, "isMaker")
    check_amount(fill.quantity, fill.price, number(row["quoteQty"], "quoteQty"), "quoteQty")
    return Event(epoch_ms(row["time"]), fill)


def _future(row: JsonRow, known: dict[str, InstrumentTerms]) -> Event:
    row.require(["realizedPnl"])
    traded, way = contract(row["symbol"]), side_of(row["side"])
    if yes(row["buyer"], "buyer") != (way is Side.BUY):
        raise InputError(f"side {way} and buyer {clip(row['buyer'])!r} do not agree")
    fill = replace(
        _fill(row, traded.symbol, way, "maker"), position_side=position_side(row["positionSide"])
    )
    _check_size(row, fill, traded)
    event = Event(epoch_ms(row["time"]), fill)
    known[traded.symbol] = traded.terms
    return event


def _check_size(row: JsonRow, fill: Fill, traded: Contract) -> None:
    if traded.is_inverse:
        worth = EXACT.multiply(fill.quantity, traded.terms.multiplier or Decimal(1))
        check_amount(number(row["baseQty"], "baseQty"), fill.price, worth, "the contracts' worth")
    else:
        check_amount(fill.quantity, fill.price, number(row["quoteQty"], "quoteQty"), "quoteQty")


def _fill(row: JsonRow, symbol: str, way: Side, maker: str) -> Fill:
    row.require(["commission", "commissionAsset"])
    return Fill(
        symbol,
        way,
        positive(number(row["qty"], "qty"), "qty"),
        positive(number(row["price"], "price"), "price"),
        fee(row["commission"], row["commissionAsset"]),
        venue_id=identifier(row["id"], "id"),
        order_id=identifier(row["orderId"], "orderId"),
        liquidity=maker_or_taker(row[maker], maker),
        source=NAME,
    )


IMPORTER = Importer(NAME, "Binance fills from the API (JSON)", identify, read)
