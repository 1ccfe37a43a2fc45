"""A rule's page: its docstring cut at the headings that every page has."""

from __future__ import annotations

from dataclasses import dataclass
from textwrap import dedent

HEADINGS = ("What it flags", "Why it matters", "Breaks", "Keeps")


@dataclass(frozen=True, slots=True)
class Page:
    """What a rule flags and why, and journal texts that break and keep it."""

    summary: str
    flags: str
    why: str
    breaks: str
    keeps: str


def read_page(doc: str) -> Page:
    """Cut a rule's docstring into its sections; a page without all of them, in order, is a bug."""
    summary, *sections = _cut(doc)
    headings = tuple(section[0] for section in sections)
    if headings != HEADINGS:
        msg = f"{summary[0]!r} has {headings}, not {HEADINGS}"
        raise ValueError(msg)
    return Page(summary[0], *(dedent("\n".join(lines)).strip() + "\n" for _, *lines in sections))


def _cut(doc: str) -> list[list[str]]:
    """Return runs of lines, each begun by one that is not indented."""
    runs: list[list[str]] = []
    for line in doc.strip().splitlines():
        if line and not line[0].isspace():
            runs.append([line])
        else:
            runs[-1].append(line)
    return runs
