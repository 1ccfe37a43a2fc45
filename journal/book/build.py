"""Facts and an instant in, a Book out: the order in which the columns are derived."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from journal.book.allocation import allocate
from journal.book.averages import step_averages
from journal.book.binding import bind, mark_versions
from journal.book.clock import NEVER, UNKNOWN_TIME, microseconds
from journal.book.comparison import Ints
from journal.book.cuts import read_trades
from journal.book.days import read_days
from journal.book.facts import Facts
from journal.book.grouping import last_row_before, mark_groups
from journal.book.instruments import Instruments
from journal.book.ladders import (
    planned_prices,
    read_cancellations,
    read_exits,
    read_plans,
    read_skips,
    read_tranches,
    read_versions,
)
from journal.book.parts import cut, read_fills, read_moves
from journal.book.policies import read_policies
from journal.book.rates import fees_in_settlement, read_path
from journal.book.results import mark_open, read_funding, settle
from journal.book.risk import filled_risk, plan_risk
from journal.book.states import read_states
from journal.book.stops import mark_stops, read_stops
from journal.book.tables import Book, Fills, Trades
from journal.book.trailing import decide_trails


def build(facts: Facts, as_of: int) -> Book:
    """Derive the whole book of these facts as of an instant (microseconds since 1970 UTC)."""
    names = _accounts(facts)
    accounts = {name: code for code, name in enumerate(names)}
    instruments = Instruments.of(tuple(facts.instruments.values()))
    policies = read_policies(facts, names, _first_seen(facts, accounts))
    moves = read_moves(facts, accounts, instruments, policies.zones)
    fills = read_fills(facts, moves, cut(facts, moves, instruments), instruments)
    slack = policies.span("clock_tolerance", fills.account, fills.at)
    fills.at_latest = fills.at + np.maximum(slack, fills.at_width)
    trades = read_trades(fills, instruments, policies)
    mark_groups(fills)
    path = read_path(facts, moves, instruments)
    fills.fee = fees_in_settlement(fills, facts, path, instruments, policies.parity)
    step_averages(fills, trades.first, trades.count, instruments)
    last_exit = last_row_before(~fills.is_entry, fills.trade)[fills.group_first]
    fills.last_exit_price = np.append(fills.price, np.nan)[last_exit]
    fills.last_exit_at = np.append(fills.at, UNKNOWN_TIME)[last_exit]
    plans = read_plans(facts, accounts, instruments)
    versions = read_versions(facts, plans, instruments, policies.zones)
    skips = read_skips(facts)
    read_cancellations(facts, plans)
    tranches = read_tranches(facts, versions, plans, skips, instruments)
    exits = read_exits(facts, versions)
    plan_risk(versions, tranches, instruments, policies)
    bind(trades, plans, versions)
    mark_versions(fills, trades, plans, versions)
    trades.risk_version = _risk_version(fills, trades)
    stops = read_stops(facts, accounts, instruments, policies, trades, plans, versions)
    mark_stops(fills, stops)
    allocations, trails = allocate(fills, trades, versions, tranches, exits, instruments, policies)
    decide_trails(fills, trails, path)
    fills.planned_price = planned_prices(fills, versions, tranches)
    payments = read_funding(facts, accounts, trades, instruments, policies, path)
    settle(fills, trades, versions, instruments, policies)
    mark_open(trades, instruments, path, as_of)
    trades.filled_risk = filled_risk(fills, trades, versions, instruments, policies)
    book = Book(
        as_of=as_of,
        facts=facts,
        accounts=names,
        instruments=instruments,
        policies=policies,
        path=path,
        fills=fills,
        trades=trades,
        plans=plans,
        versions=versions,
        tranches=tranches,
        exits=exits,
        allocations=allocations,
        stops=stops,
        skips=skips,
        payments=payments,
    )
    read_states(book)
    book.days = read_days(book)
    return book


def _accounts(facts: Facts) -> tuple[str, ...]:
    """Return every account any fact names, the default one first."""
    named = [facts.default_account, *facts.accounts.name]
    for table in ("plans", "fills", "stops", "notes", "funding", "openings", "policies"):
        named += dict.fromkeys(name for name in getattr(facts, table).account if name)
    return tuple(dict.fromkeys(named))


def _first_seen(facts: Facts, accounts: dict[str, int]) -> Ints:
    """Return when each account's first fact claims to have happened."""
    first = np.full(len(accounts), NEVER, np.int64)
    for table in fields(facts):
        columns = getattr(facts, table.name)
        if hasattr(columns, "account") and hasattr(columns, "at") and columns.id:
            named = [index for index, name in enumerate(columns.account) if name]
            codes = np.array([accounts[columns.account[index]] for index in named], np.int64)
            np.minimum.at(first, codes, microseconds(columns.at)[named])
    if facts.plans.id:
        owner = dict(zip(facts.plans.id, facts.plans.account, strict=True))
        codes = np.array([accounts[owner[plan]] for plan in facts.versions.plan_id], np.int64)
        np.minimum.at(first, codes, microseconds(facts.versions.at))
    return first


def _risk_version(fills: Fills, trades: Trades) -> Ints:
    """Return the version whose planned risk is frozen: at the first fill, or of a late plan v1."""
    return np.where(trades.plan >= 0, fills.version[trades.first], -1)
