"""Which column is which: by the titles that programs commonly print, and what stands below."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.fill import Side
from journal.importers.cells import money

# Titles in small letters without blanks, marks and brackets, the surest first.
TITLES: dict[str, tuple[str, ...]] = {
    "time": (
        "datetime", "timestamp", "executiontime", "executedat", "executed", "filltime", "tradetime",
        "transacttime", "createdat", "createtime", "time", "tradedate", "executiondate", "date",
    ),
    "clock": ("time", "tradetime", "executiontime", "clock"),
    "symbol": (
        "symbol", "ticker", "instrument", "pair", "market", "product", "contract", "security",
    ),
    "side": (
        "side", "buysell", "bs", "action", "direction", "transactiontype", "tradetype", "activity",
        "type",
    ),
    "quantity": (
        "quantity", "qty", "filledqty", "filledquantity", "executedqty", "filled", "executed",
        "size", "shares", "units", "contracts", "volume", "amount",
    ),
    "price": (
        "price", "fillprice", "tradeprice", "executionprice", "executedprice", "avgprice",
        "averageprice", "unitprice", "pershareprice", "persharecost", "rate",
    ),
    "amount": (
        "netamount", "settleamountnet", "grossamount", "total", "proceeds", "value", "amount",
        "notional", "turnover", "quoteqty", "cost",
    ),
    "fee": ("fee", "fees", "commission", "commissions", "tradingfee", "feeamount", "charges"),
    "fee_currency": (
        "feecurrency", "feecoin", "feeasset", "feeccy", "commissionasset", "commissioncurrency",
        "currency",
    ),
    "id": ("tradeid", "fillid", "executionid", "execid", "transactionid", "id"),
    "order": ("orderid", "ordernumber", "orderno"),
    "account": ("account", "accountid", "accountname", "portfolio"),
    "liquidity": ("liquidity", "makertaker", "liquidityindicator", "role"),
    "position": ("positionside",),
    "closes": ("openclose", "positioneffect"),
}  # fmt: skip

SHORT_SALES = frozenset({"sell short", "short sell", "short sale", "sold short", "sell to open"})
COVERS = frozenset({"buy to cover", "cover", "cover short", "bought to cover", "buy to close"})
_CLOSINGS = frozenset({"close", "closing", "to close", "c"})
_OPENINGS = frozenset({"open", "opening", "to open", "o"})

SIDES = {
    **dict.fromkeys(SHORT_SALES, Side.SELL), **dict.fromkeys(COVERS, Side.BUY),
    "sell to close": Side.SELL, "buy to open": Side.BUY,
    "buy": Side.BUY, "bought": Side.BUY, "b": Side.BUY, "purchase": Side.BUY,
    "sell": Side.SELL, "sold": Side.SELL, "s": Side.SELL, "sale": Side.SELL,
}  # fmt: skip

_KNOWN = frozenset(title for titles in TITLES.values() for title in titles)
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_CURRENCY = re.compile(r"[(\[]([A-Z]{3,5})[)\]]")
_NO_LETTER = re.compile(r"[^a-z0-9]")
_NUMBER_ROLES = ("quantity", "price", "amount", "fee")
_STATUS = ("status", "orderstatus", "state")


def is_known(title: str) -> bool:
    """Whether a title is one that programs commonly print."""
    return _plain(title) in _KNOWN


def candidates(role: str, titles: Sequence[str]) -> list[str]:
    """Return the titles that may be this column, the surest first."""
    plain = {title: _plain(title) for title in titles}
    return [title for known in TITLES[role] for title in titles if plain[title] == known]


def guessed(role: str, titles: Sequence[str], cells: Callable[[str], Sequence[str]]) -> str | None:
    """Return the first of them whose cells say such a thing."""
    for title in candidates(role, titles):
        below = cells(title)
        if below and _says(role, below):
            return title
    return None


def _says(role: str, cells: Sequence[str]) -> bool:
    if role == "side":
        return any(cell.casefold() in SIDES for cell in cells)
    different = set(cells)
    read = _numbers(different).keys() | _numbers(different, ",").keys()
    return role not in _NUMBER_ROLES or 2 * len(read) > len(different)


def names_shorts(cells: Iterable[str]) -> bool:
    """Whether a column of sides has words of its own for short sales and what covers them."""
    return any(cell.casefold() in SHORT_SALES | COVERS for cell in cells)


def closes(word: str, *, is_side: bool) -> bool | None:
    """Whether a word says that a position is reduced and none opened; None where it is unknown.

    Of a column of sides that names shorts, a plain sale ends what was bought.
    """
    plain = word.casefold()
    if not is_side:
        return True if plain in _CLOSINGS else False if plain in _OPENINGS else None
    if plain not in SIDES:
        return None
    return plain in COVERS or (SIDES[plain] is Side.SELL and plain not in SHORT_SALES)


def currency_in(title: str) -> str | None:
    """Return the currency that a title names in brackets: Fee (EUR)."""
    match = _CURRENCY.search(title)
    return match[1] if match else None


def status_of(titles: Sequence[str]) -> list[str]:
    """Return the columns that may say that a row was never filled."""
    return [title for title in titles if _plain(title) in _STATUS]


def decimal_mark(cells: Sequence[str]) -> str | None:
    """Return the decimal mark that the numbers prove, None where they can be read both ways."""
    point, comma = _numbers(cells), _numbers(cells, ",")
    only_point, only_comma = len(point.keys() - comma), len(comma.keys() - point)
    if only_point or only_comma:
        return "." if only_point >= only_comma else ","
    differ = any(point[cell] != comma[cell] for cell in point)
    return None if differ else "."


def misleading(cells: Sequence[str]) -> str:
    """Return a number that can be read both ways."""
    point, comma = _numbers(cells), _numbers(cells, ",")
    return next(cell for cell in point if point[cell] != comma.get(cell, point[cell]))


def _numbers(cells: Iterable[str], decimal: str = ".") -> dict[str, Decimal]:
    found = {}
    for cell in cells:
        try:
            found[cell] = money(cell, "number", decimal)
        except InputError:
            continue
    return found


def _plain(title: str) -> str:
    return _NO_LETTER.sub("", _BRACKETS.sub("", title.casefold()))
