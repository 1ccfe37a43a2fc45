"""A logged fill as a few lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from journal.reporting.layout import wrapped
from journal.reporting.readable import money, multiple, number
from journal.reporting.violation_text import violation_text
from journal.usecases.fill_report import FillReport
from journal.usecases.plan_left import PlanLeft


def report_lines(report: FillReport) -> Iterator[str]:
    """Return the fill, where it went, what it broke, and what is left of the plan."""
    fee = f", fee {report.fee} {report.fee_currency}" if report.fee else ", fee not known"
    yield from wrapped(
        f"{report.fill}  {report.side} {report.quantity} {report.instrument} @ {report.price}{fee}"
        f" ({report.account}, {report.at})"
    )
    yield from wrapped(_went_to(report), indent="  ")
    yield from wrapped(_position(report), indent="  ")
    if report.state == "open":
        yield from _left(report.plan, report.currency)
    for violation in report.violations:
        yield from violation_text(violation)


def _went_to(report: FillReport) -> str:
    parts = [f"{number(share.quantity)} in tranche {share.number}" for share in report.tranches]
    parts += [f"{number(share.quantity)} at exit {share.number}" for share in report.exits]
    if report.unplanned_quantity:
        parts.append(f"{number(report.unplanned_quantity)} unplanned")
    if report.protective_quantity:
        parts.append(f"{number(report.protective_quantity)} at the stop or the invalidation")
    if report.early_quantity:
        parts.append(f"{number(report.early_quantity)} before its target")
    plan = f"plan {report.plan.plan}" if report.plan.plan else "no plan"
    return "; ".join([plan, *parts])


def _position(report: FillReport) -> str:
    text = f"trade {report.trade} {report.direction}"
    if report.net_pnl is not None:
        text += f", realised {money(report.net_pnl, signed=True)} {report.currency}"
    if report.state == "closed":
        result = money(report.trade_net_pnl, signed=True)
        return f"{text}; closed: net {result} {report.currency} = {multiple(report.r_multiple)}"
    return f"{text}; position {number(report.position)}, average {number(report.average_entry)}"


def _left(left: PlanLeft, currency: str) -> Iterator[str]:
    stop = "none logged" if left.stop is None else number(left.stop)
    yield f"  stop {stop}, break-even {number(left.break_even)} {currency}"
    if left.plan is None:
        return
    upcoming = left.next_tranche
    text = "no tranche is open"
    if upcoming is not None:
        size, price = number(upcoming.quantity), number(upcoming.price)
        text = f"next: tranche {upcoming.number}, {size} @ {price}"
    yield f"  {text}; room to the maximum {number(left.room)} {left.room_unit}"
