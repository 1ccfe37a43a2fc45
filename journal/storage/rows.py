"""Facts as rows: what an event says, once its account and plan are settled.

Bodies name plans the way the trader writes them. Which plan that is depends on the journal, so
a use case settles it and passes a `Resolved`; here nothing is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from journal.domain.event import (
    AccountEntry,
    Amendment,
    Body,
    Cancellation,
    Event,
    FactKind,
    Funding,
    InstrumentEntry,
    KnownPrice,
    Note,
    Opening,
    PlanEntry,
    PolicyEntry,
    Skip,
    StopEvent,
    Void,
    Waiver,
)
from journal.domain.fill import Fill
from journal.domain.money import canonical
from journal.domain.plan import Direction, PlanTerms
from journal.domain.review import ReviewEntry
from journal.storage import body_columns
from journal.storage.body_columns import Columns, moment_columns, number

NextId = Callable[[str], int]

# Where the fact of each kind has its own row; `void` names that row's id.
TABLE_OF = {
    FactKind.ACCOUNT: "account_entry",
    FactKind.INSTRUMENT: "instrument_entry",
    FactKind.POLICY: "policy_setting",
    FactKind.PLAN: "plan",
    FactKind.AMEND: "plan_version",
    FactKind.CANCEL: "cancellation",
    FactKind.FILL: "fill",
    FactKind.STOP: "stop",
    FactKind.SKIP: "skip",
    FactKind.NOTE: "note",
    FactKind.PRICE: "price",
    FactKind.FUNDING: "funding",
    FactKind.OPENING: "opening",
    FactKind.WAIVE: "waiver",
    FactKind.REVIEW: "review",
    FactKind.VOID: "void",
}


class Row(NamedTuple):
    """A row to be written: every column but the chain's own, in one order for each table."""

    table: str
    columns: Columns


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an imported fill stood: the file's id, the row in it, and the venue's own text."""

    imported_file_id: int
    file_row: int
    raw: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """An event with everything settled that its text leaves to the journal.

    fill, plan, funding, opening   account
    stop, note                     account, symbol, direction (a note's may stay None)
    cancel, skip                   plan_id
    amend                          plan_id, version (2 for the first), terms in full
    void                           target_id, of the row `TABLE_OF` names; a policy's first row
    account, instrument, policy, price, waive, review
                                   nothing: `event.account` is stored as it is
    """

    event: Event
    account: str | None = None
    symbol: str | None = None
    direction: Direction | None = None
    plan_id: int | None = None
    version: int | None = None
    terms: PlanTerms | None = None
    target_id: int | None = None
    origin: Origin | None = None


def file_row(
    name: str,
    sha256: str,
    file_format: str,
    rows: int,
    next_id: NextId,
    *,
    timezone: str | None = None,
    account: str | None = None,
) -> Row:
    """Return the row of an imported file; its id goes into the `Origin` of its fills.

    `timezone` is the zone its local times were read in; `account` is where its rows went.
    """
    columns: Columns = {
        "id": next_id("imported_file"),
        "name": name,
        "sha256": sha256,
        "format": file_format,
        "rows": rows,
        "timezone": timezone,
        "account": account,
    }
    return Row("imported_file", columns)


def rows_of(fact: Resolved, next_id: NextId) -> list[Row]:
    """Return the rows of a fact, its own first: `fact_id(rows)` is what a void names."""
    match fact.event.body:
        case PlanEntry() as plan:
            return _plan(plan, fact, next_id)
        case Amendment(reason=reason) if fact.terms:
            amends: Columns = {"plan_id": fact.plan_id, "number": fact.version, "reason": reason}
            return _version(fact.event, amends, fact.terms, next_id)
        case PolicyEntry() as policy:
            return _policy(policy, fact.event, next_id)
        case body:
            table = TABLE_OF[fact.event.kind]
            return [Row(table, _header(fact.event, next_id(table)) | _single(body, fact))]


def fact_id(rows: list[Row]) -> int:
    """Return the id of the fact these rows hold."""
    return int(rows[0].columns["id"] or 0)


def _header(event: Event, row_id: int) -> Columns:
    return {
        "id": row_id,
        **moment_columns("at", "at_precision", event.at),
        **moment_columns("recorded_at", "recorded_precision", event.recorded),
        "tags": " ".join(event.tags),
    }


def _plan(plan: PlanEntry, fact: Resolved, next_id: NextId) -> list[Row]:
    plan_id = next_id("plan")
    identity: Columns = {
        "id": plan_id,
        "account": fact.account,
        "symbol": plan.symbol,
        "direction": plan.direction.value,
        "name": plan.name,
        "tags": " ".join(fact.event.tags),
    }
    locks: Columns = {"plan_id": plan_id, "number": 1, "reason": None}
    return [Row("plan", identity), *_version(fact.event, locks, plan.terms, next_id)]


def _version(event: Event, place: Columns, terms: PlanTerms, next_id: NextId) -> list[Row]:
    version_id = next_id("plan_version")
    own = _header(event, version_id) | place | body_columns.terms_columns(terms)
    rows = [Row("plan_version", own)]
    for table, tranches in (
        ("entry_tranche", [body_columns.entry_columns(each) for each in terms.enters]),
        ("exit_tranche", [body_columns.exit_columns(each) for each in terms.exits]),
    ):
        for position, said in enumerate(tranches, start=1):
            key: Columns = {"id": next_id(table), "version_id": version_id, "number": position}
            rows.append(Row(table, key | said))
    return rows


def _policy(policy: PolicyEntry, event: Event, next_id: NextId) -> list[Row]:
    ids = [next_id("policy_setting") for _ in policy.settings]
    return [
        Row(
            "policy_setting",
            _header(event, row_id)
            | {"first_id": ids[0], "account": event.account, "key": key, "value": value},
        )
        for row_id, (key, value) in zip(ids, policy.settings.items(), strict=True)
    ]


def _single(body: Body, fact: Resolved) -> Columns:
    """Return the columns of a fact that is one row."""
    match body:
        case AccountEntry():
            return body_columns.account_columns(body)
        case Fill() | Funding() | Opening():
            return {"account": fact.account} | _of_account(body, fact)
        case StopEvent() | Note():
            return _of_trade(body, fact)
        case Skip(tranche=tranche, reason=reason):
            return {"plan_id": fact.plan_id, "tranche": tranche, "reason": reason}
        case Cancellation(reason=reason):
            return {"plan_id": fact.plan_id, "reason": reason}
        case _:
            return {"account": fact.event.account} | _of_journal(body, fact)


def _of_account(body: Fill | Funding | Opening, fact: Resolved) -> Columns:
    match body:
        case Fill():
            return body_columns.fill_columns(body) | _origin(fact.origin)
        case Funding():
            return body_columns.funding_columns(body)
        case Opening():
            return body_columns.opening_columns(body)


def _origin(origin: Origin | None) -> Columns:
    if origin is None:
        return {"imported_file_id": None, "file_row": None, "raw": None}
    return {
        "imported_file_id": origin.imported_file_id,
        "file_row": origin.file_row,
        "raw": origin.raw,
    }


def _of_trade(body: StopEvent | Note, fact: Resolved) -> Columns:
    said: Columns = {"text": body.text} if isinstance(body, Note) else {"price": number(body.price)}
    direction = fact.direction and fact.direction.value
    return {"account": fact.account, "symbol": fact.symbol, "direction": direction} | said


def _of_journal(body: Body, fact: Resolved) -> Columns:
    match body:
        case InstrumentEntry():
            return body_columns.instrument_columns(body)
        case KnownPrice(symbol=symbol, price=price):
            return {"symbol": symbol, "price": canonical(price)}
        case Waiver(violation=violation, reason=reason):
            return {"violation": violation, "reason": reason}
        case ReviewEntry():
            return body_columns.review_columns(body)
        case Void(kind=kind, reason=reason):
            return {"target_kind": kind.value, "target_id": fact.target_id, "reason": reason}
        case _:
            msg = f"{body} cannot be stored without its full terms"
            raise TypeError(msg)
