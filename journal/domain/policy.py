"""The thresholds of the rules: their keys, units and defaults (rule contract, section 3)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import EXACT, canonical, clip, parse_number


class SettingUnit(StrEnum):
    """What a setting's number means."""

    FRACTION = "fraction"
    MONEY = "money"
    MINUTES = "minutes"
    HOURS = "hours"
    SECONDS = "seconds"
    R = "R"
    COUNT = "count"
    CLOCK = "hh:mm"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Setting:
    """One threshold. `default` None means that nothing is set, or that the account says."""

    key: str
    unit: SettingUnit
    default: str | None
    meaning: str


_F, _M = SettingUnit.FRACTION, SettingUnit.MINUTES

SETTINGS = (
    Setting("price_tolerance", _F, "0.002", "of the reference price, at least one tick"),
    Setting("match_tolerance", _F, "0.01", "of the tranche price, worse side only"),
    Setting("quantity_tolerance", _F, "0.01", "of tranche, exit or maximum"),
    Setting("slippage", _F, "0.0005", "on exits at invalidation or stop"),
    Setting("taker", _F, None, "fee rate; the account's unless set"),
    Setting("maker", _F, None, "fee rate; the account's unless set"),
    Setting("minimum_fee", SettingUnit.MONEY, "0", "per order"),
    Setting("risk_per_trade", _F, None, "of equity; the account's unless set"),
    Setting("open_risk_limit", _F, "0.06", "of equity"),
    Setting("daily_loss_limit", _F, "0.03", "of equity"),
    Setting("loss_tolerance", _F, "0.05", "of planned risk"),
    Setting("maintenance_margin", _F, "0.005", "of the position"),
    Setting("cost_share_limit", _F, "0.2", "of planned gross profit"),
    Setting("tranche_cost_share_limit", _F, "0.2", "of the tranche's planned profit"),
    Setting("cost_tolerance", _F, "0.25", "above expected costs"),
    Setting("breakeven_grace", _M, "15", "from the scale-out to the stop"),
    Setting("stop_grace", _M, "15", "from opening to the first stop"),
    Setting("invalidation_grace", _M, "15", "from the invalidation trading to the exit"),
    Setting("cool_down", _M, "30", "after a loss"),
    Setting("loss_counts_from_r", SettingUnit.R, "0.1", "any net loss when R is unknown"),
    Setting("max_trades_per_day", SettingUnit.COUNT, "6", "trades opened per account-day"),
    Setting("size_up_tolerance", _F, "0.1", "of the planned risk before"),
    Setting("ladder_hold_min", _M, "15", "shortest hold of a ladder"),
    Setting("log_delay", SettingUnit.HOURS, "24", "from happening to recording"),
    Setting("clock_tolerance", SettingUnit.SECONDS, "5", "between the venue's clock and ours"),
    Setting("undo_grace", _M, "15", "to take a mistyped fact back"),
    Setting("day_starts", SettingUnit.CLOCK, "00:00", "in the account's time zone"),
    Setting("parity", SettingUnit.PAIRS, "", "currency pairs taken as 1, e.g. USDT-USD"),
)

SETTING_BY_KEY = {setting.key: setting for setting in SETTINGS}

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CURRENCY_PAIR = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+", re.ASCII)


RULE_KEY = re.compile(r"[A-Z]{3,5}\d{3}", re.ASCII)
"""A rule's code is a key too: its value is a severity, or switches the rule off."""

RULE_VALUES = ("critical", "major", "minor", "off", "default")


def canonical_setting(key: str, text: str) -> str:
    """Check one `key value` and return the value's canonical text; fractions may end in %."""
    if RULE_KEY.fullmatch(key):
        return _canonical_severity(key, text)
    setting = SETTING_BY_KEY.get(key)
    if setting is None:
        raise InputError(
            f"there is no policy key {clip(key)!r}",
            hint="keys: " + ", ".join(known.key for known in SETTINGS),
        )
    if setting.unit is SettingUnit.CLOCK:
        if not _CLOCK.fullmatch(text):
            raise InputError(f"{key} {clip(text)!r} is not a time of day", hint="write it 09:30")
        return text
    if setting.unit is SettingUnit.PAIRS:
        return _canonical_pairs(key, text)
    if setting.unit is SettingUnit.FRACTION and text.endswith("%"):
        number = EXACT.scaleb(parse_number(text[:-1], key), -2)
    else:
        number = parse_number(text, key)
    return canonical(_within_range(setting, number))


def _canonical_severity(code: str, text: str) -> str:
    if text not in RULE_VALUES:
        raise InputError(
            f"{code} {clip(text)!r} is not a severity", hint="write " + ", ".join(RULE_VALUES)
        )
    return text


def _canonical_pairs(key: str, text: str) -> str:
    pairs = text.replace(",", " ").split()
    for pair in pairs:
        if not _CURRENCY_PAIR.fullmatch(pair):
            raise InputError(f"{key} {clip(pair)!r} is not a pair", hint="write USDT-USD")
    return " ".join(pair.upper() for pair in pairs)


def _within_range(setting: Setting, number: Decimal) -> Decimal:
    signed = setting.key in ("maker", "taker")  # venues pay makers
    if number < (-1 if signed else 0):
        raise InputError(f"{setting.key} must not be below {-1 if signed else 0}")
    if setting.unit is SettingUnit.FRACTION and number > 1:
        raise InputError(
            f"{setting.key} {canonical(number)} is above 1",
            hint=f"it is a fraction {setting.meaning}: 0.02 or 2%",
        )
    if setting.unit is SettingUnit.COUNT and number != int(number):
        raise InputError(f"{setting.key} must be a whole number")
    return number
