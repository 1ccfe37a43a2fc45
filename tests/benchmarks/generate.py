"""Journals of any size, the same each time: laddered trades, disciplined and not.

A trade has six fills: a first tranche printed in two parts, two adds, two exits. Every seventh
has no plan, every fifth adds away from its last tranche, half of the swaps are short, and every
third never moves its stop. An account trades six times a day; a larger journal has more accounts.
Prices are small integers: only how many of what kind matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from journal.domain.event import StopEvent
from journal.domain.moment import Moment, Precision
from journal.domain.notation import parse
from journal.domain.plan import Direction
from journal.storage.database import open_journal
from journal.storage.entries import append
from journal.storage.rows import NextId, Resolved, Row, rows_of

FILLS_A_TRADE = 6
FILLS_AN_ACCOUNT = 100_000  # seven years and a half
START = datetime(2018, 1, 1, tzinfo=UTC)
SPACING = timedelta(hours=4)
PAUSE = timedelta(minutes=10)
SWAP = "BTC-USDT-SWAP"
SYMBOLS = ("BTC-USDT", "ETH-USDT", "SOL-USDT", SWAP)
MULTIPLIER = 0.01
TAKER = 0.001


def blocks(fills: int) -> Iterator[str]:
    """Yield the text of the declarations, then of one trade after another."""
    accounts = -(-fills // FILLS_AN_ACCOUNT)
    yield "".join(_account(f"desk-{number}") for number in range(accounts))
    yield f"{START:%Y-%m-%dT%H:%M:%SZ} instrument {SWAP}\n  multiplier {MULTIPLIER}\n\n"
    random = Random(20260105)  # noqa: S311 - repeatable, not secret
    for trade in range(-(-fills // FILLS_A_TRADE)):
        number, account = divmod(trade, accounts)
        yield _trade(f"desk-{account}", number, random)


def write(path: Path, fills: int) -> None:
    """Store such a journal as one act, without the command line."""
    recorded = Moment(START, Precision.SECOND)
    with open_journal(path, create=True) as journal, journal.writing() as writing:
        append(writing, "import", recorded, _rows(fills, writing.next_id))


def _rows(fills: int, next_id: NextId) -> Iterator[Row]:
    for block in blocks(fills):
        for event in parse(block):
            fact = Resolved(event, account=event.account)
            if isinstance(event.body, StopEvent):
                plan = event.body.plan
                fact = replace(fact, symbol=plan.name, direction=plan.direction)
            yield from rows_of(fact, next_id)


def _account(name: str) -> str:
    return f"""\
{START:%Y-%m-%dT%H:%M:%SZ} account {name}
  currency USDT
  equity   100000000
  fees     maker 0.08% taker 0.10%
  risk     2% per trade
  timezone Europe/Berlin

"""


def _trade(account: str, number: int, random: Random) -> str:
    """Return one trade: what is said in it, each at its own time."""
    symbol = SYMBOLS[number % len(SYMBOLS)]
    is_short = symbol == SWAP and number % 8 == len(SYMBOLS) - 1
    price = random.randint(2_000, 60_000)
    ladder = Ladder(symbol, is_short, price, price // random.randint(25, 50))
    size = number % 9 + 2
    said = [ladder.plan(size)] if number % 7 else []
    said += [
        ladder.enter(size / 2, 0),
        ladder.enter(size / 2, 0),
        ladder.enter(size, -1),
        ladder.enter(size, -2 if number % 5 else -1.5),
        ladder.leave(size * 1.5, 3),
    ]
    if number % 3:
        said.append(f"stop {symbol} {ladder.direction} {ladder.at(0.5)}")
    said.append(ladder.leave(size * 1.5, 5 if number % 4 else -3))
    begins = START + timedelta(hours=1) + number * SPACING
    text = ""
    for place, lines in enumerate(said):
        header, newline, details = lines.partition("\n")
        at = f"{begins + place * PAUSE:%Y-%m-%dT%H:%M:%SZ}"
        text += f"{at} {header} account {account}{newline}{details}\n"
    return text


@dataclass(frozen=True, slots=True)
class Ladder:
    """Where a trade starts, which way it goes, and how far apart its prices lie."""

    symbol: str
    is_short: bool
    price: int
    step: int

    @property
    def direction(self) -> Direction:
        """Return the side of the trade."""
        return Direction.SHORT if self.is_short else Direction.LONG

    def at(self, steps: float) -> str:
        """Return the price so many steps to the good side of the first tranche."""
        return f"{self.price + self.direction.sign * self.step * steps:g}"

    def plan(self, size: int) -> str:
        """Return a plan of three equal tranches."""
        return f"""\
plan {self.symbol} {self.direction}
  enter {size} @ {self.at(0)}
  enter {size} @ {self.at(-1)}
  enter {size} @ {self.at(-2)}
  max {size * 3}
  invalidation {self.at(-4)}
  stop {self.at(-4)}
  exit 50% @ {self.at(3)}
  exit rest @ {self.at(5)}
  breakeven after exit 1
"""

    def enter(self, size: float, steps: float) -> str:
        """Return a fill that adds."""
        return self._fill("sell" if self.is_short else "buy", size, steps)

    def leave(self, size: float, steps: float) -> str:
        """Return a fill that takes off."""
        return self._fill("buy" if self.is_short else "sell", size, steps)

    def _fill(self, side: str, size: float, steps: float) -> str:
        fee = size * self.price * (MULTIPLIER if self.symbol == SWAP else 1) * TAKER
        return f"fill {self.symbol} {side} {size:g} @ {self.at(steps)} fee {fee:.6f} USDT"
