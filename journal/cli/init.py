"""`journal init`: a new journal."""

from __future__ import annotations

from journal.cli.options import Db, Json
from journal.cli.output import print_json, print_lines
from journal.usecases.init_journal import init_journal


def init(*, db: Db, json: Json = False) -> None:
    """Make a new journal.

    Its folder is made if needed. Next: `journal account add main --currency USDT --equity 10000
    --taker 0.1% --risk 2%`.

    Example: journal init --db trading.db
    """
    path = init_journal(db)
    if json:
        print_json({"journal": str(path)})
    else:
        print_lines([f"a new journal lies in {path}"])
