"""The journal text: one plain notation for plans, tests, bug reports, export and import."""

from journal.domain.notation.format import format_events
from journal.domain.notation.known import Known
from journal.domain.notation.lexer import name_text, quoted
from journal.domain.notation.parse import parse, parse_all

__all__ = ["Known", "format_events", "name_text", "parse", "parse_all", "quoted"]
