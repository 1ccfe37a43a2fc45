"""What is said of earlier facts and verdicts: `void` and `waive`, read and written."""

from __future__ import annotations

from journal.domain.event import Void, Waiver
from journal.domain.notation.header import KINDS
from journal.domain.notation.known import Scope
from journal.domain.notation.lexer import name_text, quoted
from journal.domain.notation.words import Words


def read_void(words: Words, _scope: Scope) -> Void:
    """Read `void KIND NUMBER ["reason"]`."""
    kind = words.choice(KINDS, "kind of fact")
    return Void(kind, words.whole("number"), words.optional_text())


def read_waiver(words: Words, _scope: Scope) -> Waiver:
    """Read `waive VIOLATION "reason"`."""
    return Waiver(words.name("violation"), words.text("reason"))


def write_void(void: Void) -> str:
    """Write a void's header arguments."""
    reason = f" {quoted(void.reason)}" if void.reason is not None else ""
    return f"{void.kind} {void.number}{reason}"


def write_waiver(waiver: Waiver) -> str:
    """Write a waiver's header arguments."""
    return f"{name_text(waiver.violation)} {quoted(waiver.reason)}"
