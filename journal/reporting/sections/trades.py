"""The trades of the stretch, a line each."""

from __future__ import annotations

from journal.book.keys import trade_key
from journal.reporting.blocks import Cell, Link, Section, Table, Text, Tone
from journal.reporting.ladders import pictured
from journal.reporting.report import Report
from journal.reporting.trade_lines import TradeLine

SHOWN = 100
"""More trades than this are counted, not listed; `journal trades` lists all."""


def section(report: Report) -> Section | None:
    """List the trades in order of opening."""
    trades = report.review.trades
    if not trades:
        return None
    drawn = {trade_key(report.book, trade) for trade in pictured(report)}
    table = Table(
        ("trade", "instrument", "side", "opened", "closed", "net", "R", "breaches"),
        tuple(_row(report, each, drawn) for each in trades[:SHOWN]),
        "lllllrrr",
        drop=("closed", "side"),
    )
    if len(trades) <= SHOWN:
        return Section("trades", "Trades", (table,))
    more = Text(f"{len(trades) - SHOWN} more: `journal trades` lists them.", Tone.QUIET)
    return Section("trades", "Trades", (table, more))


def _row(report: Report, trade: TradeLine, drawn: set[str]) -> tuple[Cell, ...]:
    words = report.words
    return (
        Link(trade.trade, trade.trade) if trade.trade in drawn else trade.trade,
        trade.instrument,
        trade.direction,
        words.minute(trade.opened_at)[5:],
        "open" if trade.closed_at is None else words.minute(trade.closed_at)[5:],
        words.money(trade.net_pnl, trade.currency, signed=True),
        words.multiple(trade.r_multiple),
        str(trade.violations or ""),
    )
