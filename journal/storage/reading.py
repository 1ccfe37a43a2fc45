"""The unvoided facts as columns, read in bulk with `sqlite3` alone."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import TypeVar

from journal.book.facts import (
    AccountColumns,
    CancellationColumns,
    EntryTrancheColumns,
    ExitTrancheColumns,
    Facts,
    FillColumns,
    FundingColumns,
    NoteColumns,
    OpeningColumns,
    PlanColumns,
    PolicyColumns,
    PriceColumns,
    SkipColumns,
    StopColumns,
    VersionColumns,
    WaiverColumns,
)
from journal.domain.event import FactKind
from journal.storage.checkpoints import Checkpoint
from journal.storage.entries import last_entry
from journal.storage.instruments import fold_instruments
from journal.storage.snapshot import snapshot
from journal.storage.stamps import stamp
from journal.storage.voids import Voided, voids_in_force

DEFAULT_ACCOUNT = "main"

# A rate may be a day old, and a fill's own time a little uncertain.
_RATES_BEFORE = timedelta(hours=25)
# A date alone is kept as midnight UTC, up to a day before the instant it means.
_DATE_WIDTH = timedelta(days=1)

# Any number of ids as one bound value.
_LISTED = "(SELECT value FROM json_each(?))"

# Rows fetched at once.
_BITE = 500

# Columns whose few values stand in every row: each text is kept once, not a million times.
_REPEATED = frozenset(
    {
        "account",
        "symbol",
        "position_side",
        "side",
        "fee_currency",
        "at_precision",
        "recorded_at",
        "liquidity",
        "source",
    }
)

C = TypeVar("C")


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a journal one question needs: an account, a symbol of it, since it was flat.

    With a checkpoint, fills are those behind it on its position side; without a symbol, those of
    the whole account. Accounts, policies and waivers are always read whole: they are few.
    """

    account: str
    symbol: str | None = None
    after: Checkpoint | None = None


class _Where:
    """Conditions of one query, with their values."""

    def __init__(self) -> None:
        self.conditions: list[str] = []
        self.values: list[str | int | None] = []
        self.order = "id"

    def add(self, condition: str, *values: str | int | None) -> _Where:
        self.conditions.append(condition)
        self.values.extend(values)
        return self

    def among(self, column: str, ids: Iterable[int]) -> _Where:
        return self.add(f"{column} IN {_LISTED}", json.dumps(list(ids)))

    def without(self, column: str, ids: frozenset[int] | None) -> _Where:
        if ids:
            self.add(f"{column} NOT IN {_LISTED}", json.dumps(list(ids)))
        return self


def read_facts(
    connection: sqlite3.Connection, scope: Scope | None = None, *, voided: Voided | None = None
) -> Facts:
    """Return the journal's facts, or the part in scope, as of one moment.

    `voided` says which facts to leave out, for a judgement of what was taken back too late to
    count; unless given, all that is void now.
    """
    with snapshot(connection):
        out = voids_in_force(connection) if voided is None else voided
        facts = Facts(head=last_entry(connection)[1])
        _read_settings(connection, facts, out)
        _read_plans(connection, facts, scope, out)
        _read_trading(connection, facts, scope, out)
        _read_prices(connection, facts, scope, out)
        _read_instruments(connection, facts, out)
    return facts


def read_settings(connection: sqlite3.Connection) -> Facts:
    """Return what was stated of accounts and as policy, and the waivers; nothing traded."""
    with snapshot(connection):
        facts = Facts(head=last_entry(connection)[1])
        _read_settings(connection, facts, voids_in_force(connection))
    return facts


def _read_settings(connection: sqlite3.Connection, facts: Facts, out: Voided) -> None:
    where = _Where().without("id", out.get(FactKind.ACCOUNT))
    facts.accounts = _columns(connection, AccountColumns, "account_entry", where)
    where = _Where().without("first_id", out.get(FactKind.POLICY))
    facts.policies = _columns(connection, PolicyColumns, "policy_setting", where)
    where = _Where().without("id", out.get(FactKind.WAIVE))
    facts.waivers = _columns(connection, WaiverColumns, "waiver", where)
    facts.default_account = facts.accounts.name[0] if facts.accounts.name else DEFAULT_ACCOUNT


