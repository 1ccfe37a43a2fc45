"""The rules as a catalogue, and each rule's page."""

from __future__ import annotations

from dataclasses import dataclass

from journal.book.verdicts import RuleModule
from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.rules import RULES


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule; `summary` is the first sentence of its page."""

    code: str
    name: str
    severity: str
    subject: str
    since: str
    summary: str


@dataclass(frozen=True, slots=True)
class RulePage:
    """A rule with its whole page: what it flags, why it matters, what breaks and keeps it."""

    rule: RuleLine
    text: str


def catalogue() -> list[RuleLine]:
    """Return all rules in order of code."""
    return sorted((_line(module) for module in RULES), key=lambda line: line.code)


def page(name: str) -> RulePage:
    """Return the page of a rule, by code or name."""
    for module in RULES:
        if name.upper() == module.RULE.code or name.lower() == module.RULE.name:
            return RulePage(_line(module), _docs(module).strip())
    raise InputError(
        f"there is no rule {clip(name)!r}",
        hint="codes: " + ", ".join(sorted(module.RULE.code for module in RULES)),
    )


def _line(module: RuleModule) -> RuleLine:
    rule = module.RULE
    summary = _docs(module).strip().splitlines()[0]
    return RuleLine(rule.code, rule.name, rule.severity, rule.subject, rule.since, summary)


def _docs(module: RuleModule) -> str:
    if module.__doc__ is None:
        msg = f"{module.RULE.code} has no page"
        raise ValueError(msg)
    return module.__doc__
