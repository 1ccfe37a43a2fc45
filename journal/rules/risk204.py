"""All open plans together risk more than the account allows.

What it flags
    A plan version at whose effective time the planned risks of every plan of the account that
    had not ended, waiting or bound, this one included, add up to more than the open risk limit.
    A trade at break-even still counts with its planned risk.

Why it matters
    Five positions that each risk what they may lose five times that on the day when everything
    moves together.

Breaks
    2026-01-01T00:00Z account main
      currency     USDT
      equity       500
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110

Keeps
    2026-01-01T00:00Z account main
      currency     USDT
      equity       10000
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      invalidation 88
      exit         rest @ 110
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Floats, exceeds
from journal.book.currency import account_rate, equity, equity_stated_at
from journal.book.evidence import short_number
from journal.book.judged import judged_versions
from journal.book.keys import plan_key, trade_key
from journal.book.open_risk import plans_open, unplanned_open
from journal.book.tables import Book
from journal.book.verdicts import Column, LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="RISK204",
    name="open-risk-above-limit",
    severity=Severity.MAJOR,
    subject=Subject.VERSION,
    since="0.1",
    message="the open plans risk {open_risk} together, above {limit}: {plans}",
    look_back=LookBack.ACCOUNT,
    unknown="the risk of an open plan, the equity or an exchange rate is not known",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version by what was open at its effective time."""
    versions = book.versions
    count, account, at = len(versions), versions.account, versions.effective_at
    limit = book.policies.value("open_risk_limit", account, at) * equity(book, account, at)
    risk = versions.planned_risk * account_rate(book, account, versions.instrument, at)
    asking, counted = plans_open(book)
    together = np.bincount(asking, risk[counted], minlength=count).astype(np.float64)
    costs_known = np.bincount(asking, ~versions.costs_known[counted], minlength=count) == 0
    verdicts = Verdicts.of(
        Subject.VERSION,
        applies=judged_versions(book),
        known=~np.isnan(together) & ~np.isnan(limit) & costs_known,
        broken=exceeds(together, limit),
        evidence={
            "open_risk": together,
            "limit": limit,
            "equity_at": equity_stated_at(book, account, at),
            "plans": np.full(count, "", object),
            "unplanned_trades": np.full(count, "", object),
        },
    )
    _tell(book, verdicts, risk)
    return (verdicts,)


def _tell(book: Book, verdicts: Verdicts, risk: Floats) -> None:
    """List for broken rows the plans with what each risks, and the trades that have no figure."""
    asking, counted = plans_open(book)
    told = verdicts.broken[asking]
    for version, row in zip(asking[told], counted[told], strict=True):
        name = plan_key(book, int(book.versions.plan[row]))
        _add(verdicts.evidence["plans"], version, f"{name} {short_number(risk[row])}")
    asking, trade = unplanned_open(book)
    told = verdicts.broken[asking]
    for version, row in zip(asking[told], trade[told], strict=True):
        _add(verdicts.evidence["unplanned_trades"], version, trade_key(book, int(row)))


def _add(column: Column, row: int, text: str) -> None:
    column[row] += f", {text}" if column[row] else text
