"""Logging one line from the command line and saying what was stored."""

from __future__ import annotations

from pathlib import Path

from journal.cli.options import clock
from journal.cli.output import print_json, print_lines
from journal.domain.event import KnownPrice, Opening
from journal.domain.notation import format_events
from journal.usecases.log_line import LoggedLine, log_line
from journal.usecases.session import Session
from journal.usecases.typed import Typed


def log_and_print(typed: Typed, db: Path, *, json: bool) -> None:
    """Store one directive and print it as it now stands in the journal."""
    with Session(db, clock) as session:
        logged = log_line(session, typed)
        known = session.directory()
    text = format_events([logged.fact.event], known.instruments, known.plans)
    if json:
        print_json(_stored(logged, text))
    else:
        print_lines(text.splitlines())


def _stored(logged: LoggedLine, text: str) -> dict[str, object]:
    fact, body = logged.fact, logged.fact.event.body
    named = body if isinstance(body, Opening | KnownPrice) else fact
    direction = body.direction if isinstance(body, Opening) else fact.direction
    return {
        "kind": fact.event.kind.value,
        "id": logged.id,
        "entry": logged.receipt.number,
        "head": logged.receipt.hash,
        "at": str(fact.event.at),
        "account": fact.account or fact.event.account,
        "instrument": named.symbol,
        "direction": direction,
        "plan": None if fact.plan_id is None else f"P{fact.plan_id}",
        "text": text,
    }
