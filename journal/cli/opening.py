"""`journal opening`: what was held before the journal began."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.logged import log_and_print
from journal.cli.options import Account, At, Db, Json, Tag
from journal.domain.plan import Direction
from journal.usecases.typed import Typed


def opening(
    words: Annotated[
        list[str], typer.Argument(metavar="SYMBOL QUANTITY [@ PRICE]", show_default=False)
    ],
    *,
    position: Annotated[Direction | None, typer.Option(help="Its side in hedge mode.")] = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Log a balance from before the journal; a short one is negative.

    Date it before the fills that follow it. Without its price, which is the average of what was
    paid, the result of that trade stays unknown.

    Example: journal opening BTC-USDT 0.5 @ 42000 --at 2026-01-01
    """
    text = f"opening {' '.join(words)}"
    text += "" if position is None else f" position {position}"
    log_and_print(Typed(text, account, at, tuple(tag or ())), db, json=json)
