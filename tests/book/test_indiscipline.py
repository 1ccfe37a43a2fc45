"""Costs added up, and on random journals: no unit is paid for twice, and none is forgotten."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import pairwise

import numpy as np
import pytest
from journal_text import book_of
from reference.engine import reckon
from reference.random_journals import bulk

from journal.book.costs import ENTRY_OWNERS, entry_cost_per_unit
from journal.book.indiscipline import by_owner, indiscipline
from journal.book.judging import Judgement, _claim, judge
from journal.domain.notation import format_events
from journal.rules import RULES

HEAD = """\
2026-01-01T00:00:00Z account main
  currency USDT
  fees     taker 0%
"""
TRADES = (
    HEAD
    + """\
2026-01-05T14:30:00Z fill AAA-USDT buy 2 @ 100 fee 0 USDT
2026-01-05T15:30:00Z fill AAA-USDT buy 2 @ 90 fee 0 USDT
2026-01-06T14:30:00Z fill AAA-USDT sell 4 @ 96 fee 0 USDT
2026-01-07T14:30:00Z fill AAA-USDT buy 1 @ 100 fee 0 USDT
2026-01-07T15:30:00Z fill AAA-USDT sell 1 @ 105
2026-01-08T14:30:00Z fill AAA-EUR buy 1 @ 100 fee 0 EUR
2026-01-08T15:30:00Z fill AAA-EUR sell 1 @ 97 fee 0 EUR
"""
)


def test_known_costs_are_added_by_currency_and_unknown_ones_counted() -> None:
    owners = [each for each in RULES if each.RULE.code in ENTRY_OWNERS]
    found = indiscipline(judge(book_of(TRADES), owners).violations())
    euro, tether = found
    assert (euro.currency, euro.cost, euro.priced, euro.unknown) == ("EUR", 3, 1, 0)
    # T1: 2 x 4 for the opening, 2 x -6 for averaging down; T4's exit has no known fee
    assert (tether.currency, tether.cost, tether.lucky) == ("USDT", -4, -12)
    assert (tether.priced, tether.unknown, tether.in_r) == (2, 1, 0)


def test_costs_in_r_and_memo_costs_apart() -> None:
    text = HEAD + (
        "2026-01-05T14:00:00Z plan AAA-USDT long\n"
        "  enter 1 @ 100\n  invalidation 90\n  exit rest @ 120\n"
        "2026-01-05T14:30:00Z fill AAA-USDT buy 1 @ 101 fee 0 USDT\n"
        "2026-01-06T14:30:00Z fill AAA-USDT sell 1 @ 85 fee 0 USDT\n"
    )
    violations = judge(book_of(text), RULES).violations()
    (found,) = indiscipline(violations)
    costs = {each.rule.code: each.cost for each in violations if each.has_cost}
    # risk 10 + slippage 90 x 0.0005; 1 off price; 5 past the invalidation; a loss of 16 as memo
    risk = 10.045
    assert costs["SCALE305"] == pytest.approx(1)
    assert costs["EXIT402"] == pytest.approx(5)
    assert costs["RISK203"] == pytest.approx(16 - risk)
    assert found.cost == pytest.approx(6)
    assert found.cost_r == pytest.approx(6 / risk)
    assert found.memo == pytest.approx(sum(each.cost or 0 for each in violations if each.is_memo))
    by_rule = by_owner((each.rule.code, each) for each in violations)
    assert sum(each.cost for lines in by_rule.values() for each in lines) == found.cost


def random_judgements(seed: int) -> list[Judgement]:
    return [
        judge(book_of(format_events(events, reckon(events).timeline.instruments)), RULES)
        for events in bulk(25, seed)
    ]


def claimed(judgement: Judgement) -> dict[int, list[tuple[float, float]]]:
    """Return, per fill part, the stretches of its units that broken rules claim, from its end."""
    fills = judgement.book.fills
    stretches = defaultdict(list)
    for judged in judgement.judged:
        if judged.verdicts.claim is None:
            continue
        claim = _claim(judgement.book, judged.verdicts, judged.verdicts.claim)
        for part in np.flatnonzero(claim > 0).tolist():
            planned = judged.rule.code == "PLAN104"
            begin = float(fills.unplanned_quantity[part]) if planned else 0.0
            stretches[part].append((begin, begin + float(claim[part])))
    return stretches


def union(stretches: list[tuple[float, float]]) -> float:
    """Return the length that stretches cover together."""
    points = sorted({point for stretch in stretches for point in stretch})
    return sum(
        high - low
        for low, high in pairwise(points)
        if any(begin <= low and high <= end for begin, end in stretches)
    )


@pytest.mark.parametrize("seed", range(30, 33))
def test_the_rules_together_cost_what_the_claimed_units_cost(seed: int) -> None:
    several = 0
    for judgement in random_judgements(seed):
        fills = judgement.book.fills
        per_unit = entry_cost_per_unit(judgement.book)
        expected: dict[int, float] = defaultdict(float)
        for part, stretches in claimed(judgement).items():
            units = union(stretches)
            assert units <= fills.quantity[part] * (1 + 1e-9)
            expected[int(fills.trade[part])] += units * per_unit[part]
            several += len(stretches) > 1
        found: dict[int, float] = defaultdict(float)
        for violation in judgement.violations():
            if violation.rule.code in ENTRY_OWNERS and violation.trade is not None:
                cost = math.nan if violation.cost is None else violation.cost
                found[violation.trade] += cost
        whole = {trade: expected[trade] for trade in found.keys() | expected.keys()}
        assert found == pytest.approx(whole, rel=1e-9, abs=1e-7, nan_ok=True)
    assert several > 20


@pytest.mark.parametrize("seed", range(30, 33))
def test_a_closed_trade_without_a_plan_cost_its_whole_loss(seed: int) -> None:
    compared = 0
    for judgement in random_judgements(seed):
        fills, trades = judgement.book.fills, judgement.book.trades
        found: dict[int, float] = defaultdict(float)
        for violation in judgement.violations():
            if violation.rule.code in ENTRY_OWNERS and violation.trade is not None:
                found[violation.trade] += math.nan if violation.cost is None else violation.cost
        for trade in np.flatnonzero((trades.plan < 0) & ~trades.is_open & ~np.isnan(trades.net)):
            rows = slice(trades.first[trade], trades.first[trade] + trades.count[trade])
            is_entry = fills.is_entry[rows]
            # Units sold before later entries were bought have other exits than those.
            in_turn = not (is_entry[1:] & ~is_entry[:-1]).any()
            whole = trades.dust[trade] == 0 and fills.is_fill[rows].all()
            if in_turn and whole and trades.is_judged[trade] and trades.opening_known[trade]:
                net = trades.net[trade] - trades.funding[trade]
                assert found[int(trade)] == pytest.approx(-net, rel=1e-9, abs=1e-7)
                compared += 1
    assert compared > 10
