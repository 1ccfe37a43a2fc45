"""A plan's text as facts that nobody stores: what `plan try` builds its book from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields, replace

from journal.book.facts import Facts
from journal.domain.errors import InputError
from journal.domain.event import AccountEntry, Event, FactKind, InstrumentEntry, PlanEntry
from journal.domain.instrument import Instrument, infer
from journal.domain.moment import Moment
from journal.domain.plan import PlanTerms
from journal.storage.rows import Resolved, Row, rows_of

_COLUMNS = {
    "account_entry": "accounts",
    "policy_setting": "policies",
    "plan": "plans",
    "plan_version": "versions",
    "entry_tranche": "entry_tranches",
    "exit_tranche": "exit_tranches",
    "price": "prices",
}
_ALLOWED = (
    FactKind.ACCOUNT,
    FactKind.INSTRUMENT,
    FactKind.POLICY,
    FactKind.PRICE,
    FactKind.PLAN,
)


def drafted(events: Sequence[Event], journal: Facts, now: Moment) -> Facts:
    """Return the journal's accounts, policies, prices and instruments with the text's on top.

    The text holds exactly one plan. It belongs to the account it names, else to the first one
    the text states, else to the journal's default account. What was written without a time, and
    so is of `now`, holds for a plan that is dated earlier.
    """
    plan = _only_plan(events)
    events = [
        replace(event, at=min(now, plan.at)) if event.at == now else event for event in events
    ]
    stated = [event.body.name for event in events if isinstance(event.body, AccountEntry)]
    account = plan.account or (stated[0] if stated else journal.default_account)
    facts = Facts(
        default_account=account,
        accounts=journal.accounts,
        policies=journal.policies,
        prices=journal.prices,
    )
    ids = _Ids(journal)
    for event in events:
        if event.kind is not FactKind.INSTRUMENT:
            for row in rows_of(Resolved(event, account=account, terms=_terms(event)), ids.next_id):
                _add(facts, row)
    facts.instruments = _instruments(events, journal, account)
    return facts


def _only_plan(events: Sequence[Event]) -> Event:
    plans = [event for event in events if event.kind is FactKind.PLAN]
    for event in events:
        if event.kind not in _ALLOWED:
            raise InputError(
                f"`{event.kind}` has no place in a plan to be tried",
                where=f"line {event.line}",
                hint="leave in it one plan, with account, instrument, policy and price if needed",
            )
    if len(plans) != 1:
        raise InputError(
            f"there are {len(plans)} plans in the text"
            if plans
            else "there is no plan in the text",
            hint="try one plan at a time, beginning with a line such as `plan BTC-USDT long`",
        )
    return plans[0]


def _terms(event: Event) -> PlanTerms | None:
    return event.body.terms if isinstance(event.body, PlanEntry) else None


class _Ids:
    """Ids that go on where the journal's end."""

    def __init__(self, journal: Facts) -> None:
        self._last = Counter(
            {
                "account_entry": max(journal.accounts.id, default=0),
                "policy_setting": max(journal.policies.id, default=0),
                "price": max(journal.prices.id, default=0),
            }
        )

    def next_id(self, table: str) -> int:
        self._last[table] += 1
        return self._last[table]


def _add(facts: Facts, row: Row) -> None:
    columns = getattr(facts, _COLUMNS[row.table])
    for column in fields(columns):
        getattr(columns, column.name).append(row.columns[column.name])


def _instruments(events: Sequence[Event], journal: Facts, account: str) -> dict[str, Instrument]:
    """Return the journal's instruments with the text's declarations, and those inferred."""
    stated = [event.body for event in events if isinstance(event.body, AccountEntry)]
    currencies = dict(zip(journal.accounts.name, journal.accounts.currency, strict=True))
    currencies |= {body.name: body.currency for body in stated if body.currency}
    currency = currencies.get(account)
    known = dict(journal.instruments)
    for event in events:
        if isinstance(event.body, InstrumentEntry):
            symbol = event.body.symbol
            known[symbol] = event.body.terms.applied(symbol, known.get(symbol), currency)
    named = [event.body.symbol for event in events if hasattr(event.body, "symbol")]
    for symbol in named:
        if symbol not in known:
            known[symbol] = infer(symbol, currency)
    return known
