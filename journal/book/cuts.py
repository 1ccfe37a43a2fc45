"""Trades as cut by the scan: where each begins and ends, and whether its beginning is known."""

from __future__ import annotations

import numpy as np

from journal.book.clock import NEVER, local_days
from journal.book.comparison import Bools, Ints
from journal.book.grouping import starts_of
from journal.book.instruments import Instruments
from journal.book.policies import Policies
from journal.book.tables import Fills, Trades


def read_trades(fills: Fills, instruments: Instruments, policies: Policies) -> Trades:
    """Return one row a trade; plans and results come later."""
    first = np.flatnonzero(starts_of(fills.trade))
    count = np.diff(np.append(first, len(fills)))
    last = first + count - 1
    is_closed = fills.position_after[last] == 0
    unpriced = np.isnan(fills.price) | fills.oversold
    unknown = np.bincount(fills.trade, unpriced, minlength=len(first)) > 0
    instrument = fills.instrument[first]
    trades = Trades(
        first=first,
        count=count,
        account=fills.account[first],
        instrument=instrument,
        direction=fills.direction[first],
        multiplier=instruments.multiplier[instrument],
        opened_at=fills.at[first],
        opened_latest=fills.at_latest[first],
        closed_at=np.where(is_closed, fills.at[last], NEVER),
        closed_latest=np.where(is_closed, fills.at_latest[last], NEVER),
        opening_known=~unknown,
        has_entry=fills.is_entry[first],
        is_judged=fills.is_fill[first] & _since_start(fills, first, policies),
    )
    fills.opening_known = trades.opening_known[fills.trade]
    return trades


def _since_start(fills: Fills, first: Ints, policies: Policies) -> Bools:
    """Return where a trade opened on or after the day its account's journal starts."""
    account, opened = fills.account[first], fills.at[first]
    result = np.ones(len(first), bool)
    for code in np.flatnonzero(np.bincount(account)):
        rows = account == code
        zone = policies.zones[code]
        start = local_days(policies.started_at[code : code + 1], zone)[0]
        result[rows] = local_days(opened[rows], zone) >= start
    return result
