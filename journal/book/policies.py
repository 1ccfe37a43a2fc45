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
from journal.domain.policy import SETTING_BY_KEY, SettingUnit

USE_DEFAULT = -1.0
RULE_WEIGHTS = {"critical": 10.0, "major": 3.0, "minor": 1.0, "off": 0.0, "default": USE_DEFAULT}
"""What a policy says of a rule, as the weight of its severity in the score."""

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
    """Every threshold by account and time, and what accounts state of themselves."""

    settings: dict[str, Dated]
    terms: dict[str, Dated]
    zones: tuple[ZoneInfo, ...]
    currencies: tuple[str | None, ...]
    started_at: Ints
    parity: frozenset[frozenset[str]]
    day_starts: int

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

        The policy's fraction goes before what the account states.
        """
        by_policy = self.value("risk_per_trade", account, at)
        fraction = self.stated("risk_fraction", account, at)
        money = self.stated("risk_money", account, at)
        newer = self.terms["risk_money"].since(account, at) > self.terms["risk_fraction"].since(
            account, at
        )
        fraction = np.where(newer, np.nan, fraction)
        return np.where(np.isnan(by_policy), fraction, by_policy), np.where(
            np.isnan(by_policy), money, np.nan
        )

    def rule_weight(self, code: str, default: int, account: Ints, at: Ints) -> Floats:
        """Return what a rule weighs in the score by the policy in force; 0 where it is off."""
        dated = self.settings.get(code)
        if dated is None:
            return np.full(len(account), float(default))
        weight = dated.in_force(account, at)
        return np.where(np.isnan(weight) | (weight == USE_DEFAULT), default, weight)

    def stated(self, term: str, account: Ints, at: Ints) -> Floats:
        """Return what the account stated last: equity, risk_fraction or risk_money."""
        return self.terms[term].in_force(account, at)


def read_policies(facts: Facts, accounts: Sequence[str], first_seen: Ints) -> Policies:
    """Collect settings and account terms; `first_seen` starts accounts that were never entered."""
    code = {name: index for index, name in enumerate(accounts)}
    texts = dict(zip(facts.policies.key, facts.policies.value, strict=True))
    return Policies(
        settings=_settings(facts, code),
        terms=_terms(facts.accounts, code),
        zones=tuple(_zone(facts, name) for name in accounts),
        currencies=tuple(_last_said(facts, name, "currency") for name in accounts),
        started_at=_starts(facts, code, first_seen),
        parity=frozenset(frozenset(pair.split("-")) for pair in texts.get("parity", "").split()),
        day_starts=_clock_microseconds(texts.get("day_starts", "00:00")),
    )


def _settings(facts: Facts, code: dict[str, int]) -> dict[str, Dated]:
    rows: dict[str, list[tuple[int, int, float]]] = {}
    columns = facts.policies
    effective = effective_times(microseconds(columns.at), microseconds(columns.recorded_at))
    for index, key in enumerate(columns.key):
        setting = SETTING_BY_KEY.get(key)
        if setting and setting.unit in (SettingUnit.CLOCK, SettingUnit.PAIRS):
            continue
        name = columns.account[index]
        owners = code.values() if name is None else (code[name],)
        text = columns.value[index]
        value = float(text) if setting else RULE_WEIGHTS[text]
        rows.setdefault(key, []).extend((owner, int(effective[index]), value) for owner in owners)
    return {key: _dated(found) for key, found in rows.items()}


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
