"""`journal show`: one trade, planned beside made."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Db, Json, clock
from journal.cli.output import plain, print_json, print_lines
from journal.cli.pages import Locale, Open, Output, Pdf, put_page
from journal.cli.trade_sheet_text import sheet_lines
from journal.usecases.books import read_judgement
from journal.usecases.render_trade import trade_page
from journal.usecases.session import Session
from journal.usecases.show_trade import show_trade

Trade = Annotated[
    str, typer.Argument(help="T8, a plan, a symbol (its newest trade), or a violation's id.")
]


def show(
    trade: Trade,
    *,
    db: Db,
    output: Output = None,
    show_page: Open = False,
    pdf: Pdf = None,
    locale: Locale = None,
    json: Json = False,
) -> None:
    """Show a trade: the plan beside what was made of it, tranche by tranche.

    As text here; with --open, -o FILE or --pdf FILE as a page with the picture.

    Example: journal show T8 --open
    """
    with Session(db, clock) as session:
        judgement = read_judgement(session)
    if show_page or output is not None or pdf is not None:
        key, page = trade_page(judgement, trade, locale)
        put_page(page, output, f"trade-{key}", pdf=pdf, show=show_page)
        return
    sheet = show_trade(judgement, trade)
    if json:
        found = plain(sheet)
        print_json(found.pop("trade") | found)
    else:
        print_lines(sheet_lines(sheet))
