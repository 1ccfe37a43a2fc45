"""`journal check`: the linter."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.check_text import report_lines, summary
from journal.cli.options import Db, Json, Since, clock
from journal.cli.output import print_json, print_lines, say
from journal.usecases.books import read_judgement
from journal.usecases.check import By, Question
from journal.usecases.check import check as answer
from journal.usecases.selection import instant_of
from journal.usecases.session import Session

Trade = Annotated[str | None, typer.Argument(help="One trade: T8, a plan or a symbol.")]
Codes = Annotated[
    list[str] | None,
    typer.Option("--select", help="Only this rule or family (SCALE301, SCALE); may be repeated."),
]
Ignored = Annotated[
    list[str] | None, typer.Option("--ignore", help="Without this rule or family; the same.")
]
Counted = Annotated[
    bool,
    typer.Option("--statistics", help="Adherence, score and cost per rule and in total."),
]
Grouped = Annotated[
    By | None, typer.Option("--by", help="Statistics also by trade, setup, day, week or month.")
]


def check(
    trade: Trade = None,
    *,
    db: Db,
    select: Codes = None,
    ignore: Ignored = None,
    since: Since = None,
    statistics: Counted = False,
    by: Grouped = None,
    json: Json = False,
) -> None:
    """Say where plans were broken, with evidence and cost; exit code 1 if anywhere.

    Where nothing was broken it says so on stderr and nothing else.

    Example: journal check --select SCALE --since 2026-11-01

    Example: journal check --statistics --by setup
    """
    with Session(db, clock) as session:
        judgement = read_judgement(session)
    begin = instant_of(judgement.book, since)
    asked = Question(trade, select or (), ignore or (), begin, statistics, by)
    report = answer(judgement, asked)
    if json:
        print_json(report)
    else:
        print_lines(report_lines(report))
        if not report.violations:
            say("\n".join(summary(report)))
    if report.violations:
        raise typer.Exit(1)
