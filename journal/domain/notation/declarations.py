"""What things are: `account`, `instrument` and `policy`, read and written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from journal.domain.errors import InputError
from journal.domain.event import AccountEntry, InstrumentEntry, PolicyEntry, RiskBudget
from journal.domain.instrument import InstrumentTerms, Kind, check_symbol
from journal.domain.moment import zone_named
from journal.domain.money import EXACT, canonical
from journal.domain.notation.details import Detail, read_details
from journal.domain.notation.known import Scope
from journal.domain.notation.lexer import Line, name_text
from journal.domain.notation.quantities import percent_text
from journal.domain.notation.words import Words
from journal.domain.policy import (
    RULE_KEY,
    SETTING_BY_KEY,
    SettingUnit,
    canonical_setting,
    check_for_account,
)

KINDS_OF_INSTRUMENT: Mapping[str, Kind] = {kind.value: kind for kind in Kind}

WrittenDetails = Iterator[tuple[str, str]]


def read_account(words: Words, details: Sequence[Line], scope: Scope) -> AccountEntry:
    """Read `account NAME` and what it states."""
    name = words.name("account")
    words.end()
    found = read_details(details, _ACCOUNT, None)
    maker, taker = found.pop("fees", (None, None))
    risk, risk_currency = found.pop("risk", (None, None))
    currency = found.get("currency") or scope.lookup.currency(name)
    if risk_currency is not None and risk_currency != currency:
        raise InputError(
            f"the risk is given in {risk_currency}, the account's currency is "
            f"{currency or 'not stated'}",
            hint="state the risk in the account's currency, or as a percentage",
        )
    return AccountEntry(name, maker=maker, taker=taker, risk=risk, **found)


def _equity(words: Words, _context: None) -> tuple[str, object]:
    equity = words.number("equity")
    if equity < 0:
        raise InputError(f"equity {canonical(equity)} is below zero")
    return "equity", equity


def _fees(words: Words, _context: None) -> tuple[str, object]:
    rates: dict[str, Decimal] = {}
    while words or not rates:
        which = words.choice({"maker": "maker", "taker": "taker"}, "fee")
        if which in rates:
            raise InputError(f"the {which} rate is given twice")
        rates[which] = words.percent(f"{which} rate")
        if not -1 <= rates[which] <= 1:
            raise InputError(f"the {which} rate is not between -100% and 100%")
    return "fees", (rates.get("maker"), rates.get("taker"))


def _risk(words: Words, _context: None) -> tuple[str, object]:
    amount = words.number("risk")
    unit = words.unit("per")
    words.expect("per")
    words.expect("trade")
    if amount <= 0:
        raise InputError(f"a risk of {canonical(amount)} is not above zero")
    if unit != "%":
        return "risk", (RiskBudget(money=amount), unit and unit.upper())
    fraction = EXACT.scaleb(amount, -2)
    if fraction > 1:
        raise InputError(f"a risk of {percent_text(fraction)} is above 100% of equity")
    return "risk", (RiskBudget(fraction=fraction), None)


def _timezone(words: Words, _context: None) -> tuple[str, object]:
    return "timezone", zone_named(words.take("time zone")).key


_ACCOUNT: Mapping[str, Detail[None]] = {
    "currency": Detail(lambda words, _: ("currency", words.currency("currency")), "currency USDT"),
    "equity": Detail(_equity, "equity 10000"),
    "fees": Detail(_fees, "fees maker 0.08% taker 0.10%"),
    "risk": Detail(_risk, "risk 2% per trade"),
    "timezone": Detail(_timezone, "timezone Europe/Berlin"),
}


def write_account(entry: AccountEntry, _scope: Scope) -> tuple[str, WrittenDetails]:
    """Write an account entry's header arguments and details."""
    return name_text(entry.name), _account_details(entry)


