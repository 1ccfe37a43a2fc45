"""`journal status`: the moment before a click."""

from __future__ import annotations

from journal.cli.options import Account, Db, Json, clock
from journal.cli.output import print_json, print_lines
from journal.cli.status_text import status_lines
from journal.usecases.books import read_book
from journal.usecases.session import Session
from journal.usecases.status import status as read_status


def status(*, db: Db, account: Account = None, json: Json = False) -> None:
    """Say what is open, what is due, and whether another trade is allowed; exit code 0 both ways.

    Example: journal status --account okx-main
    """
    with Session(db, clock) as session:
        found = read_status(read_book(session), account)
    if json:
        print_json(found)
    else:
        print_lines(status_lines(found))
