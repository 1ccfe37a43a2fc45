"""`journal fills`: every fill and what it did."""

from __future__ import annotations

from journal.cli.options import Account, Db, Instrument, Json, Since, clock
from journal.cli.output import print_json, print_table
from journal.reporting.readable import minute_or_date, money, number
from journal.usecases.books import read_book
from journal.usecases.list_fills import FillLine, list_fills
from journal.usecases.selection import Selection, instant_of
from journal.usecases.session import Session

_HEADERS = ["fill", "trade", "time (UTC)", "instrument", "side", "quantity", "price"]
_HEADERS += ["for", "held", "average", "net"]


def fills(
    *,
    db: Db,
    account: Account = None,
    instrument: Instrument = None,
    since: Since = None,
    json: Json = False,
) -> None:
    """List fills: trade, tranche, position, average entry, result.

    Example: journal fills --instrument BTC-USDT --since 2026-10-01
    """
    with Session(db, clock) as session:
        book = read_book(session)
    selection = Selection(account, instrument, instant_of(book, since, account))
    found = list_fills(book, selection)
    if json:
        print_json(found)
    else:
        drop = ["trade", "average", "side", "held", "for"]
        print_table(_HEADERS, [_row(fill) for fill in found], "lllllrrlrrr", drop=drop)


def _row(fill: FillLine) -> list[str]:
    return [
        fill.id,
        fill.trade,
        minute_or_date(fill.at, fill.filled_on)[2:],
        fill.instrument,
        fill.side,
        number(fill.quantity),
        number(fill.price),
        purpose(fill),
        number(fill.position_after),
        number(fill.average_entry_after) if fill.position_after else "",
        "" if fill.is_entry else money(fill.realised_net, signed=True),
    ]


def purpose(fill: FillLine) -> str:
    """Say which tranche or exit a fill was for, or what else it was."""
    if fill.is_entry:
        planned = f"enter {fill.tranche}" if fill.tranche else ""
        unplanned = "unplanned" if fill.unplanned_quantity else ""
        return " + ".join(part for part in (planned, unplanned) if part)
    return f"exit {fill.target}" if fill.exit_as == "target" else fill.exit_as or ""
