"""`journal plan try`, `show` and `list`: plans looked at."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from journal.cli.options import Account, Db, Instrument, Json, clock
from journal.cli.output import print_json, print_lines, print_table
from journal.cli.plan_sheet_text import sheet_lines
from journal.importers.source import SourceFile
from journal.reporting.layout import wrapped
from journal.reporting.readable import minute, money, number
from journal.usecases.books import read_book, read_judgement
from journal.usecases.list_plans import PlanLine, list_plans
from journal.usecases.plan_sheet import PlanSheet
from journal.usecases.selection import Selection
from journal.usecases.session import Session
from journal.usecases.show_plan import PlanView, show_plan
from journal.usecases.try_plan import try_plan

File = Annotated[str, typer.Argument(help="A file of journal text, or - for standard input.")]
Name = Annotated[str, typer.Argument(help="A plan's name or key (P3), or a symbol.")]


def try_(file: File, *, db: Db, json: Json = False) -> None:
    """Work out a plan before it is locked: averages, risk, exits, costs; 1 if it breaks a rule.

    Needs no journal; where there is one, its accounts and instruments are known.

    Example: journal plan try btc.journal
    """
    source = _read(file)
    sheet = _tried(db, source)
    if json:
        print_json(sheet)
    else:
        print_lines(sheet_lines(sheet))
    if any(each.verdict == "broken" for each in sheet.verdicts):
        raise typer.Exit(1)


def _read(file: str) -> SourceFile:
    if file == "-":
        return SourceFile("standard input", sys.stdin.buffer.read())
    return SourceFile.at(Path(file))


def _tried(db: Path, source: SourceFile) -> PlanSheet:
    if not db.exists():
        return try_plan(source.text(), clock(), source=source.name)
    with Session(db, clock) as session:
        return try_plan(source.text(), clock(), session=session, source=source.name)


def show(plan: Name, *, db: Db, json: Json = False) -> None:
    """Show a plan: what it says, how it was amended, and its pre-trade sheet.

    Example: journal plan show P3
    """
    with Session(db, clock) as session:
        view = show_plan(read_judgement(session), plan)
    if json:
        print_json(view)
    else:
        print_lines(_view_lines(view))


def _view_lines(view: PlanView) -> Iterator[str]:
    plan = view.plan
    tags = "".join(f"  #{tag}" for tag in plan.tags)
    trade = f", trade {view.trade}" if view.trade else ""
    yield f"{plan.name or plan.key}  {plan.state}{trade}, locked {minute(plan.locked_at)} UTC{tags}"
    thesis = plan.versions[-1].thesis
    if thesis:
        yield from wrapped(thesis, indent="  ")
    for version in plan.versions[1:]:
        reason = version.reason or "no reason given"
        yield from wrapped(f"version {version.number}, {minute(version.at)}: {reason}", indent="  ")
    yield ""
    yield from sheet_lines(view.sheet)


def list_(
    *,
    db: Db,
    account: Account = None,
    instrument: Instrument = None,
    open_only: Annotated[bool, typer.Option("--open", help="Plans not ended only.")] = False,
    json: Json = False,
) -> None:
    """List plans: where each stands, and what it risks.

    Example: journal plan list --open
    """
    with Session(db, clock) as session:
        book = read_book(session)
    found = list_plans(book, Selection(account, instrument), open_only=open_only)
    if json:
        print_json(found)
        return
    headers = ["plan", "instrument", "side", "state", "locked (UTC)", "enters", "invalid.", "risk"]
    headers += ["", "trade"]
    print_table(headers, [_row(plan) for plan in found], "lllllrrrll", drop=["enters"])


def _row(plan: PlanLine) -> list[str]:
    return [
        plan.plan,
        plan.instrument,
        plan.direction,
        plan.state,
        minute(plan.locked_at)[2:],
        str(plan.tranches),
        number(plan.invalidation),
        money(plan.planned_risk),
        plan.currency,
        plan.trade or "",
    ]
