"""Policy keys as they are typed: thresholds, and the codes of the rules there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from journal.domain.errors import InputError
from journal.domain.money import clip
from journal.domain.policy import (
    RULE_KEY,
    SETTING_BY_KEY,
    SettingUnit,
    budget_in_money,
    canonical_setting,
)
from journal.rules import RULES
from journal.usecases.near_matches import near_matches

RULE_BY_CODE = {module.RULE.code: module.RULE for module in RULES}


def refuse_unknown_rules(settings: Mapping[str, str]) -> None:
    """Refuse a policy that speaks of a rule there is none of."""
    for key in settings:
        if RULE_KEY.fullmatch(key) and key not in RULE_BY_CODE:
            raise _no_rule(key)


def typed_settings(words: Sequence[str]) -> dict[str, str]:
    """Read `KEY VALUE [KEY VALUE ...]`: canonical texts by key."""
    settings: dict[str, str] = {}
    left = list(reversed(words))
    while left:
        key = _known_key(left.pop())
        if key in settings:
            raise InputError(f"{key} is given twice", hint="keep one of the two values")
        settings[key] = canonical_setting(key, _value(key, left))
    return settings


def _value(key: str, left: list[str]) -> str:
    """Take a key's value; only money and pairs of currencies have several words."""
    if not left:
        raise InputError(f"the value of {key} is missing", hint="write KEY VALUE KEY VALUE ...")
    value = left.pop()
    unit = SETTING_BY_KEY[key].unit if key in SETTING_BY_KEY else None
    if unit is SettingUnit.BUDGET and left and budget_in_money(f"{value} {left[-1]}"):
        return f"{value} {left.pop()}"
    while unit is SettingUnit.PAIRS and left and "-" in left[-1]:
        value += " " + left.pop()
    return value


def _known_key(name: str) -> str:
    """Return a key as it is spelt; rule codes may be typed in small letters."""
    if name in SETTING_BY_KEY:
        return name
    code = name.upper()
    if code in RULE_BY_CODE:
        return code
    if RULE_KEY.fullmatch(code):
        raise _no_rule(code)
    raise InputError(
        f"there is no policy key {clip(name)!r}",
        hint=near_matches(name, (*SETTING_BY_KEY, *RULE_BY_CODE))
        or "`journal policy show` lists them all; rules go by their codes",
    )


def _no_rule(code: str) -> InputError:
    return InputError(
        f"there is no rule {clip(code)!r}",
        hint=near_matches(code, RULE_BY_CODE) or "`journal rules` lists them all",
    )
