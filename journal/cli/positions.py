"""`journal positions`: what is held now."""

from __future__ import annotations

from journal.cli.options import Account, Db, Instrument, Json, clock
from journal.cli.output import print_json, print_table
from journal.reporting.readable import money, number
from journal.usecases.books import read_book
from journal.usecases.list_positions import PositionLine, list_positions
from journal.usecases.selection import Selection
from journal.usecases.session import Session

_HEADERS = ["trade", "instrument", "held", "average", "exposure", "at", "unrealised"]
_HEADERS += ["stop", "invalid.", "even"]


def positions(
    *, db: Db, account: Account = None, instrument: Instrument = None, json: Json = False
) -> None:
    """List what is held: exposure and result at the last known price, stop, break-even.

    Example: journal positions --account okx-main
    """
    with Session(db, clock) as session:
        book = read_book(session)
    found = list_positions(book, Selection(account, instrument))
    if json:
        print_json(found)
    else:
        print_table(_HEADERS, [_row(each) for each in found], "llrrrrrrrr", drop=["at", "even"])


def _row(position: PositionLine) -> list[str]:
    return [
        position.trade,
        position.instrument,
        number(position.quantity),
        number(position.average_entry),
        money(position.exposure),
        number(position.mark),
        money(position.unrealised_pnl, signed=True),
        "none" if position.stop is None else number(position.stop),
        "none" if position.invalidation is None else number(position.invalidation),
        number(position.break_even),
    ]
