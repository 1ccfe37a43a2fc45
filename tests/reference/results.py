"""A trade in figures: sums over its parts, fees, funding, planned risk and R."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from reference.exact import average, profit, value
from reference.ledger import opening_seen
from reference.model import Trade
from reference.position import opening_order
from reference.risk import Costs, planned_risk
from reference.timeline import Paid, Timeline


@dataclass(frozen=True)
class Result:
    """What a trade came to; None is not known."""

    quantity: Fraction
    average_entry: Fraction | None
    average_exit: Fraction | None
    gross: Fraction | None
    fees: Fraction | None
    funding: Fraction | None
    net: Fraction | None
    planned_risk: Fraction | None
    r_multiple: Fraction | None
    turnover: Fraction


def costs_assumed(timeline: Timeline, trade: Trade) -> Costs:
    """Return the rates in force when the trade opened."""
    seen = opening_seen(trade)
    return Costs(
        timeline.setting("taker", trade.account, seen),
        timeline.setting("slippage", trade.account, seen) or Fraction(0),
        timeline.setting("minimum_fee", trade.account, seen) or Fraction(0),
    )


def result_of(timeline: Timeline, trade: Trade) -> Result:
    """Return the figures of a trade, realised ones so far while it is open."""
    entries = [(part.quantity, part.price) for part in trade.entries]
    if trade.carried and trade.carried_price is not None:
        entries.insert(0, (trade.carried, trade.carried_price))
    exits = [(part.quantity, part.price) for part in trade.exits]
    gross = total([part.realised_gross for part in trade.exits])
    fees = total([part.fee for part in trade.parts])
    net = total([gross, None if fees is None else -fees, trade.funding])
    risk = frozen_risk(timeline, trade)
    turnover = sum((value(trade.instrument, q, price) for q, price in entries + exits), Fraction(0))
    return Result(
        quantity=sum((part.quantity for part in trade.entries), trade.carried),
        average_entry=None if trade.opening_unknown else average(trade.instrument, entries),
        average_exit=average(trade.instrument, exits),
        gross=gross,
        fees=fees,
        funding=trade.funding,
        net=net,
        planned_risk=risk,
        r_multiple=net / risk if net is not None and risk and trade.closed else None,
        turnover=turnover,
    )


def total(amounts: list[Fraction | None]) -> Fraction | None:
    """Return a sum; one unknown makes it unknown."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Fraction(0)) if len(known) == len(amounts) else None


def frozen_risk(timeline: Timeline, trade: Trade) -> Fraction | None:
    """Return the planned risk of the version in force at the first fill (late: its first)."""
    if trade.plan is None:
        return None
    version = trade.plan.versions[0]
    if not trade.is_late:
        version = trade.plan.in_force(trade.entries[0].seen) or version
    costs = costs_assumed(timeline, trade)
    return planned_risk(trade.instrument, trade.direction, version.terms, costs)


def assign_funding(timeline: Timeline, trades: list[Trade]) -> None:
    """Book each payment on the trade that was open then; a cost of the trade, not of a fill."""
    for paid in timeline.funding:
        for trade in sorted(trades, key=opening_order):
            if not belongs(paid, trade):
                continue
            amount = in_settlement(timeline, paid, trade)
            trade.funding = total([trade.funding, amount])
            break


def belongs(paid: Paid, trade: Trade) -> bool:
    """Whether a payment fell on an open trade."""
    return (
        (paid.account, paid.funding.symbol) == (trade.account, trade.instrument.symbol)
        and paid.funding.direction in (None, trade.direction)
        and trade.opened <= paid.at
        and (trade.closed is None or paid.at <= trade.closed)
    )


def in_settlement(timeline: Timeline, paid: Paid, trade: Trade) -> Fraction | None:
    """Return a payment in the currency of profit and loss."""
    amount, money = Fraction(paid.funding.amount), trade.instrument.settlement
    if paid.funding.currency == money:
        return amount
    rate = timeline.rate(paid.funding.currency, money, paid.at, paid.at)
    return None if rate is None else amount * rate


def marked(trade: Trade, price: Fraction) -> Fraction | None:
    """Return the unrealised P&L of what is held, at a price."""
    last = trade.parts[-1]
    if last.average_after is None:
        return None
    held = abs(last.position_after)
    return profit(trade.instrument, trade.sign, held, last.average_after, price)
