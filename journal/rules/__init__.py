"""The rules, one file each; a file's docstring is its page, and its examples run as tests."""

from __future__ import annotations

from journal.book.verdicts import RuleModule
from journal.rules import (
    exit401,
    plan101,
    plan105,
    risk202,
    scale301,
    stop501,
)

RULES: tuple[RuleModule, ...] = (
    plan101,
    plan105,
    risk202,
    scale301,
    exit401,
    stop501,
)
