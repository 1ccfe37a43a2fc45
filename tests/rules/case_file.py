"""Case files: journal texts with the verdicts one rule must give on them.

    === title
    as of TIME                         (optional)
    journal text
    ---
    SUBJECT VERDICT [with SUBJECT] [cost N] [memo] [cost_r N] [evidence NAME VALUE]
        [message "TEXT"]

What stands above the first title comes before every case's text. A subject is the journal's own
key (`F2`, `T1`, `P1.1`, `K1`); a code in front of it asks another rule. `with F2` says that the
violation is listed under F2, the first broken part of the order group. `cost unknown` is None,
`evidence NAME none` too; a `memo` cost is shown and never added.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from journal_text import AS_OF

from journal.domain.moment import Moment

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Expectation:
    """What one line says of one subject."""

    line: str
    code: str
    subject: str
    verdict: str
    listed_as: str
    cost: str | None = None
    cost_r: str | None = None
    is_memo: bool = False
    messages: tuple[str, ...] = ()
    evidence: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A journal text and everything expected of a rule on it."""

    code: str
    title: str
    text: str
    as_of: datetime
    expected: tuple[Expectation, ...]


def read_cases(code: str) -> Iterator[Case]:
    """Return the cases of a rule's file."""
    common, *cases = (FOLDER / f"{code}.txt").read_text().split("\n=== ")
    for case in cases:
        head, expectations = case.split("\n---\n")
        title, text = head.split("\n", 1)
        as_of = AS_OF
        if text.startswith("as of "):
            time, text = text.split("\n", 1)
            as_of = Moment.parse(time.removeprefix("as of ")).at.astimezone(UTC)
        lines = [line for line in expectations.splitlines() if line.strip()]
        yield Case(
            code,
            title,
            f"{common}\n{text}\n",
            as_of,
            tuple(read_expectation(code, line) for line in lines),
        )


def read_expectation(code: str, line: str) -> Expectation:
    """Read one line below the dashes."""
    words = shlex.split(line)
    if words[0][-3:].isdigit() and words[0][0].isupper() and len(words[0]) > 6:
        code = words.pop(0)
    subject, verdict, *options = words
    found = {"with": subject}
    evidence, messages, is_memo = {}, [], False
    options.reverse()
    while options:
        name = options.pop()
        if name == "evidence":
            key = options.pop()
            evidence[key] = options.pop()
        elif name == "message":
            messages.append(options.pop())
        elif name == "memo":
            is_memo = True
        else:
            found[name] = options.pop()
    return Expectation(
        line, code, subject, verdict, found.pop("with"), messages=tuple(messages),
        evidence=evidence, is_memo=is_memo, **found,
    )  # fmt: skip
