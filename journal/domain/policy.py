"""The thresholds of the rules: their keys, units and defaults (rule contract, section 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from journal.domain.errors import InputError
from journal.domain.money import EXACT, canonical, clip, parse_number


class SettingUnit(StrEnum):
    """What a setting's number means."""

    FRACTION = "fraction"
    MONEY = "money"
    BUDGET = "fraction or money"
    MINUTES = "minutes"
    HOURS = "hours"
    SECONDS = "seconds"
    R = "R"
    COUNT = "count"
    CLOCK = "hh:mm"
    PAIRS = "pairs"


@dataclass(frozen=True, slots=True)
class Setting:
    """One threshold. `default` None means that nothing is set, or that the account says.

    Every key also takes the value `default`, which goes back to that.
    """

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
    Setting("risk_per_trade", SettingUnit.BUDGET, None, "of equity; the account's unless set"),
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

FRACTIONS = (SettingUnit.FRACTION, SettingUnit.BUDGET)

SETTING_BY_KEY = {setting.key: setting for setting in SETTINGS}

DEFAULT = "default"
"""The value that takes back what was set before, for thresholds and rules alike."""

_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_CURRENCY_PAIR = re.compile(r"[A-Za-z0-9]+-[A-Za-z0-9]+", re.ASCII)
# Not `1e400`, which is neither money nor a number.
_MONEY = re.compile(
    r"(?P<amount>[+-]?[\d.]+) ?(?P<currency>(?![eE]\d)[A-Za-z][A-Za-z0-9]{1,9})", re.ASCII
)

RULE_KEY = re.compile(r"[A-Z]{3,5}\d{3}", re.ASCII)
"""A rule's code is a key too: its value is a severity, or switches the rule off."""

RULE_VALUES = ("critical", "major", "minor", "off", DEFAULT)


def canonical_setting(key: str, text: str) -> str:
    """Check one `key value` and return the value's canonical text; fractions may end in %.

    A risk per trade in money is written with its currency: `200 USDT`.
    """
    if RULE_KEY.fullmatch(key):
        return _canonical_severity(key, text)
    setting = SETTING_BY_KEY.get(key)
    if setting is None:
        raise InputError(
            f"there is no policy key {clip(key)!r}",
            hint="keys: " + ", ".join(known.key for known in SETTINGS),
        )
    if text == DEFAULT:
        return text
    if setting.unit is SettingUnit.CLOCK:
        if not _CLOCK.fullmatch(text):
            raise InputError(f"{key} {clip(text)!r} is not a time of day", hint="write it 09:30")
        return text
    if setting.unit is SettingUnit.PAIRS:
        return _canonical_pairs(key, text)
    if setting.unit is SettingUnit.BUDGET and (money := _MONEY.fullmatch(text)):
        return _canonical_money(key, money["amount"], money["currency"])
    if setting.unit in FRACTIONS and text.endswith("%"):
        number = EXACT.scaleb(parse_number(text[:-1], key), -2)
    else:
        number = parse_number(text, key)
    return canonical(_within_range(setting, number))


def budget_in_money(text: str) -> tuple[Decimal, str] | None:
    """Return amount and currency of a canonical risk per trade; None where it is a fraction."""
    match = _MONEY.fullmatch(text)
    return (Decimal(match["amount"]), match["currency"]) if match else None


def check_for_account(settings: Mapping[str, str], account: str, currency: str | None) -> None:
    """Refuse settings that one account alone cannot have."""
    if "parity" in settings:
        raise InputError(
            "parity holds for all accounts", hint="leave the account out, or set it by itself"
        )
    budget = budget_in_money(settings.get("risk_per_trade", DEFAULT))
    if budget is not None and budget[1] != currency:
        raise InputError(
            f"the risk is given in {budget[1]}, the currency of account {clip(account)} is "
            f"{currency or 'not stated'}",
            hint="state the risk in the account's currency, or as a percentage",
        )


def _canonical_money(key: str, amount: str, currency: str) -> str:
    number = parse_number(amount, key)
    if number <= 0:
        raise InputError(f"{key} of {canonical(number)} {currency.upper()} is not above zero")
    return f"{canonical(number)} {currency.upper()}"


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
    if setting.unit in FRACTIONS and number > 1:
        money = ", or money: 200 USDT" if setting.unit is SettingUnit.BUDGET else ""
        raise InputError(
            f"{setting.key} {canonical(number)} is above 1",
            hint=f"it is a fraction {setting.meaning.partition(';')[0]}: 0.02 or 2%{money}",
        )
    if setting.unit is SettingUnit.COUNT and number != int(number):
        raise InputError(f"{setting.key} must be a whole number")
    return number
