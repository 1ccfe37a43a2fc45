"""`journal skip`: an entry tranche given up in writing."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.logged import log_and_print
from journal.cli.options import Account, At, Db, Json, Tag, Why
from journal.domain.notation import quoted
from journal.usecases.typed import Typed


def skip(
    words: Annotated[
        list[str], typer.Argument(metavar="PLAN|SYMBOL [long|short] TRANCHE", show_default=False)
    ],
    *,
    why: Why = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Give up an entry tranche in writing, before the price gets there.

    Example: journal skip BTC-USDT 3 --why "lost the weekly level"
    """
    *name, number = words
    reason = "" if why is None else f" {quoted(why)}"
    text = f"skip {' '.join(name)} tranche {number}{reason}"
    log_and_print(Typed(text, account, at, tuple(tag or ())), db, json=json)
