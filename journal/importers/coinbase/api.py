"""Coinbase Advanced: what the API answers for fills (`/orders/historical/fills`).

Every object of trade type FILL is an execution; `commission` is a cost in the quote currency.
With `size_in_quote` the size is money. A REVERSAL takes back the fill of its trade id, and a
CORRECTION stands in its place.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import InstrumentTerms, Kind
from journal.domain.money import clip
from journal.importers.cells import identifier, number, positive
from journal.importers.declaring import declared
from journal.importers.importer import MINE, NOT_MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.times import TimeFormat
from journal.importers.words import LIQUIDITIES, side_of, yes

NAME = "coinbase-api"

_TELLING = frozenset(
    {"entry_id", "trade_id", "trade_time", "trade_type", "product_id", "size_in_quote"}
)
_REQUIRED = (
    *("entry_id", "trade_id", "order_id", "trade_time", "trade_type", "price", "size"),
    *("commission", "product_id", "liquidity_indicator", "size_in_quote", "side"),
)
_TIMES = (TimeFormat("YYYY-MM-DDThh:mm:ss.fZ"), TimeFormat("YYYY-MM-DDThh:mm:ssZ"))
_PERPETUAL, _PERPETUAL_QUOTE = "-PERP-INTX", "USDC"
_FUTURE, _FUTURE_QUOTE = "-CDE", "USD"
_BASE_DIGITS = Decimal("1e-16")


def identify(sample: Sample) -> Identified:
    """Claim fills of Advanced."""
    return MINE if mostly(_TELLING, sample.json_keys()) else NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the fills, oldest first, with the futures they are in."""
    answers = list(read_json(file, _TELLING))
    reversed_trades = _trades(answers, "REVERSAL") & _trades(answers, "FILL")

    def said(answer: JsonRow) -> Event | Ignored:
        answer.require(_REQUIRED)
        kind, trade = answer["trade_type"], answer["trade_id"]
        if kind == "REVERSAL" and trade not in reversed_trades:
            raise InputError(
                f"it takes back trade {clip(trade)}, which is not in this file: void that fill"
            )
        if kind == "REVERSAL" or (kind == "FILL" and trade in reversed_trades):
            return Ignored("fill taken back by the venue")
        if kind not in ("FILL", "CORRECTION"):
            raise InputError(f"trade_type {clip(kind)!r} is not known")
        return _event(answer)

    reading = collect(answers, said)
    reading = replace(
        reading, rows=oldest_first(reading.rows), notes=_notes(sorted(reversed_trades))
    )
    return declared(reading, _terms)


def _trades(answers: list[JsonRow], kind: str) -> set[str]:
    return {
        trade
        for answer in answers
        if answer.fields.get("trade_type") == kind
        and (trade := str(answer.fields.get("trade_id") or ""))
    }


def _event(answer: JsonRow) -> Event:
    price = positive(number(answer["price"], "price"), "price")
    product, quote = _product(answer["product_id"])
    fill = Fill(
        product,
        side_of(answer["side"]),
        _quantity(answer, price),
        price,
        Fee(number(answer["commission"], "commission"), quote) if answer["commission"] else None,
        venue_id=identifier(answer["entry_id"], "entry_id"),
        order_id=identifier(answer["order_id"], "order_id"),
        liquidity=LIQUIDITIES.get(answer["liquidity_indicator"].lower()),
        source=NAME,
    )
    text = answer["trade_time"]
    form = next((each for each in _TIMES if each.fits(text)), _TIMES[0])
    return Event(form.read(text, what="trade_time"), fill)


def _quantity(answer: JsonRow, price: Decimal) -> Decimal:
    size = positive(number(answer["size"], "size"), "size")
    if not yes(answer["size_in_quote"], "size_in_quote"):
        return size
    return positive((size / price).quantize(_BASE_DIGITS), "size")


def _product(text: str) -> tuple[str, str]:
    """Return symbol and quote of a pair, of a perpetual, or of a future under its own name."""
    if text.endswith(_PERPETUAL):
        base = text.removesuffix(_PERPETUAL)
        return f"{base}-{_PERPETUAL_QUOTE}-PERP", _PERPETUAL_QUOTE
    if text.endswith(_FUTURE):
        return text, _FUTURE_QUOTE
    base, quote = split_pair(text)
    return f"{base}-{quote}", quote


def _terms(symbol: str) -> InstrumentTerms | None:
    """Return what the name of a contract tells; how much it is of the coin it does not."""
    base = symbol.partition("-")[0]
    if symbol.endswith("-PERP"):
        return InstrumentTerms(Kind.LINEAR, base, _PERPETUAL_QUOTE)
    if symbol.endswith(_FUTURE):
        return InstrumentTerms(Kind.LINEAR, base, _FUTURE_QUOTE)
    return None


def _notes(trades: list[str]) -> tuple[str, ...]:
    if not trades:
        return ()
    ids = ", ".join(clip(trade) for trade in trades)
    return (f"taken back by the venue: {ids}; void them if an earlier import took them",)


IMPORTER = Importer(NAME, "Coinbase Advanced fills from the API (JSON)", identify, read)