def _account_details(entry: AccountEntry) -> WrittenDetails:
    if entry.currency is not None:
        yield "currency", entry.currency
    if entry.equity is not None:
        yield "equity", canonical(entry.equity)
    rates = {"maker": entry.maker, "taker": entry.taker}
    fees = [f"{which} {percent_text(rate)}" for which, rate in rates.items() if rate is not None]
    if fees:
        yield "fees", " ".join(fees)
    if entry.risk is not None and entry.risk.fraction is not None:
        yield "risk", f"{percent_text(entry.risk.fraction)} per trade"
    elif entry.risk is not None and entry.risk.money is not None:
        currency = f" {entry.currency}" if entry.currency else ""
        yield "risk", f"{canonical(entry.risk.money)}{currency} per trade"
    if entry.timezone is not None:
        yield "timezone", entry.timezone


def read_instrument(words: Words, details: Sequence[Line], _scope: Scope) -> InstrumentEntry:
    """Read `instrument SYMBOL` and its terms."""
    symbol = words.take("symbol")
    check_symbol(symbol)
    words.end()
    return InstrumentEntry(symbol, InstrumentTerms(**read_details(details, _INSTRUMENT, None)))


def _kind(words: Words, _context: None) -> tuple[str, object]:
    return "kind", words.choice(KINDS_OF_INSTRUMENT, "kind")


def _number(field: str) -> Detail[None]:
    return Detail(lambda words, _: (field, words.number(field)), f"{field} 0.01")


def _currency(field: str, example: str) -> Detail[None]:
    return Detail(lambda words, _: (field, words.currency(field)), f"{field} {example}")


def _maintenance_margin(words: Words, _context: None) -> tuple[str, object]:
    number = words.number("mmr")
    if words.accept("%"):
        number = EXACT.scaleb(number, -2)
    return "maintenance_margin", number


_INSTRUMENT: Mapping[str, Detail[None]] = {
    "kind": Detail(_kind, "kind linear"),
    "base": _currency("base", "BTC"),
    "quote": _currency("quote", "USDT"),
    "multiplier": _number("multiplier"),
    "lot": _number("lot"),
    "tick": _number("tick"),
    "mmr": Detail(_maintenance_margin, "mmr 0.5%"),
}


def write_instrument(entry: InstrumentEntry, _scope: Scope) -> tuple[str, WrittenDetails]:
    """Write a declaration's header arguments and details."""
    return entry.symbol, _instrument_details(entry.terms)


def _instrument_details(terms: InstrumentTerms) -> WrittenDetails:
    for keyword in ("kind", "base", "quote"):
        if (word := getattr(terms, keyword)) is not None:
            yield keyword, str(word)
    for keyword in ("multiplier", "lot", "tick"):
        if (number := getattr(terms, keyword)) is not None:
            yield keyword, canonical(number)
    if terms.maintenance_margin is not None:
        yield "mmr", percent_text(terms.maintenance_margin)


def read_policy(words: Words, details: Sequence[Line], scope: Scope) -> PolicyEntry:
    """Read `policy` and its `key value` lines."""
    words.end()
    if not details:
        raise InputError(
            "a policy without a line sets nothing", hint="indent a line such as `cool_down 45`"
        )
    first_words = {word for line in details if (word := line.text.split(maxsplit=1)[0])}
    rules = {code: _setting(code) for code in first_words if RULE_KEY.fullmatch(code)}
    settings = read_details(details, {**_POLICY, **rules}, None)
    if scope.account is not None:
        check_for_account(settings, scope.account, scope.lookup.currency(scope.account))
    return PolicyEntry(settings)


def _setting(key: str) -> Detail[None]:
    def read(words: Words, _context: None) -> tuple[str, object]:
        values = []
        while words:
            values.append(words.take(key))
        return key, canonical_setting(key, " ".join(values))

    return Detail(read, f"{key} {_example(key)}")


def _example(key: str) -> str:
    if RULE_KEY.fullmatch(key):
        return "off"
    setting = SETTING_BY_KEY[key]
    return setting.default or _EXAMPLES.get(setting.unit, "0.001")


_EXAMPLES: Mapping[SettingUnit, str] = {SettingUnit.PAIRS: "USDT-USD", SettingUnit.BUDGET: "2%"}


_POLICY: Mapping[str, Detail[None]] = {key: _setting(key) for key in SETTING_BY_KEY}


def write_policy(entry: PolicyEntry, _scope: Scope) -> tuple[str, WrittenDetails]:
    """Write a policy's details; its header has no arguments."""
    return "", iter(entry.settings.items())
