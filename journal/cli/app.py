"""The `journal` command and the table of its commands."""

from __future__ import annotations

from typing import Annotated

import typer

import journal
from journal.cli.lazy import Command, lazy

_COMMANDS = {
    "demo": Command("journal.cli.demo:demo", "See it work: a sample journal, checked."),
    "init": Command("journal.cli.init:init", "Make a new journal."),
    "account": Command("journal.cli.account:app", "Add, list and show accounts."),
    "instrument": Command("journal.cli.instrument:app", "Add, list and show instruments."),
    "policy": Command("journal.cli.policy:app", "Show and set what rules are judged by."),
    "plan": Command("journal.cli.plan:app", "Try, lock, show, amend and cancel plans."),
    "fill": Command("journal.cli.fill:fill", "Log a fill and judge it at once.", words=True),
    "stop": Command("journal.cli.stop:stop", "Log the stop order in force.", words=True),
    "skip": Command("journal.cli.skip:skip", "Give up an entry tranche in writing."),
    "note": Command("journal.cli.note:note", "Write a note about a trade."),
    "price": Command("journal.cli.price:price", "Log a known price.", words=True),
    "opening": Command(
        "journal.cli.opening:opening", "Log what was held before the journal.", words=True
    ),
    "undo": Command("journal.cli.undo:undo", "Take the last act back."),
    "import": Command("journal.cli.import_:import_", "Import journal text or a venue's file."),
    "fills": Command("journal.cli.fills:fills", "List fills."),
    "trades": Command("journal.cli.trades:trades", "List trades with their results."),
    "positions": Command("journal.cli.positions:positions", "List what is held."),
    "status": Command("journal.cli.status:status", "Before a click: what is open, due, allowed."),
    "show": Command("journal.cli.show:show", "Show a trade: plan beside execution."),
    "check": Command("journal.cli.check:check", "Say where plans were broken."),
    "waive": Command("journal.cli.waive:waive", "Justify a violation in writing."),
    "rules": Command("journal.cli.rules:rules", "List the rules."),
    "rule": Command("journal.cli.rules:rule", "Show one rule's page."),
    "review": Command("journal.cli.review:review", "Read the week."),
    "export": Command("journal.cli.export:export", "Write the whole journal as text or JSON."),
    "verify": Command("journal.cli.verify:verify", "Prove that nothing was changed."),
    "backup": Command("journal.cli.backup:backup", "Copy the journal."),
    "restore": Command("journal.cli.backup:restore", "Go back to a copy."),
}


app = typer.Typer(
    cls=lazy(_COMMANDS),
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - what Typer calls
    if wanted:
        typer.echo(f"journal {journal.__version__}")
        raise typer.Exit


@app.callback()
def root(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Keep a trade journal that knows your plans: what was broken, and what it cost.

    Every command takes --db FILE (or JOURNAL_DB) and --help.
    """
