"""Thresholds in force: the policy's dated settings over the account's dated terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np

from journal.book.clock import MINUTE, UNKNOWN_TIME, microseconds
from journal.book.comparison import Floats, Ints
from journal.book.facts import AccountColumns, Facts
from journal.book.versions import effective_times, latest
from journal.domain.policy import DEFAULT, SETTING_BY_KEY, SettingUnit, budget_in_money

RULE_WEIGHTS = {"critical": 10.0, "major": 3.0, "minor": 1.0, "off": 0.0, DEFAULT: np.nan}
"""What a policy says of a rule, as the weight of its severity in the score; NaN is its own."""

RISK_MONEY = "risk_per_trade in money"
"""Stands beside the key `risk_per_trade`: of the two only the one stated last has a value."""

UTC_ZONE = ZoneInfo("UTC")


class Dated(NamedTuple):
    """Values with the account and the time each counts from."""

    account: Ints
    effective_at: Ints
    value: Floats

    def in_force(self, account: Ints, at: Ints) -> Floats:
        """Return the last value stated at or before each instant, NaN where there is none."""
        if not len(self.value):
            return np.full(len(account), np.nan)
        found = latest(self.account, self.effective_at, account, at)
        return np.where(found >= 0, self.value[found], np.nan)

    def since(self, account: Ints, at: Ints) -> Ints:
        """Return when the value in force was stated, the smallest integer where there is none."""
        found = latest(self.account, self.effective_at, account, at)
        return np.append(self.effective_at, UNKNOWN_TIME)[found]


@dataclass(slots=True)
class Policies:
    """Every threshold by account and time, and what accounts state of themselves.

    Where a day starts and which currencies are one are no thresholds: like an account's time
    zone they hold for the whole journal as they were stated last.
    """

    settings: dict[str, Dated]
    terms: dict[str, Dated]
    zones: tuple[ZoneInfo, ...]
    currencies: tuple[str | None, ...]
    started_at: Ints
    parity: frozenset[frozenset[str]]
    day_starts: tuple[int, ...]

    def value(self, key: str, account: Ints, at: Ints) -> Floats:
        """Return a numeric setting in force: the policy's, else the account's, else the default.

        NaN where nobody said and there is no default (taker, maker, risk_per_trade).
        """
        setting = SETTING_BY_KEY[key]
        default = np.nan if setting.default is None else float(setting.default)
        result = np.full(len(account), default)
        for source in (self.terms.get(key), self.settings.get(key)):
            if source is not None:
                stated = source.in_force(account, at)
                result = np.where(np.isnan(stated), result, stated)
        return result

    def span(self, key: str, account: Ints, at: Ints) -> Ints:
        """Return a setting that is a duration, in microseconds."""
        unit = {SettingUnit.SECONDS: 1e6, SettingUnit.MINUTES: 6e7, SettingUnit.HOURS: 3.6e9}
        micro = unit[SETTING_BY_KEY[key].unit]
        return np.rint(self.value(key, account, at) * micro).astype(np.int64)

    def risk_per_trade(self, account: Ints, at: Ints) -> tuple[Floats, Floats]:
        """Return the risk allowed per trade: a fraction of equity, else money; NaN where not said.

        What the policy says goes before what the account states.
        """
        by_policy = self._set("risk_per_trade", account, at)
        in_money = self._set(RISK_MONEY, account, at)
        fraction = self.stated("risk_fraction", account, at)
        money = self.stated("risk_money", account, at)
        newer = self.terms["risk_money"].since(account, at) > self.terms["risk_fraction"].since(
            account, at
        )
        fraction = np.where(newer, np.nan, fraction)
        unsaid = np.isnan(by_policy) & np.isnan(in_money)
        return np.where(unsaid, fraction, by_policy), np.where(unsaid, money, in_money)

    def _set(self, key: str, account: Ints, at: Ints) -> Floats:
        """Return what the policy itself sets, NaN where it is silent or back at the default."""
        dated = self.settings.get(key)
        return np.full(len(account), np.nan) if dated is None else dated.in_force(account, at)

    def rule_weight(self, code: str, default: int, account: Ints, at: Ints) -> Floats:
        """Return what a rule weighs in the score by the policy in force; 0 where it is off."""
        weight = self._set(code, account, at)
        return np.where(np.isnan(weight), default, weight)

    def stated(self, term: str, account: Ints, at: Ints) -> Floats:
        """Return what the account stated last: equity, risk_fraction or risk_money."""
        return self.terms[term].in_force(account, at)


def read_policies(facts: Facts, accounts: Sequence[str], first_seen: Ints) -> Policies:
    """Collect settings and account terms; `first_seen` starts accounts that were never entered."""
    code = {name: index for index, name in enumerate(accounts)}
    parity = _last_set(facts, "parity", None)
    return Policies(
        settings=_settings(facts, code),
        terms=_terms(facts.accounts, code),
        zones=tuple(_zone(facts, name) for name in accounts),
        currencies=tuple(_last_said(facts, name, "currency") for name in accounts),
        started_at=_starts(facts, code, first_seen),
        parity=frozenset(frozenset(pair.split("-")) for pair in parity.split()),
        day_starts=tuple(
            _clock_microseconds(_last_set(facts, "day_starts", name)) for name in accounts
        ),
    )


def _settings(facts: Facts, code: dict[str, int]) -> dict[str, Dated]:
    rows: dict[str, list[tuple[int, int, float]]] = {}
    columns = facts.policies
    effective = effective_times(microseconds(columns.at), microseconds(columns.recorded_at))
    for index, key in enumerate(columns.key):
        name = columns.account[index]
        for owner_name in code if name is None else (name,):
            for each, value in _values(facts, owner_name, key, columns.value[index]):
                dated = (code[owner_name], int(effective[index]), value)
                rows.setdefault(each, []).append(dated)
    return {key: _dated(found) for key, found in rows.items()}


def _values(facts: Facts, account: str, key: str, text: str) -> list[tuple[str, float]]:
    """Return a statement as numbers, NaN where it goes back to the default.

    A budget in money holds for accounts in its currency; on all others it says nothing.
    """
    setting = SETTING_BY_KEY.get(key)
    if setting is None:
        return [(key, RULE_WEIGHTS[text])]
    if setting.unit in (SettingUnit.CLOCK, SettingUnit.PAIRS):
        return []
    money = budget_in_money(text)
    if money and money[1] != _last_said(facts, account, "currency"):
        return []
    fraction = np.nan if money or text == DEFAULT else float(text)
    if setting.unit is not SettingUnit.BUDGET:
        return [(key, fraction)]
    return [(key, fraction), (RISK_MONEY, float(money[0]) if money else np.nan)]


def _last_set(facts: Facts, key: str, account: str | None) -> str:
    """Return the last value of a key that holds for the whole journal."""
    columns = facts.policies
    effective = effective_times(microseconds(columns.at), microseconds(columns.recorded_at))
    own = [
        (effective[row], row)
        for row, name in enumerate(columns.key)
        if name == key and columns.account[row] in (None, account)
    ]
    text = columns.value[max(own)[1]] if own else DEFAULT
    return SETTING_BY_KEY[key].default or "" if text == DEFAULT else text


def _terms(columns: AccountColumns, code: dict[str, int]) -> dict[str, Dated]:
    effective = effective_times(microseconds(columns.at), microseconds(columns.recorded_at))
    found = {}
    for term in ("equity", "maker", "taker", "risk_fraction", "risk_money"):
        texts: list[str | None] = getattr(columns, term)
        found[term] = _dated(
            [
                (code[columns.name[index]], int(effective[index]), float(text))
                for index, text in enumerate(texts)
                if text is not None
            ]
        )
    return found


def _dated(rows: list[tuple[int, int, float]]) -> Dated:
    return Dated(
        np.array([row[0] for row in rows], np.int64),
        np.array([row[1] for row in rows], np.int64),
        np.array([row[2] for row in rows], np.float64),
    )


def _zone(facts: Facts, name: str) -> ZoneInfo:
    stated = _last_said(facts, name, "timezone")
    return ZoneInfo(stated) if stated else UTC_ZONE


def _last_said(facts: Facts, name: str, term: str) -> str | None:
    texts: list[str | None] = getattr(facts.accounts, term)
    said = [
        text
        for owner, text in zip(facts.accounts.name, texts, strict=True)
        if owner == name and text is not None
    ]
    return said[-1] if said else None


def _starts(facts: Facts, code: dict[str, int], first_seen: Ints) -> Ints:
    starts = first_seen.copy()
    entered = np.zeros(len(code), bool)
    for name, at in zip(facts.accounts.name, microseconds(facts.accounts.at), strict=True):
        owner = code[name]
        starts[owner] = min(at, starts[owner]) if entered[owner] else at
        entered[owner] = True
    return starts


def _clock_microseconds(text: str) -> int:
    hours, minutes = text.split(":")
    return (int(hours) * 60 + int(minutes)) * MINUTE
