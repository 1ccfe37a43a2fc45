"""What a case asks about, whoever answers: the reference engine or the journal's own JSON."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from reference.engine import Reckoning
from reference.results import marked

ZERO = Fraction(0)


@dataclass
class FillView:
    """One fill, its halves taken together; `trade` is the one it left open or closed."""

    quantities: list[Fraction] = field(default_factory=list)
    position: Fraction = ZERO
    average: Fraction | None = None
    gross: Fraction = ZERO
    net: Fraction = ZERO
    fee: Fraction = ZERO
    trade: str = ""


@dataclass(frozen=True)
class TradeView:
    """One trade."""

    direction: str
    quantity: Fraction
    average_entry: Fraction
    average_exit: Fraction | None
    gross: Fraction
    fees: Fraction
    net: Fraction


@dataclass(frozen=True)
class View:
    """A journal as its fills from 0, its trades by name, and what is open at the last price."""

    fills: list[FillView]
    trades: dict[str, TradeView]
    unrealised: Fraction | None


def of_reference(found: Reckoning) -> View:
    """Return the reference engine's answers."""
    fills: dict[int, FillView] = defaultdict(FillView)
    names = {id(trade): str(number) for number, trade in enumerate(found.trades)}
    for part in found.parts:
        view = fills[part.key[0]]
        view.quantities.append(part.quantity)
        view.position, view.average = part.position_after, part.average_after
        view.gross += part.realised_gross or ZERO
        view.net += part.realised_net or ZERO
        view.fee += part.fee or ZERO
        view.trade = names[id(part.trade)]
    trades = {}
    for number, (trade, result) in enumerate(zip(found.trades, found.results, strict=True)):
        trades[str(number)] = TradeView(
            trade.direction.value, result.quantity, result.average_entry or ZERO,
            result.average_exit, result.gross or ZERO, result.fees or ZERO, result.net or ZERO,
        )  # fmt: skip
    price = found.timeline.prices[-1][2]
    return View(
        [fills[number] for number in sorted(fills)], trades, marked(found.trades[-1], price)
    )


def of_json(
    fills: Iterable[Mapping[str, Any]],
    trades: Iterable[Mapping[str, Any]],
    positions: Iterable[Mapping[str, Any]],
) -> View:
    """Return the answers of `journal fills`, `trades` and `positions` with `--json`."""
    views: dict[int, FillView] = defaultdict(FillView)
    for row in sorted(fills, key=lambda row: _numbers(row["id"])):
        view = views[_numbers(row["id"])[0]]
        view.quantities.append(Fraction(row["quantity"]))
        view.position = Fraction(row["position_after"])
        average = row["average_entry_after"]
        view.average = None if average is None else Fraction(average)
        view.gross += Fraction(row["realised_gross"] or 0)
        view.net += Fraction(row["realised_net"] or 0)
        view.fee += Fraction(row["fee_settled"] or 0)
        view.trade = str(row["trade"])
    found = {
        str(row["trade"]): TradeView(
            row["direction"], Fraction(row["quantity"]), Fraction(row["average_entry"]),
            Fraction(row["average_exit"]) if row["average_exit"] else None,
            Fraction(row["gross_pnl"] or 0), Fraction(row["fees"] or 0),
            Fraction(row["net_pnl"] or 0),
        )
        for row in trades
    }  # fmt: skip
    open_ = [row["unrealised_pnl"] for row in positions]
    unrealised = Fraction(open_[-1]) if open_ and open_[-1] is not None else None
    return View([views[number] for number in sorted(views)], found, unrealised)


def _numbers(name: object) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", str(name))]
