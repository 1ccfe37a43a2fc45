"""The plan risks more than the account allows for one trade.

What it flags
    A plan version whose planned risk, with every tranche filled and costs included, is above the
    risk per trade: a fraction of the stated equity, or an amount of money. All tranches count,
    even if only one will fill; exactly the budget is kept.

Why it matters
    One trade too large undoes twenty that were right. The size of a ladder has to be decided for
    the case in which all of it fills, because that is the case in which it loses.

Breaks
    2026-01-01T00:00Z account main
      currency     USDT
      equity       2000
      fees         maker 0.08% taker 0.10%
      risk         2% per trade
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         rest @ 110

Keeps
    2026-01-01T00:00Z account main
      currency     USDT
      equity       10000
      fees         maker 0.08% taker 0.10%
      risk         2% per trade
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         rest @ 110
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Floats, exceeds
from journal.book.currency import account_rate, equity, equity_stated_at
from journal.book.evidence import short_number
from journal.book.judged import judged_versions
from journal.book.risk import ladder_risk
from journal.book.tables import Book
from journal.book.verdicts import Column, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="RISK201",
    name="risk-above-budget",
    severity=Severity.CRITICAL,
    subject=Subject.VERSION,
    since="0.1",
    message="risks {planned_risk} of a budget of {budget}",
    unknown="the planned risk, the equity, the fee rate or an exchange rate is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version whose account has a risk per trade."""
    versions = book.versions
    account, at = versions.account, versions.effective_at
    fraction, money = book.policies.risk_per_trade(account, at)
    capital = equity(book, account, at)
    budget = np.where(np.isnan(fraction), money, fraction * capital)
    rate = account_rate(book, account, versions.instrument, at)
    risk = versions.planned_risk * rate
    broken = exceeds(risk, budget)
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=(~np.isnan(fraction) | ~np.isnan(money)) & judged_versions(book),
            known=~np.isnan(risk) & ~np.isnan(budget) & versions.costs_known,
            broken=broken,
            evidence={
                "planned_risk": risk,
                "by_tranche": _by_tranche(book, broken, rate),
                "budget": budget,
                "equity": capital,
                "equity_at": equity_stated_at(book, account, at),
                "costs_known": versions.costs_known,
            },
        ),
    )


def _by_tranche(book: Book, broken: Bools, rate: Floats) -> Column:
    """Return the risk of each tranche, in its order, for broken rows."""
    versions = book.versions
    at = versions.effective_at
    risk = ladder_risk(versions, book.tranches, book.instruments, book.policies, at)
    told = np.full(len(versions), "", object)
    for row in np.flatnonzero(broken):
        first, count = versions.first_tranche[row], versions.tranche_count[row]
        each = risk.by_tranche[first : first + count] * rate[row]
        told[row] = ", ".join(short_number(value) for value in each)
    return told
