"""Plans and what is said of them: `plan amend cancel stop skip note`, read and written."""

from __future__ import annotations

from collections.abc import Sequence

from journal.domain.event import (
    Amendment,
    Cancellation,
    Note,
    PlanEntry,
    PlanName,
    Skip,
    StopEvent,
)
from journal.domain.money import canonical, parse_number
from journal.domain.notation.declarations import WrittenDetails
from journal.domain.notation.executions import DIRECTIONS, check_direction
from journal.domain.notation.known import Scope
from journal.domain.notation.lexer import Line, name_text, quoted
from journal.domain.notation.quantities import check_price
from journal.domain.notation.terms import Terms, read_terms, write_terms
from journal.domain.notation.words import Words


def read_plan(words: Words, details: Sequence[Line], scope: Scope) -> PlanEntry:
    """Read `plan SYMBOL long|short [as NAME]` and its terms."""
    symbol = words.take("symbol")
    instrument = scope.instrument(symbol)
    direction = check_direction(words.choice(DIRECTIONS, "direction"), instrument)
    name = words.name("plan's name") if words.accept("as") else None
    words.end()
    terms, _named = read_terms(details, Terms(instrument, scope.zone, amending=False))
    return PlanEntry(symbol, direction, terms, name)


def read_amendment(words: Words, details: Sequence[Line], scope: Scope) -> Amendment:
    """Read `amend PLAN ["reason"]` and the terms it changes."""
    plan = _plan_name(words)
    reason = words.optional_text()
    words.end()
    instrument = scope.required(plan.name)
    terms, named = read_terms(details, Terms(instrument, scope.zone, amending=True))
    return Amendment(plan, terms, named, reason)


def read_cancellation(words: Words, _scope: Scope) -> Cancellation:
    """Read `cancel PLAN ["reason"]`."""
    return Cancellation(_plan_name(words), words.optional_text())


def read_stop(words: Words, scope: Scope) -> StopEvent:
    """Read `stop PLAN PRICE|none`."""
    plan = _plan_name(words)
    if words.accept("none"):
        return StopEvent(plan, None)
    price = parse_number(words.take("stop price"), "stop price")
    instrument = scope.planned(plan.name)
    return StopEvent(plan, check_price(price, "stop price", instrument) if instrument else price)


def read_skip(words: Words, _scope: Scope) -> Skip:
    """Read `skip PLAN tranche NUMBER ["reason"]`."""
    plan = _plan_name(words)
    words.expect("tranche")
    return Skip(plan, words.whole("tranche"), words.optional_text())


def read_note(words: Words, _scope: Scope) -> Note:
    """Read `note PLAN "text"`."""
    return Note(_plan_name(words), words.text("text"))


def _plan_name(words: Words) -> PlanName:
    name = words.name("plan or symbol")
    direction = DIRECTIONS.get(words.peek() or "")
    if direction is not None:
        words.take("direction")
    return PlanName(name, direction)


def write_plan(plan: PlanEntry, scope: Scope) -> tuple[str, WrittenDetails]:
    """Write a plan's header arguments and terms."""
    name = f" as {name_text(plan.name)}" if plan.name is not None else ""
    terms = write_terms(plan.terms, scope.instrument(plan.symbol))
    return f"{plan.symbol} {plan.direction}{name}", terms


def write_amendment(amendment: Amendment, scope: Scope) -> tuple[str, WrittenDetails]:
    """Write an amendment's header arguments and the terms it names."""
    instrument = scope.required(amendment.plan.name)
    terms = write_terms(amendment.terms, instrument, amendment.named)
    return _plan_text(amendment.plan) + _reason_text(amendment.reason), terms


def write_cancellation(cancellation: Cancellation) -> str:
    """Write a cancellation's header arguments."""
    return _plan_text(cancellation.plan) + _reason_text(cancellation.reason)


def write_stop(stop: StopEvent) -> str:
    """Write a stop's header arguments."""
    price = "none" if stop.price is None else canonical(stop.price)
    return f"{_plan_text(stop.plan)} {price}"


def write_skip(skip: Skip) -> str:
    """Write a skip's header arguments."""
    return f"{_plan_text(skip.plan)} tranche {skip.tranche}{_reason_text(skip.reason)}"


def write_note(note: Note) -> str:
    """Write a note's header arguments."""
    return f"{_plan_text(note.plan)} {quoted(note.text)}"


def _plan_text(plan: PlanName) -> str:
    direction = f" {plan.direction}" if plan.direction is not None else ""
    return name_text(plan.name) + direction


def _reason_text(reason: str | None) -> str:
    return f" {quoted(reason)}" if reason is not None else ""