def _read_plans(
    connection: sqlite3.Connection, facts: Facts, scope: Scope | None, out: Voided
) -> None:
    where = _in_scope(scope).without("id", out.get(FactKind.PLAN))
    if scope and scope.after:
        still_open = json.dumps(scope.after.open_plans)
        condition = f"(id > ? OR id IN {_LISTED})"
        where.add(condition, scope.after.last_plan, still_open)
    facts.plans = _columns(connection, PlanColumns, "plan", where)

    # Reading everything, the rows of a plan need no looking up.
    narrowed = bool(scope or out.get(FactKind.PLAN) or out.get(FactKind.AMEND))

    def of_plans(kind: FactKind) -> _Where:
        where = _Where().without("id", out.get(kind))
        return where.among("plan_id", facts.plans.id) if narrowed else where

    versions = _columns(connection, VersionColumns, "plan_version", of_plans(FactKind.AMEND))
    facts.versions = versions
    cancelled = of_plans(FactKind.CANCEL)
    facts.cancellations = _columns(connection, CancellationColumns, "cancellation", cancelled)
    facts.skips = _columns(connection, SkipColumns, "skip", of_plans(FactKind.SKIP))
    of_versions = _Where().among("version_id", versions.id) if narrowed else _Where()
    facts.entry_tranches = _columns(connection, EntryTrancheColumns, "entry_tranche", of_versions)
    facts.exit_tranches = _columns(connection, ExitTrancheColumns, "exit_tranche", of_versions)


def _read_trading(
    connection: sqlite3.Connection, facts: Facts, scope: Scope | None, out: Voided
) -> None:
    def where(kind: FactKind) -> _Where:
        return _in_scope(scope).without("id", out.get(kind))

    fills, stops, notes, funding, openings = (
        where(kind)
        for kind in (
            FactKind.FILL,
            FactKind.STOP,
            FactKind.NOTE,
            FactKind.FUNDING,
            FactKind.OPENING,
        )
    )
    if scope and (after := scope.after):
        fills.add("position_side IS ?", after.position_side)
        fills.add("(at, id) > (?, ?)", after.at, after.fill_id)
        openings.add("at > ?", after.at)
        since = _earlier(after.at, _DATE_WIDTH)
        for dated in (stops, notes, funding):
            dated.add("at >= ?", since)
    facts.fills = _columns(connection, FillColumns, "fill", fills)
    facts.stops = _columns(connection, StopColumns, "stop", stops)
    facts.notes = _columns(connection, NoteColumns, "note", notes)
    facts.funding = _columns(connection, FundingColumns, "funding", funding)
    facts.openings = _columns(connection, OpeningColumns, "opening", openings)


def _read_prices(
    connection: sqlite3.Connection, facts: Facts, scope: Scope | None, out: Voided
) -> None:
    """Read known prices of every symbol: which ones are rates of a needed currency, the book sees.

    In scope that is from a day before the first fill on.
    """
    where = _Where().without("id", out.get(FactKind.PRICE))
    if scope and facts.fills.at:
        where.add("at >= ?", _earlier(min(facts.fills.at), _RATES_BEFORE))
        where.order = "+id"  # else SQLite walks all prices by id, rather than sort the few
    facts.prices = _columns(connection, PriceColumns, "price", where)


def _read_instruments(connection: sqlite3.Connection, facts: Facts, out: Voided) -> None:
    named: dict[tuple[str, str | None], None] = {}
    for table in (facts.fills, facts.plans, facts.stops, facts.notes, facts.funding):
        named |= dict.fromkeys(zip(table.symbol, table.account, strict=True))
    named |= dict.fromkeys(zip(facts.openings.symbol, facts.openings.account, strict=True))
    named |= dict.fromkeys((symbol, None) for symbol in facts.prices.symbol)
    stated = zip(facts.accounts.name, facts.accounts.currency, strict=True)
    currencies = {name: currency for name, currency in stated if currency is not None}
    voided = out.get(FactKind.INSTRUMENT, frozenset())
    facts.instruments = fold_instruments(
        connection, named, currencies, facts.default_account, voided
    )


def _in_scope(scope: Scope | None) -> _Where:
    where = _Where()
    if scope:
        where.add("account = ?", scope.account)
    if scope and scope.symbol:
        where.add("symbol = ?", scope.symbol)
    return where


def _earlier(at: str, by: timedelta) -> str:
    return stamp(datetime.fromisoformat(at) - by)


def _columns(connection: sqlite3.Connection, kind: type[C], table: str, where: _Where) -> C:
    """Read a table into the class whose fields name its columns."""
    named = [each.name for each in fields(kind)]  # type: ignore[arg-type] # all of them are dataclasses
    names = ", ".join(f'"{name}"' for name in named)
    condition = f" WHERE {' AND '.join(where.conditions)}" if where.conditions else ""
    query = f"SELECT {names} FROM {table}{condition} ORDER BY {where.order}"  # noqa: S608 - our own names; values are bound
    cursor = connection.execute(query, where.values)
    columns: list[list[object]] = [[] for _ in named]
    kept: dict[object, object] = {}
    once = [kept.setdefault if name in _REPEATED else None for name in named]
    # Small bites: their tuples die young, and the garbage collector never walks a million of them.
    while rows := cursor.fetchmany(_BITE):
        for column, values, keep in zip(columns, zip(*rows, strict=True), once, strict=True):
            column.extend(values if keep is None else map(keep, values, values))
    return kind(*columns)
