"""A policy as text: what is in force, and what a new entry changed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from journal.domain.notation.quantities import percent_text
from journal.domain.policy import FRACTIONS, SETTING_BY_KEY, SettingUnit, budget_in_money
from journal.reporting.layout import labelled, table, wrapped
from journal.reporting.readable import minute
from journal.usecases.policy_in_force import PolicyInForce
from journal.usecases.set_policy import PolicyChange, PolicySet

_NEVER_BACK = (
    "It never reaches back: trades opened, plans locked and days begun before this are judged by "
    "the policy they had."
)
_WHOLE_JOURNAL = "day_starts and parity are no thresholds: they hold for the whole journal."

_AFTER = {
    SettingUnit.MINUTES: " min",
    SettingUnit.HOURS: " h",
    SettingUnit.SECONDS: " s",
    SettingUnit.R: "R",
}
_MEANING = 51  # the column in which meanings begin


def policy_lines(policy: PolicyInForce) -> Iterator[str]:
    """Return the lines of a policy in force; what nobody changed is marked `default`."""
    yield f"policy of account {policy.account} at {minute(policy.at)}"
    yield ""
    for line in policy.settings:
        since = line.source if line.since is None else f"{line.since:%Y-%m-%d}"
        head = f"{line.key:<24}  {shown(line.key, line.value):>10}  {since:<10}  "
        yield from labelled(head, line.meaning, column=_MEANING)
    yield ""
    if not policy.rules:
        yield "every rule with its own severity"
        return
    rows = [
        [each.code, f"{each.severity} (of itself {each.own_severity})", f"{each.since:%Y-%m-%d}"]
        for each in policy.rules
    ]
    yield from table(["rule", "severity", "since"], rows)


def set_lines(found: PolicySet) -> Iterator[str]:
    """Return what a policy entry changed, account by account only where they differ."""
    whose = "all accounts" if found.account is None else f"account {found.account}"
    yield f"policy of {whose} from {minute(found.at)} on"
    rows: list[list[str]] = []
    for key, changes in groupby(found.changes, key=lambda change: change.key):
        rows += _rows(key, list(changes))
    if rows:
        yield from (f"  {line}" for line in table(["key", "before", "now", ""], rows)[1:])
    unchanged = len({change.key for change in found.changes}) - len({row[0] for row in rows})
    if unchanged:
        yield f"  {unchanged} more as before"
    yield from wrapped(_NEVER_BACK)
    if {"day_starts", "parity"} & {change.key for change in found.changes}:
        yield from wrapped(_WHOLE_JOURNAL)


def _rows(key: str, changes: list[PolicyChange]) -> list[list[str]]:
    """Return a row for a key that changed; one for each account where those differ."""
    pairs = {(change.before, change.after) for change in changes}
    if all(before == after for before, after in pairs):
        return []
    return [
        [
            key,
            shown(key, change.before),
            f"-> {shown(key, change.after)}",
            "" if len(pairs) == 1 else change.account,
        ]
        for change in (changes[:1] if len(pairs) == 1 else changes)
    ]


def shown(key: str, value: str | None) -> str:
    """Return a value for reading: fractions in percent, times with their unit."""
    if value is None:
        return "not set"
    setting = SETTING_BY_KEY.get(key)
    if setting is None:
        return value
    if setting.unit in FRACTIONS and not budget_in_money(value):
        return percent_text(Decimal(value))
    return f"{value}{_AFTER.get(setting.unit, '')}" or "none"
