"""`journal plan`: the table of its commands."""

from __future__ import annotations

import typer

from journal.cli.lazy import Command, lazy

_COMMANDS = {
    "try": Command("journal.cli.plan_reading:try_", "Work a plan out without locking it."),
    "new": Command("journal.cli.plan_commands:new", "Lock a plan before its first fill."),
    "show": Command("journal.cli.plan_reading:show", "Show a plan and its versions."),
    "list": Command("journal.cli.plan_reading:list_", "List the plans."),
    "amend": Command("journal.cli.plan_commands:amend", "Change a plan by a new version."),
    "cancel": Command("journal.cli.plan_commands:cancel", "Withdraw an unbound plan."),
}


app = typer.Typer(
    cls=lazy(_COMMANDS), rich_markup_mode=None, add_completion=False, no_args_is_help=True
)


@app.callback()
def group() -> None:
    """Try, lock, show, amend and cancel plans."""
