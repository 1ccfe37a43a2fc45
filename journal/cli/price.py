"""`journal price`: a price known at a time."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.logged import log_and_print
from journal.cli.options import At, Db, Json
from journal.usecases.typed import Typed


def price(
    words: Annotated[list[str], typer.Argument(metavar="SYMBOL PRICE", show_default=False)],
    *,
    at: At = None,
    json: Json = False,
    db: Db,
) -> None:
    """Log a known price: for open positions, and for fees paid in a third coin.

    Example: journal price BNB-USDT 612.4
    """
    log_and_print(Typed(f"price {' '.join(words)}", at=at), db, json=json)
