"""`journal policy`: what rules are judged by, shown, set, and taken from a preset."""

from __future__ import annotations

from typing import Annotated

import typer

from journal.cli.lazy import Command, lazy
from journal.cli.options import Db, Json, clock
from journal.cli.output import print_json, print_lines
from journal.cli.policy_text import policy_lines, set_lines
from journal.reporting.layout import labelled
from journal.usecases.policy_in_force import show_policy
from journal.usecases.presets import preset, presets
from journal.usecases.session import Session
from journal.usecases.set_policy import PolicySet, set_policy, use_preset

_COMMANDS = {
    "show": Command("journal.cli.policy:show", "Show the policy in force."),
    # `maker -0.02%`: some venues pay for resting orders.
    "set": Command("journal.cli.policy:set_", "Set thresholds and severities.", words=True),
    "presets": Command("journal.cli.policy:list_presets", "List ready-made policies, or read one."),
    "use": Command("journal.cli.policy:use", "Use a ready-made policy."),
}

app = typer.Typer(
    cls=lazy(_COMMANDS), rich_markup_mode=None, add_completion=False, no_args_is_help=True
)

Account = Annotated[str | None, typer.Option("--account", help="One account; all by default.")]


@app.callback()
def group() -> None:
    """Show and set what rules are judged by: tolerances, limits, graces, severities."""


def show(
    *,
    account: Annotated[
        str | None, typer.Option("--account", help="The account; the journal's first by default.")
    ] = None,
    at: Annotated[
        str | None, typer.Option("--at", help="As of this time, e.g. 2026-01-05 14:30.")
    ] = None,
    json: Json = False,
    db: Db,
) -> None:
    """Show every threshold in force, since when, and the rules that are not judged as they come.

    Example: journal policy show --at 2026-01-05
    """
    with Session(db, clock, readonly=True) as session:
        found = show_policy(session, account, at)
    if json:
        print_json(found)
    else:
        print_lines(policy_lines(found))


def set_(
    words: Annotated[list[str], typer.Argument(metavar="KEY VALUE...", show_default=False)],
    *,
    account: Account = None,
    json: Json = False,
    db: Db,
) -> None:
    """Set thresholds from now on; a rule's code takes a severity or `off`, any key `default`.

    A policy never reaches back: a trade is judged by the one in force when it opened, a plan by
    the one at its lock, a day by the one at its start.

    Example: journal policy set cool_down 45 daily_loss_limit 2% SCALE302 off
    """
    with Session(db, clock) as session:
        _print(set_policy(session, words, account), json=json)


def list_presets(
    name: Annotated[str | None, typer.Argument(help="Print this one's text.")] = None,
    *,
    _db: Db,
    json: Json = False,
) -> None:
    """List ready-made policies; with a name, print one as it can be read and used.

    Example: journal policy presets prop-firm
    """
    found = presets() if name is None else [preset(name)]
    if json:
        print_json(found)
    elif name is None:
        for each in found:
            print_lines(labelled(each.name, each.about))
    else:
        print_lines(found[0].text.splitlines())


def use(name: str, *, account: Account = None, json: Json = False, db: Db) -> None:
    """Use a ready-made policy from now on; fees, margins and day starts stay as they are.

    Example: journal policy use prop-firm --account funded
    """
    with Session(db, clock) as session:
        _print(use_preset(session, name, account), json=json)


def _print(found: PolicySet, *, json: bool) -> None:
    if json:
        print_json(found)
    else:
        print_lines(set_lines(found))
