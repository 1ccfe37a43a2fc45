"""`journal instrument`: declare, list and show instruments."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.composing import block
from journal.cli.lazy import Command, lazy
from journal.cli.logged import log_and_print
from journal.cli.options import At, Db, Json, clock
from journal.cli.output import plain, print_json, print_lines, print_table
from journal.domain.instrument import Kind
from journal.usecases.listings import list_instruments, show_instrument
from journal.usecases.session import Session
from journal.usecases.typed import Typed

_COMMANDS = {
    "add": Command("journal.cli.instrument:add", "Declare an instrument, or more of one."),
    "list": Command("journal.cli.instrument:list_", "List the instruments."),
    "show": Command("journal.cli.instrument:show", "Show one instrument."),
}


app = typer.Typer(
    cls=lazy(_COMMANDS), rich_markup_mode=None, add_completion=False, no_args_is_help=True
)


@app.callback()
def group() -> None:
    """Declare, list and show instruments."""


def add(  # noqa: PLR0913 - what an instrument is
    symbol: str,
    *,
    kind: Annotated[Kind | None, typer.Option(help="spot, linear or inverse.")] = None,
    base: Annotated[str | None, typer.Option(help="What is traded, e.g. BTC.")] = None,
    quote: Annotated[str | None, typer.Option(help="What it is priced in, e.g. USDT.")] = None,
    multiplier: Annotated[str | None, typer.Option(help="Base units per contract.")] = None,
    lot: Annotated[str | None, typer.Option(help="The smallest step of quantity.")] = None,
    tick: Annotated[str | None, typer.Option(help="The smallest step of price.")] = None,
    mmr: Annotated[str | None, typer.Option(help="Maintenance margin, e.g. 0.5%.")] = None,
    at: At = None,
    json: Json = False,
    db: Db,
) -> None:
    """Declare an instrument, or state more of one; the symbol tells the rest.

    Example: journal instrument add BTC-USDT-SWAP --multiplier 0.01 --mmr 0.5%
    """
    details = {
        "kind": None if kind is None else kind.value,
        "base": base,
        "quote": quote,
        "multiplier": multiplier,
        "lot": lot,
        "tick": tick,
        "mmr": mmr,
    }
    log_and_print(Typed(block(f"instrument {symbol}", details), at=at), db, json=json)


def list_(*, json: Json = False, db: Db) -> None:
    """List every instrument declared or traded."""
    with Session(db, clock, readonly=True) as session:
        found = list_instruments(session)
    if json:
        print_json(found)
        return
    rows = [
        [_shown(values[key]) for key in ("symbol", "kind", "base", "quote", "multiplier", "tick")]
        for values in map(plain, found)
    ]
    print_table(["symbol", "kind", "base", "quote", "multiplier", "tick"], rows, "llllrr")


def show(symbol: str, *, json: Json = False, db: Db) -> None:
    """Show one instrument: as declared, else as its symbol says."""
    with Session(db, clock, readonly=True) as session:
        found = show_instrument(session, symbol)
    if json:
        print_json(found)
    else:
        print_lines(f"{key:<18} {_shown(value)}" for key, value in plain(found).items())


def _shown(value: object) -> str:
    return "?" if value is None else str(value)
