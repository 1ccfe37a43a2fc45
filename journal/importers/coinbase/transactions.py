"""Coinbase: the transaction history of the plain (retail) account.

Every row is a transaction of any kind; buys and sells are fills. The amounts are in the currency
of the account: where the market was another one (BTC-USDC in an account in EUR) they are converted
and only the note tells what was really traded, `Sold 0.02 BTC for 1300 USDC on BTC-USDC at 65000
USDC/BTC`. The fee is a cost in the quote currency; `Total` is with the fee for a buy and less the
fee for a sell. Statements of 2021 to 2023 call some columns differently and have no ID.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.event import Event
from journal.domain.fill import Fee, Fill, Side
from journal.domain.money import EXACT, clip
from journal.importers.cells import identifier, money, positive
from journal.importers.importer import (
    MINE,
    NOT_MINE,
    Identified,
    Importer,
    Sample,
    mostly,
    other_export,
)
from journal.importers.order import oldest_first
from journal.importers.ratio import unit_price
from journal.importers.reading import Ignored, Reading, ReadOptions, collect
from journal.importers.source import SourceFile
from journal.importers.table import Layout, TableRow, read_table
from journal.importers.times import TimeFormat

NAME = "coinbase-transactions"


class Column(StrEnum):
    """The columns since 2024."""

    ID = "ID"
    TIME = "Timestamp"
    TYPE = "Transaction Type"
    ASSET = "Asset"
    QUANTITY = "Quantity Transacted"
    CURRENCY = "Price Currency"
    PRICE = "Price at Transaction"
    SUBTOTAL = "Subtotal"
    TOTAL = "Total (inclusive of fees and/or spread)"
    FEES = "Fees and/or Spread"
    NOTES = "Notes"
    SENDER = "Sender Address"
    RECIPIENT = "Recipient Address"


class Column2023(StrEnum):
    """The columns of 2023."""

    TIME = "Timestamp"
    TYPE = "Transaction Type"
    ASSET = "Asset"
    QUANTITY = "Quantity Transacted"
    CURRENCY = "Spot Price Currency"
    PRICE = "Spot Price at Transaction"
    SUBTOTAL = "Subtotal"
    TOTAL = "Total (inclusive of fees and/or spread)"
    FEES = "Fees and/or Spread"
    NOTES = "Notes"


class Column2021(StrEnum):
    """The columns of 2021 and 2022."""

    TIME = "Timestamp"
    TYPE = "Transaction Type"
    ASSET = "Asset"
    QUANTITY = "Quantity Transacted"
    CURRENCY = "Spot Price Currency"
    PRICE = "Spot Price at Transaction"
    SUBTOTAL = "Subtotal"
    TOTAL = "Total (inclusive of fees)"
    FEES = "Fees"
    NOTES = "Notes"


_PREAMBLE = 9
_LAYOUTS = (
    Layout(
        Column,
        optional=frozenset({Column.ID, Column.SENDER, Column.RECIPIENT}),
        preamble=_PREAMBLE,
    ),
    Layout(Column2023, preamble=_PREAMBLE),
    Layout(Column2021, preamble=_PREAMBLE),
)
_TELLING = frozenset({"Timestamp", "Transaction Type", "Asset", "Quantity Transacted", "Notes"})
_TAX_REPORT = re.compile(r"[A-Z]{3} (?:Spot Price at Transaction|Subtotal|Fees)")

_TIMES = (TimeFormat("YYYY-MM-DD hh:mm:ss UTC"), TimeFormat("YYYY-MM-DDThh:mm:ssZ"))
_SIDES = {
    "Buy": Side.BUY,
    "Sell": Side.SELL,
    "Advanced Trade Buy": Side.BUY,
    "Advanced Trade Sell": Side.SELL,
    "Advance Trade Buy": Side.BUY,
    "Advance Trade Sell": Side.SELL,
}
_TRANSFER, _REWARD, _INTERNAL = "transfer", "reward", "internal transfer"
_IGNORED = {
    "Send": _TRANSFER,
    "Receive": _TRANSFER,
    "Deposit": "deposit",
    "Withdrawal": "withdrawal",
    "Exchange Deposit": _INTERNAL,
    "Exchange Withdrawal": _INTERNAL,
    "Pro Deposit": _INTERNAL,
    "Pro Withdrawal": _INTERNAL,
    "Vault Withdrawal": _INTERNAL,
    "Cash to Savings": _INTERNAL,
    "Retail Staking Transfer": _INTERNAL,
    "Retail Unstaking Transfer": _INTERNAL,
    "Retail Eth2 Deprecation": _INTERNAL,
    "Asset Migration": _INTERNAL,
    "Convert": "currency conversion",
    "Wrap": "currency conversion",
    "Rewards Income": _REWARD,
    "Reward Income": _REWARD,
    "Staking Income": _REWARD,
    "Inflation Reward": _REWARD,
    "Learning Reward": _REWARD,
    "Coinbase Earn": _REWARD,
    "Incentives Rewards Payout": _REWARD,
    "Interest payout": "interest",
    "Subscription": "subscription",
    "Subscription Rebate": "fee rebate",
    "Subscription Rebates (24 Hours)": "fee rebate",
    "Donation": "donation",
    "Admin Debit": "correction by the venue",
    "Card Spend": "card payment",
    "Card Buy Back": "card payment",
    "Airdrop": "airdrop",
}
_NOTE = re.compile(
    r"(?:Bought|Sold) (?P<quantity>[\d,.]+) (?P<asset>\w+) for [^\d\s]{0,3} ?(?P<total>[\d,.]+) "
    r"(?P<currency>\w+)(?: on (?P<pair>\w+-\w+))?(?: at (?P<price>[\d,.]+) \w+/\w+)?\s*"
)
# The three amounts are rounded one by one.
_CENTS = Decimal("0.015")
# Converted amounts are of another moment and rounded; the shares of the fee are still alike.
_ALIKE = Decimal("0.005")
_SPREAD = Decimal("0.03")


@dataclass(frozen=True, slots=True)
class _Amounts:
    """What a row says of money: `total` is what was paid or received in the end."""

    quote: str
    price: Decimal
    subtotal: Decimal
    total: Decimal
    fee: Decimal


def identify(sample: Sample) -> Identified:
    """Claim the transaction history; the one from before 2021 can be had anew."""
    for header in sample.headers(lines=_PREAMBLE + 1, delimiters=","):
        if any(_TAX_REPORT.match(title) for title in header) and mostly(_TELLING, header):
            return other_export(
                "this is Coinbase's transaction history as it was printed before 2021",
                "export it again as it is printed now: Profile, Statements, Transactions, CSV",
            )
        if mostly(_TELLING, header):
            return MINE
    return NOT_MINE


def read(file: SourceFile, _options: ReadOptions) -> Reading:
    """Read the buys and sells, oldest first."""
    layout = _layout(file)
    titles = {column.name: str(column) for column in layout.columns}
    reading = collect(read_table(file, layout), lambda line: _said(line, titles))
    return replace(reading, rows=oldest_first(reading.rows))


def _layout(file: SourceFile) -> Layout:
    """Return the layout that most titles of the file are of."""
    headers = Sample.of(file.data[: 1 << 14]).headers(lines=_PREAMBLE + 1, delimiters=",")

    def fitting(layout: Layout) -> int:
        return max((len(header & set(layout.required)) for header in headers), default=0)

    return max(_LAYOUTS, key=fitting)


def _said(line: TableRow, titles: Mapping[str, str]) -> Event | Ignored:
    kind = line[titles["TYPE"]]
    if kind in _IGNORED:
        return Ignored(_IGNORED[kind])
    side = _SIDES.get(kind)
    if side is None:
        raise InputError(f"transaction type {clip(kind)!r} is not known")
    asset = line[titles["ASSET"]]
    quantity = positive(abs(money(line[titles["QUANTITY"]], "quantity")), "quantity")
    amounts = _traded(line, titles, side, quantity)
    fill = Fill(
        f"{asset}-{amounts.quote}",
        side,
        quantity,
        amounts.price,
        Fee(amounts.fee, amounts.quote),
        venue_id=identifier(line["ID"], "ID") if line["ID"] else None,
        source=NAME,
    )
    form = next((each for each in _TIMES if each.fits(line[titles["TIME"]])), _TIMES[0])
    return Event(form.read(line[titles["TIME"]]), fill)


def _traded(line: TableRow, titles: Mapping[str, str], side: Side, quantity: Decimal) -> _Amounts:
    """Return the amounts of the market: those of the columns, or of the note where it is other."""
    printed = _printed(line, titles, side)
    note = _NOTE.fullmatch(line[titles["NOTES"]])
    if note is None:
        if line[titles["TYPE"]] not in ("Buy", "Sell"):
            raise InputError("the note does not tell on which market it was traded")
        return _priced(printed, quantity)
    if note["asset"] != line[titles["ASSET"]]:
        raise InputError(f"the note is about {clip(note['asset'])!r}")
    if money(note["quantity"], "the note's quantity") != quantity and note["price"]:
        raise InputError(f"the note tells {clip(note['quantity'])} instead of {quantity}")
    if note["currency"] == printed.quote:
        return _priced(printed, quantity)
    return _noted(note, printed, side, quantity)


def _printed(line: TableRow, titles: Mapping[str, str], side: Side) -> _Amounts:
    price, subtotal, total, fee = (
        abs(money(line[titles[name]], titles[name]))
        for name in ("PRICE", "SUBTOTAL", "TOTAL", "FEES")
    )
    if abs(EXACT.add(subtotal, fee * side.sign) - total) > _CENTS:
        raise InputError(f"{subtotal} with fees of {fee} is not the total {total}")
    return _Amounts(line[titles["CURRENCY"]], positive(price, "price"), subtotal, total, fee)


def _priced(printed: _Amounts, quantity: Decimal) -> _Amounts:
    """Return the amounts with the price that was paid: the printed one may be without spread."""
    product = EXACT.multiply(quantity, printed.price)
    rounding = quantity * Decimal(1).scaleb(int(printed.price.as_tuple().exponent)) / 2
    if abs(product - printed.subtotal) <= _CENTS + rounding:
        return printed
    if abs(product - printed.subtotal) > product * _SPREAD:
        raise InputError(
            f"{quantity} at {printed.price} is not the subtotal {printed.subtotal}: a cell was "
            "changed"
        )
    return replace(printed, price=unit_price(printed.subtotal, quantity))


def _noted(note: re.Match[str], printed: _Amounts, side: Side, quantity: Decimal) -> _Amounts:
    """Return the amounts that the note tells, checked by the share of the converted fee."""
    if not note["price"]:
        raise InputError(
            f"it was traded for {clip(note['currency'])}, of which the note tells no price"
        )
    printed = _priced(printed, quantity)
    price = positive(money(note["price"], "the note's price"), "the note's price")
    total = money(note["total"], "the note's total")
    subtotal = EXACT.multiply(price, quantity)
    fee = EXACT.subtract(total, subtotal) * side.sign
    if abs(printed.total / printed.subtotal - total / subtotal) > _ALIKE:
        raise InputError("the note's total and price do not fit the amounts: a cell was changed")
    return _Amounts(note["currency"], price, subtotal, total, fee)


IMPORTER = Importer(NAME, "Coinbase transaction history (CSV)", identify, read)
