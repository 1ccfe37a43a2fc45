"""The trades of the stretch, a line each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from journal.book.keys import trade_key
from journal.reporting.blocks import Cell, Link, Section, Table, Text, Tone
from journal.reporting.ladders import pictured
from journal.reporting.readable import UNKNOWN
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
    broken = Counter(each.trade for each in report.review.violations)
    table = Table(
        ("trade", "instrument", "net", "R", "breaches", "side", "opened", "closed"),
        tuple(_row(report, each, drawn, broken[each.trade]) for each in trades[:SHOWN]),
        "llrrrlll",
        drop=("opened", "side"),
    )
    notes = list(_notes(report, trades))
    return Section("trades", "Trades", (table, *(Text(note, Tone.QUIET) for note in notes)))


def _notes(report: Report, trades: Sequence[TradeLine]) -> Iterator[str]:
    """Yield what the table leaves out, and why its nets may not add up to the stretch's."""
    begin, end, label = report.stretch.since, report.stretch.until, report.review.label
    if any(
        trade.opened_at < begin or trade.closed_at is None or trade.closed_at >= end
        for trade in trades
    ):
        yield (
            f"Net and R are of whole trades to date, fees paid so far included; "
            f"P&L by day has what {label} booked."
        )
    if any(trade.r_multiple is None for trade in trades):
        yield f"{UNKNOWN} is not known: without a planned risk a trade has no R."
    if len(trades) > SHOWN:
        yield f"{len(trades) - SHOWN} more: `journal trades` lists them."


def _row(report: Report, trade: TradeLine, drawn: set[str], broken: int) -> tuple[Cell, ...]:
    """Return a trade's line; `broken` are its breaches within the stretch, as listed above it."""
    words = report.words
    return (
        Link(trade.trade, trade.trade) if trade.trade in drawn else trade.trade,
        trade.instrument,
        words.money(trade.net_pnl, trade.currency, signed=True),
        words.multiple(trade.r_multiple),
        str(broken or ""),
        trade.direction,
        words.minute(trade.opened_at)[5:],
        "open" if trade.closed_at is None else words.minute(trade.closed_at)[5:],
    )
