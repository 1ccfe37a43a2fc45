"""The policy of an account at an instant, in its exact texts: what holds, and since when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from journal.book.clock import microseconds, to_datetime, to_microseconds
from journal.book.comparison import Ints
from journal.book.facts import Facts
from journal.book.versions import effective_times
from journal.domain.policy import DEFAULT, SETTINGS, Setting, budget_in_money
from journal.storage.reading import read_settings
from journal.usecases.policy_keys import RULE_BY_CODE
from journal.usecases.session import Session
from journal.usecases.times import typed_time

POLICY, ACCOUNT = "policy", "account"
"""Who said a value; the third is `DEFAULT`."""


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """One threshold: its value in force, None where nobody set one; who said so, and when."""

    key: str
    value: str | None
    unit: str
    meaning: str
    source: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule whose severity the policy changes; `off` where it is not judged at all."""

    code: str
    name: str
    severity: str
    own_severity: str
    since: datetime


@dataclass(frozen=True, slots=True)
class PolicyInForce:
    """Every threshold, and the rules that are not judged as they come."""

    account: str
    at: datetime
    settings: list[PolicyLine]
    rules: list[RuleLine]

    def value(self, key: str) -> str | None:
        """Return what a threshold or a rule is set to."""
        found = {line.key: line.value for line in self.settings}
        found |= {line.code: line.severity for line in self.rules}
        return found[key] if key in found else RULE_BY_CODE[key].severity.value


def show_policy(
    session: Session, account: str | None = None, at: str | None = None
) -> PolicyInForce:
    """Return what an account is judged by at a time, by default now."""
    directory, now = session.directory(plans=False), session.now()
    name = directory.account(account)
    asked = now if at is None else typed_time(at, directory.zone(name), now)
    with session.journal.reading() as connection:
        facts = read_settings(connection)
    return policy_in_force(facts, name, asked.at)


def policy_in_force(facts: Facts, account: str, at: datetime) -> PolicyInForce:
    """Return what holds for an account; of all that was stated by then the last counts."""
    said = _Said(facts, account, to_microseconds(at))
    return PolicyInForce(
        account=account,
        at=at,
        settings=[said.line(setting) for setting in SETTINGS],
        rules=list(said.rules()),
    )


class _Said:
    """What an account's policy and the account itself had stated by an instant."""

    def __init__(self, facts: Facts, account: str, at: int) -> None:
        self._facts, self._account, self._at = facts, account, at
        policies, accounts = facts.policies, facts.accounts
        self._policy_at = effective_times(
            microseconds(policies.at), microseconds(policies.recorded_at)
        )
        self._account_at = effective_times(
            microseconds(accounts.at), microseconds(accounts.recorded_at)
        )
        stated = zip(accounts.name, accounts.currency, strict=True)
        own = [said for name, said in stated if name == account and said is not None]
        self._currency = own[-1] if own else None

    def line(self, setting: Setting) -> PolicyLine:
        """Return a threshold: the policy's, else the account's, else the default."""
        source, (value, since) = POLICY, self._set(setting.key)
        if value is None:
            source, (value, since) = ACCOUNT, self._stated(setting.key)
        if value is None:
            source, value, since = DEFAULT, setting.default, None
        return PolicyLine(setting.key, value, setting.unit, setting.meaning, source, since)

    def rules(self) -> Iterator[RuleLine]:
        """Yield the rules that are set to something else than their own severity."""
        for code, rule in RULE_BY_CODE.items():
            severity, since = self._set(code)
            if severity is not None and since is not None and severity != rule.severity:
                yield RuleLine(code, rule.name, severity, rule.severity.value, since)

    def _set(self, key: str) -> tuple[str | None, datetime | None]:
        policies = self._facts.policies
        rows = [
            row
            for row, own in enumerate(policies.key)
            if own == key
            and policies.account[row] in (None, self._account)
            and self._is_own_money(policies.value[row])
        ]
        row = self._last(rows, self._policy_at)
        if row is None or policies.value[row] == DEFAULT:
            return None, None
        return policies.value[row], to_datetime(int(self._policy_at[row]))

    def _is_own_money(self, value: str) -> bool:
        """Tell whether a value speaks to this account: money does in its currency only."""
        money = budget_in_money(value)
        return money is None or money[1] == self._currency

    def _stated(self, key: str) -> tuple[str | None, datetime | None]:
        accounts = self._facts.accounts
        texts = {
            "taker": accounts.taker,
            "maker": accounts.maker,
            "risk_per_trade": [
                fraction or (money and f"{money} {self._currency or ''}".rstrip())
                for fraction, money in zip(accounts.risk_fraction, accounts.risk_money, strict=True)
            ],
        }.get(key, [])
        rows = [
            row
            for row, text in enumerate(texts)
            if text is not None and accounts.name[row] == self._account
        ]
        row = self._last(rows, self._account_at)
        if row is None:
            return None, None
        return texts[row], to_datetime(int(self._account_at[row]))

    def _last(self, rows: Sequence[int], effective: Ints) -> int | None:
        by_then = [row for row in rows if effective[row] <= self._at]
        return max(by_then, key=lambda row: (effective[row], row)) if by_then else None
