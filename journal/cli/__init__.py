"""The command line: each command parses, calls a use case, and prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line (this process's own by default) and return its exit code."""
    from journal.cli.app import app  # noqa: PLC0415 - Typer costs a library user 70 ms
    from journal.cli.failures import exit_code  # noqa: PLC0415 - the same

    return exit_code(app, list(sys.argv[1:] if arguments is None else arguments))
