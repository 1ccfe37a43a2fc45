"""What a checkpoint leaves out makes no difference to what is said of the newest fill."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from journal.book.judging import judge
from journal.domain.errors import InputError
from journal.storage.reading import Scope, read_facts
from journal.usecases.lock_plan import lock_plan
from journal.usecases.log_fill import LoggedFill, log_fill
from journal.usecases.log_line import log_line
from journal.usecases.session import Session
from journal.usecases.typed import Typed
from journal.usecases.undo import undo
from journal.usecases.window import AT_ONCE, book_of

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
PLAN = "plan X-USDT-PERP {} \n  enter 2 @ 100\n  enter 2 @ {}\n  invalidation {}\n  exit 50% @ {}"


class Ticking:
    """A clock that moves on by a minute whenever it is asked."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        """Return the next minute."""
        self.now += timedelta(minutes=1)
        return self.now


def said(logged: LoggedFill) -> tuple[object, ...]:
    """Return what the window says of the newest fill's trade."""
    book, row = logged.judgement.book, logged.parts[-1]
    trade = int(book.fills.trade[row])
    return _figures(book, row, trade, logged.judgement.violations())


def said_by_all(session: Session, logged: LoggedFill) -> tuple[object, ...]:
    """Return what the whole history says of it."""
    facts = read_facts(session.connection, Scope("main", "X-USDT-PERP"))
    book = book_of(facts, logged.event.recorded)
    own = logged.judgement.book.fills.id[logged.parts[-1]]
    row = int(np.flatnonzero(book.fills.id == own)[-1])
    trade = int(book.fills.trade[row])
    return _figures(book, row, trade, judge(book, AT_ONCE).violations())


def _figures(book, row, trade, violations):  # noqa: ANN001, ANN202 - columns of two books
    fills, trades = book.fills, book.trades
    return (
        fills.position_after[row],
        np.nan_to_num(fills.average_entry_after[row]),
        np.nan_to_num(fills.realised_net[row]),
        int(fills.tranche[row]),
        np.nan_to_num(trades.net[trade]),
        np.nan_to_num(trades.planned_risk[trade]),
        sorted(each.id for each in violations if each.trade == trade),
    )


def act(session: Session, chance: random.Random) -> LoggedFill | None:
    """Do one thing a trader might; what the journal refuses was not done."""
    side, price = chance.choice(["buy", "sell"]), chance.choice([94, 96, 98, 100, 103, 106])
    typed = f"fill X-USDT-PERP {side} {chance.choice([1, 2, 3])} @ {price} fee 0.1 USDT"
    match chance.randrange(10):
        case 0:
            way = chance.choice(["long", "short"])
            sign = 1 if way == "long" else -1
            plan = PLAN.format(way, 100 - 4 * sign, 100 - 8 * sign, 100 + 6 * sign)
            lock_plan(session, Typed(plan))
        case 1:
            log_line(session, Typed(f"stop X-USDT-PERP {price}"))
        case 2:
            log_line(session, Typed("cancel X-USDT-PERP"))
        case 3:
            undo(session)
        case 4:
            earlier = session.now().at - timedelta(minutes=chance.randrange(1, 40))
            at = earlier.isoformat().replace("+00:00", "Z")
            return log_fill(session, Typed(typed, at=at))
        case _:
            return log_fill(session, Typed(typed))
    return None


@pytest.mark.parametrize("seed", range(6))
def test_window_and_history_agree(journal_db: Path, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable journal
    compared = 0
    with Session(journal_db, Ticking()) as session:
        log_line(session, Typed("instrument X-USDT-PERP\n  multiplier 1"))
        for _ in range(60):
            try:
                logged = act(session, chance)
            except InputError:
                continue
            if logged is not None:
                assert said(logged) == said_by_all(session, logged)
                compared += 1
    assert compared > 20
