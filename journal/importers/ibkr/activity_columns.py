"""Interactive Brokers: the titles of a statement's trades, and the words of its languages.

The columns stand in one order; some statements print some of the titles, or none of the money's
own, and name the commission by its currency (`Comm in USD`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from journal.domain.errors import InputError
from journal.domain.money import clip


class Column(StrEnum):
    """The columns of the section Trades, in their order."""

    DISCRIMINATOR = "DataDiscriminator"
    CATEGORY = "Asset Category"
    CURRENCY = "Currency"
    ACCOUNT = "Account"
    SYMBOL = "Symbol"
    TIME = "Date/Time"
    EXCHANGE = "Exchange"
    QUANTITY = "Quantity"
    PRICE = "T. Price"
    CLOSE = "C. Price"
    PROCEEDS = "Proceeds"
    NOTIONAL = "Notional Value"
    COMMISSION = "Comm/Fee"
    BASIS = "Basis"
    REALIZED = "Realized P/L"
    MARK_TO_MARKET = "MTM P/L"
    CODE = "Code"


_OPTIONAL = {
    Column.ACCOUNT, Column.EXCHANGE, Column.CLOSE, Column.PROCEEDS, Column.NOTIONAL, Column.BASIS,
    Column.REALIZED, Column.MARK_TO_MARKET,
}  # fmt: skip
# Between which titles an unnamed column can stand, and what it is there.
_UNNAMED = {
    Column.PRICE: Column.CLOSE,
    Column.COMMISSION: Column.BASIS,
    Column.BASIS: Column.REALIZED,
}
_GERMAN = {
    "Anlagekategorie": Column.CATEGORY,
    "Vermögenswertkategorie": Column.CATEGORY,
    "Währung": Column.CURRENCY,
    "Konto": Column.ACCOUNT,
    "Datum/Zeit": Column.TIME,
    "Börse": Column.EXCHANGE,
    "Menge": Column.QUANTITY,
    "T.-Kurs": Column.PRICE,
    "Schlusskurs": Column.CLOSE,
    "Erlös": Column.PROCEEDS,
    "Nominalwert": Column.NOTIONAL,
    "Provision/Gebühr": Column.COMMISSION,
    "Prov./Gebühr": Column.COMMISSION,
    "Realisierter G/V": Column.REALIZED,
    "Realisierter G&V": Column.REALIZED,
    "MTM G/V": Column.MARK_TO_MARKET,
    "MTM G&V": Column.MARK_TO_MARKET,
}
_IN_CURRENCY = re.compile(r"(Comm|Prov\.|MTM) in ([A-Z]{3})")

CATEGORIES: Mapping[str, str] = {
    "Stocks": "STK",
    "Aktien": "STK",
    "Mutual Funds": "FUND",
    "Investmentfonds": "FUND",
    "CFDs": "CFD",
    "Forex CFDs": "CFD",
    "Futures": "FUT",
    "Cryptocurrencies": "CRYPTO",
    "Kryptowährungen": "CRYPTO",
    "Forex": "CASH",
    "Devisen": "CASH",
    "Equity and Index Options": "OPT",
    "Aktien- und Indexoptionen": "OPT",
    "Options On Futures": "FOP",
    "Futures Options": "FOP",
    "Futures-Optionen": "FOP",
    "Structured Products": "IOPT",
    "Strukturierte Produkte": "IOPT",
    "Warrants": "WAR",
    "Optionsscheine": "WAR",
    "Bonds": "BOND",
    "Anleihen": "BOND",
    "Treasury Bills": "BILL",
}

# The fields and titles that are read in other sections.
ACCOUNT_FIELDS = ("AccountId", "Account", "Konto")
MULTIPLIERS = ("Multiplier", "Multiplikator")
UNDERLYINGS = ("Underlying", "Basiswert")


@dataclass(frozen=True, slots=True)
class Titles:
    """What stands where in the rows below; `fee_currency` if the title names it."""

    columns: tuple[Column | None, ...]
    fee_currency: str | None = None

    @classmethod
    def of(cls, cells: Sequence[str], where: str) -> Titles:
        """Read the titles of a section of trades, or refuse ones that are not its own."""
        columns: list[Column | None] = []
        fee_currency, unknown = None, []
        for cell in cells[2:]:
            before = columns[-1] if columns else None
            column = _column(cell.strip()) if cell.strip() else _UNNAMED.get(before or Column.CODE)
            if column is None:
                unknown.append(cell)
            if column is Column.COMMISSION and (match := _IN_CURRENCY.fullmatch(cell.strip())):
                fee_currency = match[2]
            columns.append(column)
        found = cls((None, None, *columns), fee_currency)
        found._check(unknown, where)
        return found

    def _check(self, unknown: Sequence[str], where: str) -> None:
        named = [column for column in self.columns if column]
        missing = [column for column in Column if column not in {*named, *_OPTIONAL}]
        order = list(Column)
        moved = [b for a, b in pairwise(named) if order.index(a) >= order.index(b)]
        problems = [
            f"{label} {', '.join(repr(clip(str(name))) for name in names)}"
            for label, names in (("missing", missing), ("unknown", unknown), ("moved", moved))
            if names
        ]
        if problems:
            raise InputError(
                "the columns are not the ones a statement's trades have: " + "; ".join(problems),
                where=where,
                hint="set the statement's language to English, and import it unchanged",
            )

    def cells(self, row: Sequence[str]) -> dict[Column, str]:
        """Return the cells of a row by column; a row may be shorter if it is a sum."""
        pairs = zip(self.columns, row, strict=False)
        return {column: cell.strip() for column, cell in pairs if column}


def _column(title: str) -> Column | None:
    if match := _IN_CURRENCY.fullmatch(title):
        return Column.MARK_TO_MARKET if match[1] == "MTM" else Column.COMMISSION
    if title in _GERMAN:
        return _GERMAN[title]
    return Column(title) if title in set(Column) else None


def is_trades(cells: Sequence[str]) -> bool:
    """Whether these are, or were, the titles of a section of trades."""
    found = {_column(cell.strip()) for cell in cells}
    telling = {Column.TIME, Column.PRICE, Column.COMMISSION}
    return cells[1:2] == ["Header"] and len(telling & found) > 1


def category_of(text: str) -> str:
    """Return the category as a Flex query writes it; where it is held is no part of it."""
    name = text.partition(" - ")[0]
    return CATEGORIES.get(name, name)
