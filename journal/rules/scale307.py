"""A tranche that the price reached was neither filled nor skipped in writing.

What it flags
    An entry tranche of a plan that was bound and has ended, which the price traded through while
    the plan stood, and which got no fill and no written skip by the plan's end. Where no prices
    are held that show whether it was reached, the verdict is unknown. A tranche never reached is
    not judged.

Why it matters
    A ladder's average is only what was planned if its deep tranches fill. Not buying where the
    plan said so is a decision too, and belongs in writing.

Breaks
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      enter        3 @ 92
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:30Z price BTC-USDT 95
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT

Keeps
    2026-01-01T00:00Z account main
      fees         maker 0.08% taker 0.10%
    2026-01-05T14:00Z plan BTC-USDT long
      enter        3 @ 100
      enter        3 @ 96
      invalidation 88
      exit         rest @ 110
    2026-01-05T14:30Z fill BTC-USDT buy 3 @ 100 fee 0.3 USDT
    2026-01-05T15:00Z skip BTC-USDT tranche 2 "news"
    2026-01-05T15:30Z price BTC-USDT 95
    2026-01-06T14:30Z fill BTC-USDT sell 3 @ 110 fee 0.33 USDT
"""

from __future__ import annotations

import numpy as np

from journal.book.comparison import Bools, Ints
from journal.book.states import FILLED, MISSED, NOT_REACHED, PARTIAL, SKIPPED
from journal.book.tables import Book
from journal.book.verdicts import Rule, Severity, Subject, Verdicts

RULE = Rule(
    code="SCALE307",
    name="tranche-missed",
    severity=Severity.MINOR,
    subject=Subject.TRANCHE,
    since="0.1",
    message="tranche {tranche} at {price} was reached ({farthest_price} traded) and neither filled "
    "nor skipped",
    unknown="no prices tell whether it was reached",
)


def judge(book: Book) -> tuple[Verdicts, ...]:
    """Judge the tranches of the newest version of every plan that was bound and has ended."""
    tranches, versions, plans, trades = book.tranches, book.versions, book.plans, book.trades
    plan = versions.plan[tranches.version]
    newest = tranches.version == plans.last_version[plan]
    trade = plans.trade[plan]
    over = plans.ended_at[plan] <= book.as_of
    judged = np.append(trades.is_judged, False)[trade]
    done = np.isin(tranches.state, (FILLED, PARTIAL, SKIPPED)) | _skipped_in_writing(book, plan)
    missed = (tranches.state == MISSED) & np.append(trades.opening_known, False)[trade]
    return (
        Verdicts.of(
            Subject.TRANCHE,
            applies=newest & over & judged & (tranches.state != NOT_REACHED),
            known=done,
            broken=missed & ~done,
            evidence={
                "tranche": tranches.number,
                "price": tranches.price,
                "reached_at": tranches.reached_at,
                "farthest_price": tranches.reached_at_price,
            },
        ),
    )


def _skipped_in_writing(book: Book, plan: Ints) -> Bools:
    """Return tranches skipped before the plan ended and recorded no later than the log delay after.

    A skip written down later than it claims does not change the state, but is no silence either.
    """
    skips, tranches, plans = book.skips, book.tranches, book.plans
    delay = book.policies.span("log_delay", plans.account[skips.plan], plans.locked_at[skips.plan])
    ended_at = plans.ended_at[skips.plan]
    in_time = (skips.at <= ended_at) & (skips.effective_at - delay <= ended_at)
    width = int(max(skips.tranche.max(initial=0), tranches.number.max(initial=0))) + 1
    skipped = (skips.plan * width + skips.tranche)[in_time]
    return np.isin(plan * width + tranches.number, skipped)
