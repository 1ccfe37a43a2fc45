"""Bybit's exports without fills: recognised, and refused with the one to fetch."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import run

from journal.domain.errors import InputError
from journal.importers.importer import choose
from journal.importers.registry import IMPORTERS
from journal.importers.source import SourceFile

_CLOSED_NEW = (
    "Market,Order Quantity,Entry Price,Exit Price,Opening Fee,Closing Fee,Funding Fee,"
    "cumClosedPzOpenFeeInfo,cumClosedPzTradeFeeInfo,Trade Type,Realized P&L,Trade time\n"
    'SUIUSDT,40,3.3,3.1,0.07,0.07,0.01,"{""USDT"":""0.07""}","{""USDT"":""0.07""}",Trade,-8.15,'
    "09:45 2026-02-24\n"
)
_CLOSED_OLD = (
    "Contracts,Closing Direction,Qty,Entry Price,Exit Price,Closed P&L,Exit Type,Trade Time,"
    "Order No.,Create Time\n"
)
_FUNDING_ACCOUNT = (
    "UID: 7,Company Name: ,Country: \n"
    "Uid,Date & Time(UTC),Coin,QTY,Type,Account Balance,Description\n"
)
_DERIVATIVES = (
    "Time,Currency,Contract,Type,Direction,Quantity,Position,Filled Price,Funding,Fee Paid,"
    "Cash Flow,Change,Wallet Balance,Fee Rate,Trade ID,Order ID\n"
)
_CLOSED_ANSWER = (
    '{"list": [{"avgEntryPrice": "1", "avgExitPrice": "2", "closedPnl": "1",'
    ' "openFee": "0", "cumEntryValue": "1"}]}'
)
_ORDERS_ANSWER = (
    '{"list": [{"orderStatus": "Filled", "cumExecQty": "1", "cumExecValue": "1",'
    ' "cumExecFee": "0", "avgPrice": "1"}]}'
)


@pytest.mark.parametrize(
    ("text", "what", "instead"),
    [
        (_CLOSED_NEW, "Closed P&L export", "Trade History instead: Orders"),
        (_CLOSED_OLD, "Closed P&L export", "Trade History instead: Orders"),
        (_FUNDING_ACCOUNT, "log of the Funding Account", "Unified Trading Account instead"),
        (_DERIVATIVES, "old log of the Derivatives Account", "Trade History instead: Orders"),
        (_CLOSED_ANSWER, "answer on closed P&L", "/v5/execution/list"),
        (_ORDERS_ANSWER, "answer on orders", "/v5/execution/list"),
    ],
)
def test_an_export_without_fills_is_named_with_the_one_to_fetch(
    text: str, what: str, instead: str
) -> None:
    with pytest.raises(InputError, match=what) as refused:
        choose(SourceFile("file", text.encode()), IMPORTERS)
    assert instead in (refused.value.hint or "")


@pytest.mark.parametrize(
    "name", ["closed_pnl_old_2025_partial_closes.csv", "funding_account_log_eu_2026.csv"]
)
def test_real_files_without_fills_import_nothing(shared: Path, tmp_path: Path, name: str) -> None:
    ran = run("import", shared / "exports" / "bybit" / name, "--db", tmp_path / "journal.db")
    assert ran.code != 0
    assert "this is Bybit's" in ran.err
    assert "instead" in ran.err
