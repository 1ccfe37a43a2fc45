"""`journal stop`: the stop order in force from now on."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.logged import log_and_print
from journal.cli.options import Account, At, Db, Json, Tag
from journal.usecases.typed import Typed


def stop(
    words: Annotated[
        list[str], typer.Argument(metavar="PLAN|SYMBOL [long|short] PRICE|none", show_default=False)
    ],
    *,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Log the stop order in force from now on; `none` where it was removed.

    Example: journal stop BTC-USDT 98.2
    """
    typed = Typed(f"stop {' '.join(words)}", account, at, tuple(tag or ()))
    log_and_print(typed, db, json=json)
