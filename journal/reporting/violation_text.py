"""One violation as text: what, when, and what it cost."""

from __future__ import annotations

from journal.reporting.layout import wrapped
from journal.reporting.readable import minute, money
from journal.reporting.violation_lines import ViolationLine


def violation_text(violation: ViolationLine) -> list[str]:
    """Return a violation's lines: code, severity and time, then the message and the cost."""
    head = f"{violation.id}  {violation.severity}  {minute(violation.at)}"
    cost = f"; {cost_text(violation)}" if violation.has_cost else ""
    lines = wrapped(violation.message + cost, indent="    ")
    if violation.waived is not None:
        lines += wrapped(f"waived: {violation.waived}", indent="    ")
    return [f"  {head}", *lines]


def cost_text(violation: ViolationLine) -> str:
    """Say what a violation cost; a negative cost is luck, a memo is not added to anything."""
    if violation.cost is None:
        return "cost not known"
    text = f"cost {money(violation.cost, signed=True)} {violation.currency}"
    if violation.cost_r is not None:
        text += f" ({violation.cost_r:+.2f}R)"
    if violation.cost < 0:
        text += " (lucky)"
    return f"{text}, memo" if violation.memo else text
