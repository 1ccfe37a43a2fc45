"""One violation as text: what was broken, and what it cost; one line where it fits."""

from __future__ import annotations

from journal.reporting.layout import wrapped
from journal.reporting.violation_lines import ViolationLine
from journal.reporting.words import Words

_PROGRAM = Words()


def violation_text(violation: ViolationLine, id_width: int = 0) -> list[str]:
    """Return a violation's lines: id and severity, message, cost, what became of it."""
    said = [f"{violation.id:<{id_width}}  {violation.severity:<8}  {violation.message}"]
    if violation.has_cost:
        said.append(cost_text(violation))
    text = "; ".join(said)
    if violation.withdrawn:
        text += " (withdrawn)"
    if violation.waived is not None:
        text += f" (waived: {violation.waived})"
    return wrapped(text, indent="  ", hanging="    ")


def notes_on(violation: ViolationLine, words: Words) -> tuple[str, ...]:
    """Return what is said below a violation: its cost, and what became of it."""
    notes = [cost_text(violation, words)] if violation.has_cost else []
    if violation.withdrawn:
        notes.append("withdrawn: the fact was taken back too late")
    if violation.waived is not None:
        notes.append(f"waived: {violation.waived}")
    return tuple(notes)


def cost_text(violation: ViolationLine, words: Words = _PROGRAM) -> str:
    """Say what a violation cost; a negative cost is luck, a memo is not added to anything."""
    if violation.cost is None:
        return "cost not known"
    notes = [] if violation.cost_r is None else [words.marked(f"{violation.cost_r:.2f}R")]
    notes += ["lucky"] if violation.cost < 0 else []
    notes += ["memo"] if violation.memo else []
    if owners := violation.evidence.get("owned_by"):
        if not violation.cost:
            return f"cost owned by {owners}"
        notes.append(f"the rest owned by {owners}")
    aside = f" ({', '.join(notes)})" if notes else ""
    return f"cost {words.money(violation.cost, violation.currency)}{aside}"
