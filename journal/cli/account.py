"""`journal account`: add, list and show accounts."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.composing import block
from journal.cli.lazy import Command, lazy
from journal.cli.logged import log_and_print
from journal.cli.options import At, Db, Json, clock
from journal.cli.output import plain, print_json, print_lines, print_table
from journal.domain.notation import name_text
from journal.usecases.listings import AccountLine, list_accounts, show_account
from journal.usecases.session import Session
from journal.usecases.typed import Typed

_COMMANDS = {
    "add": Command("journal.cli.account:add", "Add an account, or state more of one."),
    "list": Command("journal.cli.account:list_", "List the accounts."),
    "show": Command("journal.cli.account:show", "Show one account."),
}


app = typer.Typer(
    cls=lazy(_COMMANDS), rich_markup_mode=None, add_completion=False, no_args_is_help=True
)


@app.callback()
def group() -> None:
    """Add, list and show accounts."""


def add(  # noqa: PLR0913 - what an account is
    name: str,
    *,
    currency: Annotated[str | None, typer.Option(help="E.g. USDT.")] = None,
    equity: Annotated[str | None, typer.Option(help="What it holds, e.g. 10000.")] = None,
    maker: Annotated[str | None, typer.Option(help="Maker fee, e.g. 0.08%.")] = None,
    taker: Annotated[str | None, typer.Option(help="Taker fee, e.g. 0.10%.")] = None,
    risk: Annotated[str | None, typer.Option(help="Per trade: 2% or `200 USDT`.")] = None,
    timezone: Annotated[str | None, typer.Option(help="E.g. Europe/Berlin.")] = None,
    at: At = None,
    json: Json = False,
    db: Db,
) -> None:
    """Add an account, or state more of one: what is left out stays.

    Example: journal account add main --currency USDT --equity 10000 --taker 0.1% --risk 2%
    """
    fees = [f"{kind} {rate}" for kind, rate in (("maker", maker), ("taker", taker)) if rate]
    details = {
        "currency": currency,
        "equity": equity,
        "fees": " ".join(fees) or None,
        "risk": None if risk is None else f"{risk} per trade",
        "timezone": timezone,
    }
    text = block(f"account {name_text(name)}", details)
    log_and_print(Typed(text, at=at), db, json=json)


def list_(*, json: Json = False, db: Db) -> None:
    """List the accounts; facts that name none belong to the first."""
    with Session(db, clock, readonly=True) as session:
        lines = list_accounts(session)
    if json:
        print_json(lines)
        return
    rows = [[line.account, *_cells(line)] for line in lines]
    print_table(["account", "currency", "equity", "timezone"], rows, "llrl")


def show(name: str, *, json: Json = False, db: Db) -> None:
    """Show what is stated of one account."""
    with Session(db, clock, readonly=True) as session:
        line = show_account(session, name)
    if json:
        print_json(line)
    else:
        print_lines(f"{key:<14} {_shown(value)}" for key, value in plain(line).items())


def _cells(line: AccountLine) -> list[str]:
    values = plain(line)
    return [_shown(values[key]) for key in ("currency", "equity", "timezone")]


def _shown(value: object) -> str:
    return "?" if value is None else str(value)
