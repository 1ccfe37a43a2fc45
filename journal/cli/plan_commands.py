"""`journal plan new`, `amend` and `cancel`: what is decided before the first fill."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli import plan_options as options
from journal.cli.composing import block
from journal.cli.logged import log_and_print
from journal.cli.options import Account, At, Db, Json, Tag, Why, clock
from journal.cli.output import print_json, print_lines
from journal.cli.plan_input import TEMPLATE, edited, is_source, source_text
from journal.cli.plan_sheet_text import sheet_lines
from journal.domain.errors import InputError
from journal.domain.notation import name_text, quoted
from journal.usecases.lock_plan import LockedPlan, lock_plan
from journal.usecases.session import Session
from journal.usecases.typed import Typed

_SYMBOL_AND_DIRECTION = 2


def new(  # noqa: PLR0913 - what a plan says
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE|-] | [SYMBOL long|short]", show_default=False),
    ] = None,
    *,
    enter: options.Enter = None,
    exits: options.Exit = None,
    invalidation: options.Invalidation = None,
    maximum: options.Max = None,
    stop: options.Stop = None,
    breakeven_after: options.Breakeven = None,
    enter_until: options.EnterUntil = None,
    leverage: options.Leverage = None,
    margin: options.Margin = None,
    liquidation: options.Liquidation = None,
    until: options.Until = None,
    thesis: options.Thesis = None,
    name: Annotated[str | None, typer.Option(help="A name to call it by, given once.")] = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Lock a plan before its first fill: from a file, from options, or in $EDITOR.

    The head it prints proves later that the plan was not changed: keep it elsewhere.

    Example: journal plan new BTC-USDT long --enter 3@100 --enter 300usdt@96 --max 900usdt
    --exit 50%@110 --exit rest@120 --invalidation 88
    """
    details: options.Details = {
        "thesis": options.worded(thesis),
        "enter": options.entries(enter, enter_until),
        "max": maximum,
        "invalidation": invalidation,
        "stop": stop,
        "exit": options.prices_apart(exits),
        "breakeven": options.after_exit(breakeven_after),
        "leverage": leverage,
        "margin": margin,
        "liquidation": liquidation,
        "until": until,
    }
    named = "" if name is None else f" as {name_text(name)}"
    text, source = _plan_text(words or [], details, named)
    if source:
        _refuse_header_options(account, tag)
    typed = Typed(text, account, at, tuple(tag or ()), source)
    with Session(db, clock) as session:
        locked = lock_plan(session, typed)
    if json:
        print_json(locked)
    else:
        _print_locked(locked)


def _plan_text(words: list[str], details: options.Details, named: str) -> tuple[str, str]:
    """Return the plan's text and, where it was not typed as options, what to call it."""
    if len(words) == _SYMBOL_AND_DIRECTION:
        return block(f"plan {' '.join(words)}{named}", details), ""
    if options.any_given(details) or named:
        raise InputError(
            "the options say what a plan says, but not which one",
            hint="name symbol and direction: journal plan new BTC-USDT long --enter 3@100",
        )
    if len(words) == 1:
        return source_text(words[0])
    if words:
        raise InputError(
            "a plan is for one symbol and one direction",
            hint="e.g. journal plan new BTC-USDT long --enter 3@100 --invalidation 88",
        )
    return edited(TEMPLATE), "your plan"


def _refuse_header_options(account: str | None, tag: list[str] | None) -> None:
    """Refuse what a text says itself, in the first line of its directive."""
    if account is not None or tag:
        raise InputError(
            "--account and --tag do not go with a text",
            hint="write them into it: plan BTC-USDT long account second #tag",
        )


def _print_locked(locked: LockedPlan) -> None:
    print_lines([f"{locked.key} locked (entry {locked.receipt.number})"])
    print_lines(sheet_lines(locked.sheet))
    print_lines([f"head {locked.receipt.hash}"])


def amend(  # noqa: PLR0913 - what a plan says
    words: Annotated[
        list[str], typer.Argument(metavar="PLAN|SYMBOL [long|short] | FILE|-", show_default=False)
    ],
    *,
    enter: options.Enter = None,
    exits: options.Exit = None,
    invalidation: options.Invalidation = None,
    maximum: options.Max = None,
    stop: options.Stop = None,
    breakeven_after: options.Breakeven = None,
    enter_until: options.EnterUntil = None,
    leverage: options.Leverage = None,
    margin: options.Margin = None,
    liquidation: options.Liquidation = None,
    until: options.Until = None,
    thesis: options.Thesis = None,
    why: Why = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Change a plan by a new version: what is not named stays, `none` drops it.

    --enter and --exit replace the whole list.

    Example: journal plan amend BTC-USDT --max 1200usdt --why "volatility doubled"
    """
    details: options.Details = {
        "thesis": options.worded(thesis),
        "enter": options.entries(enter, enter_until),
        "max": maximum,
        "invalidation": invalidation,
        "stop": stop,
        "exit": options.prices_apart(exits),
        "breakeven": options.after_exit(breakeven_after),
        "leverage": leverage,
        "margin": margin,
        "liquidation": liquidation,
        "until": until,
    }
    if is_source(words):
        _refuse_header_options(account, tag)
        text, source = source_text(words[0])
        log_and_print(Typed(text, at=at, source=source), db, json=json)
        return
    if not options.any_given(details):
        raise InputError(
            "the amendment changes nothing", hint="name what it changes, e.g. --max 1200usdt"
        )
    reason = "" if why is None else f" {quoted(why)}"
    typed = Typed(block(f"amend {' '.join(words)}{reason}", details), account, at, tuple(tag or ()))
    log_and_print(typed, db, json=json)


def cancel(
    words: Annotated[
        list[str], typer.Argument(metavar="PLAN|SYMBOL [long|short]", show_default=False)
    ],
    *,
    why: Why = None,
    at: At = None,
    account: Account = None,
    tag: Tag = None,
    json: Json = False,
    db: Db,
) -> None:
    """Withdraw a plan that no fill has bound yet.

    Example: journal plan cancel BTC-USDT --why "the level broke"
    """
    reason = "" if why is None else f" {quoted(why)}"
    typed = Typed(f"cancel {' '.join(words)}{reason}", account, at, tuple(tag or ()))
    log_and_print(typed, db, json=json)
