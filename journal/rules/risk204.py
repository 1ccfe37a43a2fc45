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

from journal.book.comparison import exceeds
from journal.book.currency import equity
from journal.book.open_risk import open_risk
from journal.book.tables import Book
from journal.book.verdicts import LookBack, Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="RISK204",
    name="open-risk-above-limit",
    severity=Severity.MAJOR,
    subject=Subject.VERSION,
    since="0.1",
    message="{plans} open plans risk {open_risk} together, above {limit}",
    look_back=LookBack.ACCOUNT,
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge every plan version by what was open at its effective time."""
    versions = book.versions
    account, at = versions.account, versions.effective_at
    limit = book.policies.value("open_risk_limit", account, at) * equity(book, account, at)
    together, plans = open_risk(book)
    costs_known = versions.costs_known
    broken = exceeds(together, limit)
    return (
        Verdicts.of(
            Subject.VERSION,
            applies=np.ones(len(versions), bool),
            known=~np.isnan(together) & ~np.isnan(limit) & costs_known,
            broken=broken,
            evidence={"plans": plans, "open_risk": together, "limit": limit},
        ),
    )
