"""`journal show`: one trade, planned beside made."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json, clock
from journal.cli.output import plain, print_json, print_lines
from journal.cli.trade_sheet_text import sheet_lines
from journal.usecases.books import read_judgement
from journal.usecases.session import Session
from journal.usecases.show_trade import show_trade

Trade = Annotated[
    str, typer.Argument(help="T8, a plan, a symbol (its newest trade), or a violation's id.")
]


def show(trade: Trade, *, db: Db, json: Json = False) -> None:
    """Show a trade: the plan beside what was made of it, tranche by tranche.

    Example: journal show T8
    """
    with Session(db, clock) as session:
        sheet = show_trade(read_judgement(session), trade)
    if json:
        found = plain(sheet)
        print_json(found.pop("trade") | found)
    else:
        print_lines(sheet_lines(sheet))
