"""A venue's export of any size, the same each time: Coinbase fills of four coins, in and out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

_COINS = ("BTC", "ETH", "SOL", "ADA")
_BUYS, _SELLS = 4, 2  # of a trade
_START = datetime(2020, 1, 1, tzinfo=UTC)
_SPACING = timedelta(seconds=37)
_HEADER = (
    "portfolio,trade id,product,side,created at,size,size unit,price,fee,total,"
    "price/fee/total unit\n"
)


def write_export(path: Path, fills: int) -> None:
    """Write an export of so many fills."""
    with path.open("w") as file:
        file.write(_HEADER)
        file.writelines(_lines(fills))


def _lines(fills: int) -> Iterator[str]:
    random = Random(20260105)  # noqa: S311 - repeatable, not secret
    for number in range(fills):
        coin = _COINS[number % len(_COINS)]
        is_buy = number // len(_COINS) % (_BUYS + _SELLS) < _BUYS
        size = Decimal(3 if is_buy else 6)
        price = Decimal(random.randint(1_000, 60_000)) / 10
        fee = size * price / 1000
        total = -size * price - fee if is_buy else size * price - fee
        at = f"{_START + number * _SPACING:%Y-%m-%dT%H:%M:%S}.123Z"
        side = "BUY" if is_buy else "SELL"
        yield (
            f"default,{1000 + number},{coin}-USD,{side},{at},{size}.00000000,{coin},{price},"
            f"{fee},{total},USD\n"
        )
