"""The plans that the worked numbers of the contract are about."""

from __future__ import annotations

from fractions import Fraction

from journal.domain.notation import parse
from reference.engine import Reckoning, reckon
from reference.model import Part

HEAD = """\
2026-01-01T00:00Z account main
  currency USDT
  equity   10000
  fees     taker 0.10%
2026-01-01T00:00Z instrument X
  kind       linear
  base       X
  quote      USDT
  multiplier 1
2026-01-01T00:00Z instrument Y
  kind       linear
  base       Y
  quote      USDT
  multiplier 1
"""

LADDER_A = """\
2026-01-05T10:00:00Z plan X long
  enter        3 @ 100
  enter        300 USDT @ 96
  enter        300 USDT @ 92
  max          900 USDT
  invalidation 88
  exit         50% @ 110
  exit         rest @ 120
"""

THREE = """\
2026-01-05T10:00:00Z plan X long
  enter        40 @ 100
  enter        30 @ 97
  enter        30 @ 94
  invalidation 90
  exit         45 @ 106
  exit         rest @ 110
  leverage     {leverage}
"""


def journal(*texts: str) -> Reckoning:
    return reckon(parse(HEAD + "".join(texts)))


def entry(part: Part) -> object:
    """Return what a tranche took of an entry, and what was left over and why."""
    return part.tranches, part.unplanned, part.unplanned_class


def taken(part: Part) -> object:
    """Return the (tranche, quantity) rows of an entry."""
    return part.tranches


def left(part: Part) -> object:
    """Return the (exit, quantity, reason) rows of an exit."""
    return part.exits


def close(value: Fraction | None, text: str) -> bool:
    """Whether a figure rounds to the printed one."""
    assert value is not None
    places = len(text.partition(".")[2])
    return abs(value - Fraction(text)) <= Fraction(1, 2 * 10**places)
