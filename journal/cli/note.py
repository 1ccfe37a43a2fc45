"""`journal note`: words about a trade."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.logged import log_and_print
from journal.cli.options import Account, At, Db, Json, Tag
from journal.domain.notation import quoted
from journal.usecases.typed import Typed


def note(
    words: Annotated[
        list[str], typer.Argument(metavar="PLAN|SYMBOL [long|short]|TRADE TEXT", show_default=False)
    ],
    *,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Write a note about a trade; with --tag exit it is the reason of an early exit.

    A trade that is over goes by its key: journal note T12 "should have waited".

    Example: journal note BTC-USDT "wanted to sell it all" --tag fomo
    """
    *name, text = words
    typed = Typed(f"note {' '.join(name)} {quoted(text)}", account, at, tuple(tag or ()))
    log_and_print(typed, db, json=json)
