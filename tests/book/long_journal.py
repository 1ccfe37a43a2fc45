"""Trades long enough that their tails are walked part by part, not stepped."""

from __future__ import annotations

import random
from dataclasses import fields

import numpy as np
from ladder_a import ACCOUNT

from journal.book.tables import Fills


def long_journal(seed: int, trades: int, parts: int, plan: str = "") -> str:
    """Return a few long trades at prices of two decimals; `plan` is what each has planned."""
    dice = random.Random(seed)  # noqa: S311 - a repeatable journal, not a secret
    lines = []
    for trade in range(trades):
        held = 0
        if plan:
            lines.append(f"2026-01-{trade + 4:02}T12:00:00Z plan S{trade} long\n{plan}")
        for part in range(parts):
            minute, second = divmod(part, 60)
            hour, minute = divmod(minute, 60)
            sells = held > 5 and dice.random() < 0.45
            size = dice.randrange(1, held) if sells else dice.randrange(1, 20)
            held += -size if sells else size
            side = "sell" if sells else "buy"
            price = dice.randrange(9000, 11000) / 100
            lines.append(
                f"2026-01-{trade + 5:02}T{hour:02}:{minute:02}:{second:02}Z fill S{trade} "
                f"{side} {size} @ {price} fee 0.0{dice.randrange(1, 9)} USDT"
            )
    return ACCOUNT + "\n".join(lines)


def float_columns(fills: Fills) -> dict[str, list[float]]:
    """Return every float column of the parts by its name."""
    return {
        field.name: column.tolist()
        for field in fields(fills)
        if (column := getattr(fills, field.name)).dtype == np.float64
    }
