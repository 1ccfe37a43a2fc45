"""Rolled-up verdicts that taking a fact back too late has not changed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from journal_text import book_of

from journal.book.clock import to_microseconds
from journal.book.judging import Held, Judgement, Withdrawn, judge
from journal.book.rolling import Period
from journal.book.tally import tally
from journal.book.verdicts import BROKEN, NOT_APPLICABLE, UNKNOWN, VERDICTS
from journal.domain.moment import Moment
from journal.rules import plan101, scale301, scale302

TEXT = """\
2026-01-05T14:30:00Z fill BTC-USDT buy 3 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill BTC-USDT buy 1 @ 99 fee 0 USDT
"""
# PLAN101 and SCALE301 are broken, SCALE302 is kept.
ONLY, GONE = 0, 2  # of the owners: one trade, one day


def held(code: str, verdict: int, owner: int = ONLY) -> Judgement:
    at = to_microseconds(Moment.parse("2026-01-05T15:30:00Z").at)
    kept = Held(code, owner, account=0, at=at, verdict=verdict, weight=10)
    judgement = judge(book_of(TEXT), (plan101, scale301, scale302))
    return replace(judgement, withdrawn=Withdrawn(held=(kept,)))


def counted(judgement: Judgement, code: str, period: Period | None = None) -> dict[str, int]:
    counts = tally(judgement, period or Period())[code]
    return {verdict: count for verdict, count in counts.items() if count}


@pytest.mark.parametrize(
    ("code", "verdict", "now"),
    [
        ("SCALE302", BROKEN, "broken"),
        ("SCALE302", UNKNOWN, "unknown"),
        ("SCALE302", NOT_APPLICABLE, "not_applicable"),
        ("SCALE301", BROKEN, "broken"),
        ("SCALE301", UNKNOWN, "broken"),
        ("SCALE301", NOT_APPLICABLE, "broken"),
    ],
)
def test_it_is_never_kept_and_stays_broken(code: str, verdict: int, now: str) -> None:
    assert verdict < len(VERDICTS)
    assert counted(held(code, verdict), code) == {now: 1}


def test_an_owner_that_is_gone_counts_beside_the_others() -> None:
    assert counted(held("SCALE301", BROKEN, GONE), "SCALE301") == {"broken": 2}
    assert counted(held("SCALE302", BROKEN, GONE), "SCALE302") == {"kept": 1, "broken": 1}


@pytest.mark.parametrize(
    ("since", "until", "broken"),
    [
        ("2026-01-05T15:30:00Z", "2026-01-05T15:30:01Z", True),
        ("2026-01-05T15:30:01Z", "2026-01-06T00:00:00Z", False),
        ("2026-01-05T14:00:00Z", "2026-01-05T15:30:00Z", False),
    ],
)
def test_it_belongs_to_its_own_time(since: str, until: str, broken: bool) -> None:  # noqa: FBT001 - the answer
    period = Period(*(to_microseconds(Moment.parse(each).at) for each in (since, until)))
    assert ("broken" in counted(held("SCALE302", BROKEN), "SCALE302", period)) == broken


def test_it_belongs_to_its_account_and_trade() -> None:
    judgement = held("SCALE302", BROKEN)
    assert counted(judgement, "SCALE302", Period(accounts=frozenset({0}))) == {"broken": 1}
    assert counted(judgement, "SCALE302", Period(accounts=frozenset({1}))) == {}
    assert counted(judgement, "SCALE302", Period(trades=frozenset({0}))) == {"broken": 1}
    assert counted(judgement, "SCALE302", Period(trades=frozenset({1}))) == {}
