"""Commands that are imported when they are run: logging a fill must not wait for the others."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, ClassVar, NamedTuple

import typer
from typer.core import TyperGroup


class Command(NamedTuple):
    """Where a command lives, `module:function` or `module:app`, and its line in the help.

    `words` marks one whose arguments may begin with a minus, as prices below zero do.
    """

    target: str
    help: str
    words: bool = False


class LazyGroup(TyperGroup):
    """A group that knows its commands by name only until one is asked for."""

    table: ClassVar[Mapping[str, Command]] = {}

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002 - Typer's own signature
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002 - the same
        """Import a command and build it."""
        entry = self.table.get(cmd_name)
        return None if entry is None else _built(cmd_name, entry)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 - the same
        """List the commands with their lines of help, importing none of them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in self.table.items()])


def lazy(table: Mapping[str, Command]) -> type[LazyGroup]:
    """Return the group of these commands, for `typer.Typer(cls=...)`."""
    return type("Commands", (LazyGroup,), {"table": table})


def _built(name: str, entry: Command) -> Any:  # noqa: ANN401 - a command of Typer's
    module, _, attribute = entry.target.partition(":")
    found = getattr(import_module(module), attribute)
    if not isinstance(found, typer.Typer):
        settings = {"ignore_unknown_options": True} if entry.words else {}
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(name, context_settings=settings)(found)
        found = alone
    command = typer.main.get_command(found)
    command.name = name
    return command
