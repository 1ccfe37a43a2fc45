"""A review as plain text: the paragraph, the four figures, trades, days, verdicts, breaches."""

from __future__ import annotations

from collections.abc import Iterator

from journal.book.statistics import FEW
from journal.reporting.layout import WIDTH, labelled, table, wrapped
from journal.reporting.readable import minute, money, multiple, rate
from journal.reporting.review import CurrencyBlock, Review
from journal.reporting.statistics_text import (
    between,
    cost_lines,
    rule_table,
    score_text,
    share_text,
    split_lines,
)
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.violation_text import cost_text

_INDENT = "  "
_INSIDE = WIDTH - len(_INDENT)
_BAR = 24


def review_lines(review: Review) -> Iterator[str]:
    """Return a review's lines."""
    whose = f", {review.account}" if review.account else ""
    yield f"Review of {review.label}{whose}  (days in {review.zone})"
    yield ""
    yield from wrapped(_paragraph(review))
    yield ""
    yield from _figures(review)
    for title, lines in (
        ("Trades", _trades(review)),
        ("P&L by day", _days(review)),
        ("Results by discipline", _split(review)),
        ("Rules", rule_table(review.statistics, _INSIDE)),
        ("Breaches", _breaches(review)),
    ):
        if lines:
            yield ""
            yield title
            yield from (_INDENT + line for line in lines)


def _paragraph(review: Review) -> str:
    count = len(review.trades)
    if not count:
        return "Nothing was traded."
    closed = sum(block.closed for block in review.blocks)
    won = sum(block.won for block in review.blocks)
    broken = {violation.trade for violation in review.violations} - {None}
    clean = count - len(broken & {trade.trade for trade in review.trades})
    worst = _worst(review.violations)
    return (
        f"{_plural(count, 'trade')}, {closed} closed, {won} of them with a profit. "
        f"{clean} of {count} without a breach. "
        + (f"The dearest breach was {worst}." if worst else "No breach cost money as far as known.")
    )


def _worst(violations: list[ViolationLine]) -> str | None:
    """Name the breach that cost most; costs of different currencies are compared in R."""
    dear = [
        each for each in violations if each.cost is not None and each.cost > 0 and not each.memo
    ]
    if not dear:
        return None
    one_currency = len({each.currency for each in dear}) == 1
    worst = max(dear, key=lambda each: (each.cost if one_currency else each.cost_r) or 0.0)
    return f"{worst.name} ({worst.id}): {money(worst.cost)} {worst.currency}"


def _figures(review: Review) -> Iterator[str]:
    rates, found = review.adherence, review.statistics
    if len(review.trades) < FEW:
        yield from labelled("adherence", f"too few trades (n = {len(review.trades)})")
    else:
        kept = f"rules kept {rate(rates.kept, rates.kept + rates.broken)}"
        interval = f"95% interval {between(rates.interval)}"
        yield from labelled("adherence", f"{kept}, {interval}; {rates.unknown} not known")
    yield from labelled("score", score_text(found.total))
    yield from labelled("clean trades", share_text(found.discipline.clean))
    for block in review.blocks:
        yield from labelled("net P&L", _result(block))
    yield from labelled("violations", str(len(review.violations)))
    yield from cost_lines(found)


def _result(block: CurrencyBlock) -> str:
    text = f"{money(block.net_pnl, signed=True)} {block.currency}"
    if block.r_trades:
        text += f", {multiple(block.r_total)} over {_plural(block.r_trades, 'closed trade')}"
    if block.closed >= FEW:
        text += f", won {rate(block.won, block.closed - block.results_unknown)}"
    elif block.closed:
        text += f", win rate: too few (n = {block.closed})"
    return text


def _trades(review: Review) -> list[str]:
    rows = [
        [
            trade.trade,
            trade.instrument,
            trade.direction,
            minute(trade.opened_at)[5:],
            "open" if trade.closed_at is None else minute(trade.closed_at)[5:],
            f"{money(trade.net_pnl, signed=True)} {trade.currency}",
            multiple(trade.r_multiple),
            str(trade.violations or ""),
        ]
        for trade in review.trades
    ]
    headers = ["trade", "instrument", "side", "opened", "closed", "net", "R", "breaches"]
    drop = ["closed", "side"]
    return table(headers, rows, "lllllrrr", drop=drop, width=_INSIDE) if rows else []


def _days(review: Review) -> list[str]:
    """Return each day's result with a bar in proportion to the largest of its currency."""
    lines = []
    for block in review.blocks:
        largest = max((abs(day.net_pnl or 0.0) for day in block.days), default=0.0)
        for day in block.days:
            size = round(_BAR * abs(day.net_pnl or 0.0) / largest) if largest else 0
            bar = ("+" if (day.net_pnl or 0.0) > 0 else "-") * size
            lines.append(
                f"{day.day:%a %Y-%m-%d} {money(day.net_pnl, signed=True):>12} "
                f"{block.currency:<5} {bar}".rstrip()
            )
    return lines


def _split(review: Review) -> list[str]:
    split = review.statistics.split
    known = split.clean.trades + split.breached.trades
    return split_lines(split, _INSIDE) if known else []


def _breaches(review: Review) -> list[str]:
    lines = []
    for violation in review.violations:
        cost = f"  {cost_text(violation)}" if violation.has_cost else ""
        lines.append(f"{violation.id}  {violation.name}{cost}")
        withdrawn = " (withdrawn)" if violation.withdrawn else ""
        lines += wrapped(violation.message + withdrawn, indent=_INDENT, width=_INSIDE)
        if violation.waived is not None:
            lines += wrapped(f"waived: {violation.waived}", indent=_INDENT, width=_INSIDE)
    return lines


def _plural(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
