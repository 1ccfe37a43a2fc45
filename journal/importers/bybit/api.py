"""Bybit: answers of `/v5/execution/list`, saved as JSON.

An entry is an execution, a funding payment or a takeover in liquidation, as `execType` says; the
answer around it says in `category` whether it is of spot, linear or inverse contracts. `execFee`
is a cost where positive, funding included, in `feeCurrency`; where that is blank, in the coin of
settlement, or for spot in the coin received. `execValue` is quantity times price (for inverse
contracts, by price). `seq` is the venue's own order. Being deleveraged is a fill like others here:
it is not the trader who was liquidated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import Event, Funding
from journal.domain.fill import Fee, Fill
from journal.domain.instrument import Kind
from journal.domain.moment import Moment
from journal.domain.money import clip
from journal.importers.bybit.contracts import Contract, contract, declare, spot_fee_coin
from journal.importers.bybit.other_exports import other_answers
from journal.importers.cells import identifier, number, positive
from journal.importers.importer import MINE, Identified, Importer, Sample, mostly
from journal.importers.json_rows import JsonRow, read_json
from journal.importers.order import by_sequence, oldest_first
from journal.importers.pairs import split_pair
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.times import epoch_ms
from journal.importers.words import maker_or_taker, side_of

NAME = "bybit-api"

_TELLING = frozenset({"execId", "execType", "execPrice", "execQty", "execTime", "execFee"})
_ANSWER = frozenset({"category", "list", "nextPageCursor"})
_KINDS = {"linear": Kind.LINEAR, "inverse": Kind.INVERSE}
_SPOT, _OPTION = "spot", "option"
_FUNDING, _LIQUIDATION = "Funding", "BustTrade"
_FILLS = frozenset({
    "Trade", "AdlTrade", "BlockTrade", "FutureSpread", "Delivery", "Settle", _LIQUIDATION,
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Execution:
    """One entry with the category of its answer."""

    number: int
    raw: str
    fields: JsonRow
    category: str


def identify(sample: Sample) -> Identified:
    """Claim lists of executions; recognise other answers of the venue."""
    return MINE if mostly(_TELLING, sample.json_keys()) else other_answers(sample)


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read fills and funding, oldest first, with the contracts they are in."""
    contracts: dict[str, Contract] = {}
    sequence: dict[int, int] = {}

    def said(line: _Execution) -> Event | Ignored:
        if line.category == _OPTION:
            return Ignored("option")
        fields = line.fields
        sequence[line.number] = int(number(fields["seq"], "seq")) if fields["seq"] else 0
        if line.category == _SPOT:
            return Event(_at(fields), _spot(fields))
        traded = _contract(fields, line.category)
        event = Event(_at(fields), _of_contract(fields, traded))
        contracts[traded.symbol] = traded
        return event

    reading = collect(_executions(file), said)
    rows = oldest_first(reading.rows, usually_newest_first=True)
    rows = by_sequence(rows, lambda row: (sequence[row.number],))
    return declare(replace(reading, rows=rows), contracts.values())


def _executions(file: SourceFile) -> Iterator[_Execution]:
    """Yield the entries of all answers in the file, numbered through."""
    answers = list(read_json(file, _ANSWER))
    if any("list" not in answer.fields for answer in answers) or not answers:
        raise InputError(
            "the executions stand in no answer that says their category",
            where=file.name,
            hint="save the whole answers of `/v5/execution/list`, not only their lists",
        )
    entries = [(entry, answer["category"]) for answer in answers for entry in answer.each("list")]
    for at, (entry, category) in enumerate(entries, start=1):
        raw = json.dumps(entry.fields, ensure_ascii=False, separators=(",", ":"))
        yield _Execution(at, raw, entry, category)


def _at(fields: JsonRow) -> Moment:
    return epoch_ms(fields["execTime"], "execTime")


def _contract(fields: JsonRow, category: str) -> Contract:
    if not category:
        raise InputError("its answer does not say whether it is of spot, linear or inverse")
    traded = contract(fields["symbol"])
    if _KINDS.get(category) is not traded.kind:
        raise InputError(f"{clip(fields['symbol'])!r} is no {clip(category) or 'known'} contract")
    return traded


def _of_contract(fields: JsonRow, traded: Contract) -> Fill | Funding:
    fee = _fee(fields, traded.settlement)
    quantity, price = _quantity(fields), _price(fields)
    traded.check_value(quantity, price, number(fields["execValue"], "execValue"))
    if fields["execType"] == _FUNDING:
        if fee is None:
            raise InputError("a funding payment without an amount")
        venue_id = identifier(fields["execId"], "execId")
        return Funding(traded.symbol, -fee.amount, fee.currency, source=NAME, venue_id=venue_id)
    return _fill(fields, traded.symbol, fee)


def _spot(fields: JsonRow) -> Fill:
    base, quote = split_pair(fields["symbol"])
    fee = _fee(fields, "")
    if fee is not None and not fee.currency:
        fee = Fee(fee.amount, spot_fee_coin(side_of(fields["side"]), fee.amount, base, quote))
    traded = Contract(f"{base}-{quote}", Kind.SPOT, base, quote)
    traded.check_value(_quantity(fields), _price(fields), number(fields["execValue"], "execValue"))
    return _fill(fields, traded.symbol, fee)


def _fill(fields: JsonRow, symbol: str, fee: Fee | None) -> Fill:
    kind = fields["execType"]
    if kind not in _FILLS:
        raise InputError(f"execType {clip(kind)!r} is not known")
    return Fill(
        symbol,
        side_of(fields["side"]),
        _quantity(fields),
        _price(fields),
        fee,
        venue_id=identifier(fields["execId"], "execId"),
        order_id=identifier(fields["orderId"], "orderId"),
        liquidity=maker_or_taker(fields["isMaker"], "isMaker"),
        is_liquidation=kind == _LIQUIDATION,
        closes=_closes(fields),
        source=NAME,
    )


def _closes(fields: JsonRow) -> bool:
    """Whether the venue says that this fill of a contract only reduced a position."""
    closed = fields["closedSize"]
    return bool(closed) and number(closed, "closedSize") == _quantity(fields)


def _quantity(fields: JsonRow) -> Decimal:
    return positive(number(fields["execQty"], "execQty"), "execQty")


def _price(fields: JsonRow) -> Decimal:
    return positive(number(fields["execPrice"], "execPrice"), "execPrice")


def _fee(fields: JsonRow, settlement: str) -> Fee | None:
    fee = fields["execFee"]
    if "execFee" not in fields.fields:
        raise InputError("execFee is missing")
    return Fee(number(fee, "execFee"), fields["feeCurrency"] or settlement) if fee else None


IMPORTER = Importer(NAME, "Bybit fills from the API (JSON)", identify, read)
