"""`journal fill`: log a fill, judge it, say what is left of the plan."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.fill_text import report_lines
from journal.cli.options import Account, At, Db, Json, Tag, clock
from journal.cli.output import print_json, print_lines
from journal.domain.fill import Liquidity
from journal.domain.notation import name_text
from journal.domain.plan import Direction
from journal.usecases.fill_report import fill_report
from journal.usecases.log_fill import log_fill
from journal.usecases.session import Session
from journal.usecases.typed import Typed


def fill(  # noqa: PLR0913 - the options of a fill
    words: Annotated[
        list[str],
        typer.Argument(metavar="SYMBOL buy|sell QUANTITY @ PRICE", show_default=False),
    ],
    *,
    fee: Annotated[str | None, typer.Option(help="What was charged, e.g. 0.3usdt.")] = None,
    tranche: Annotated[int | None, typer.Option(help="The tranche it was meant for.")] = None,
    venue_id: Annotated[str | None, typer.Option("--id", help="The venue's id of it.")] = None,
    order: Annotated[str | None, typer.Option(help="The venue's id of its order.")] = None,
    maker: Annotated[
        bool | None, typer.Option("--maker/--taker", show_default=False, help="Rested or took.")
    ] = None,
    position: Annotated[Direction | None, typer.Option(help="Its side in hedge mode.")] = None,
    note: Annotated[str | None, typer.Option(help="A note about it.")] = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Log a fill and judge it at once.

    The words are read as in journal text; exit code 0 even if a rule was broken.

    Example: journal fill BTC-USDT buy 3 @ 100 --fee 0.3usdt --at 14:30
    """
    liquidity = {None: "", True: f" {Liquidity.MAKER}", False: f" {Liquidity.TAKER}"}[maker]
    text = f"fill {' '.join(words)}" + liquidity
    text += "" if fee is None else f" fee {fee}"
    text += "" if venue_id is None else f" id {name_text(venue_id)}"
    text += "" if order is None else f" order {name_text(order)}"
    text += "" if tranche is None else f" tranche {tranche}"
    text += "" if position is None else f" position {position}"
    typed = Typed(text, account, at, tuple(tag or ()))
    with Session(db, clock) as session:
        report = fill_report(log_fill(session, typed, note))
    if json:
        print_json(report)
    else:
        print_lines(report_lines(report))
