"""`journal trades`: every trade with its result."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.options import Account, Db, Instrument, Json, Since, clock
from journal.cli.output import print_json, print_table
from journal.reporting.readable import day, money, multiple, number
from journal.reporting.trade_lines import TradeLine
from journal.usecases.books import read_judgement
from journal.usecases.list_trades import list_trades
from journal.usecases.selection import Selection, instant_of
from journal.usecases.session import Session

_HEADERS = ["trade", "opened", "closed", "instrument", "side", "quantity", "entry", "exit"]
_HEADERS += ["net", "R", "plan", "breaches"]


def trades(
    *,
    db: Db,
    account: Account = None,
    instrument: Instrument = None,
    since: Since = None,
    open_only: Annotated[bool, typer.Option("--open", help="Open trades only.")] = False,
    json: Json = False,
) -> None:
    """List trades from flat to flat: averages, net P&L, R, breaches.

    Example: journal trades --open
    """
    with Session(db, clock) as session:
        judgement = read_judgement(session)
    selection = Selection(account, instrument, instant_of(judgement.book, since, account))
    found = list_trades(judgement, selection, open_only=open_only)
    if json:
        print_json(found)
    else:
        drop = ["closed", "quantity", "exit", "entry", "plan"]
        print_table(_HEADERS, [_row(trade) for trade in found], "lllllrrrrrlr", drop=drop)


def _row(trade: TradeLine) -> list[str]:
    return [
        trade.trade,
        day(trade.opened_at),
        "open" if trade.closed_at is None else day(trade.closed_at),
        trade.instrument,
        trade.direction,
        number(trade.quantity),
        number(trade.average_entry),
        "" if trade.average_exit is None else number(trade.average_exit),
        f"{money(trade.net_pnl, signed=True)} {trade.currency}",
        multiple(trade.r_multiple),
        trade.plan or "none",
        str(trade.violations or ""),
    ]
