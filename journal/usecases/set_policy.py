"""Setting policy: a dated entry that counts from now on and never reaches back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from journal.domain.errors import InputError
from journal.domain.event import Event, PolicyEntry
from journal.domain.policy import DEFAULT, budget_in_money, check_for_account
from journal.storage.directory import Directory
from journal.storage.entries import EntryReceipt, append
from journal.storage.reading import read_settings
from journal.storage.rows import Resolved, rows_of
from journal.usecases.policy_in_force import PolicyInForce, policy_in_force
from journal.usecases.policy_keys import typed_settings
from journal.usecases.presets import OF_THE_VENUE, preset
from journal.usecases.session import Session


@dataclass(frozen=True, slots=True)
class PolicyChange:
    """What a key was before and is now, for one account; None where nobody says."""

    account: str
    key: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class PolicySet:
    """A policy entry written: of one account, or of all where `account` is None."""

    account: str | None
    at: datetime
    changes: list[PolicyChange]
    receipt: EntryReceipt


def set_policy(session: Session, words: Sequence[str], account: str | None = None) -> PolicySet:
    """Store `KEY VALUE [KEY VALUE ...]` as one entry: all of it, or nothing."""
    return _store(session, typed_settings(words), account, replaces=False)


def use_preset(session: Session, name: str, account: str | None = None) -> PolicySet:
    """Store a preset; what it does not speak of goes back to the default."""
    return _store(session, preset(name).settings, account, replaces=True)


def _store(
    session: Session, settings: Mapping[str, str], account: str | None, *, replaces: bool
) -> PolicySet:
    with session.journal.writing() as writing:
        directory, now = session.directory(plans=False), session.now()
        _check_accounts(settings, account, directory)
        names = [directory.account(account)] if account else _all_accounts(directory)
        facts = read_settings(writing.connection)
        before = [policy_in_force(facts, name, now.at) for name in names]
        if replaces:
            settings = _set_otherwise(before, settings) | dict(settings)
        event = Event(now, PolicyEntry(settings), account=account, recorded=now)
        receipt = append(writing, "policy", now, rows_of(Resolved(event), writing.next_id))
        after_facts = read_settings(writing.connection)
        after = [policy_in_force(after_facts, name, now.at) for name in names]
        if not any(_differ(*pair) for pair in zip(before, after, strict=True)):
            raise InputError(
                "this is the policy already", hint="`journal policy show` says since when"
            )
    return PolicySet(account, now.at, _changes(settings, before, after), receipt)


def _all_accounts(directory: Directory) -> list[str]:
    return list(directory.accounts) or [directory.default_account]


def _check_accounts(settings: Mapping[str, str], account: str | None, directory: Directory) -> None:
    """Refuse what the account, or all of them, cannot have."""
    if account is not None:
        stated = directory.accounts.get(directory.account(account))
        check_for_account(settings, account, stated.currency if stated else None)
        return
    budget = budget_in_money(settings.get("risk_per_trade", DEFAULT))
    currencies = {stated.currency for stated in directory.accounts.values()}
    if budget is not None and budget[1] not in currencies:
        raise InputError(
            f"the risk is given in {budget[1]}, and no account is in {budget[1]}",
            hint="state it in an account's currency, or as a percentage",
        )


def _set_otherwise(before: Sequence[PolicyInForce], settings: Mapping[str, str]) -> dict[str, str]:
    """Return what goes back to the default: set earlier, and not by the preset."""
    set_before = {
        key
        for policy in before
        for key in (
            *(line.key for line in policy.settings if line.source == "policy"),
            *(line.code for line in policy.rules),
        )
    }
    return dict.fromkeys(sorted(set_before - settings.keys() - OF_THE_VENUE), DEFAULT)


def _differ(before: PolicyInForce, after: PolicyInForce) -> bool:
    """Tell whether any value changed, or is now said by somebody else."""

    def said(policy: PolicyInForce) -> list[tuple[str, str | None, str]]:
        lines = [(line.key, line.value, line.source) for line in policy.settings]
        return lines + [(line.code, line.severity, "policy") for line in policy.rules]

    return said(before) != said(after)


def _changes(
    settings: Mapping[str, str], before: Sequence[PolicyInForce], after: Sequence[PolicyInForce]
) -> list[PolicyChange]:
    return [
        PolicyChange(then.account, key, then.value(key), now.value(key))
        for key in settings
        for then, now in zip(before, after, strict=True)
    ]
