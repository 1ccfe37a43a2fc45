"""From what went wrong to an exit code and a line or two on stderr.

0 done or clean, 1 violations found, 2 usage or input, 3 a bug of ours, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from journal.domain.errors import JournalError
from journal.reporting.layout import wrapped

USAGE, BUG, INTERRUPTED, PIPE_CLOSED = 2, 3, 130, 141


def exit_code(  # noqa: PLR0911 - one return for each way to end
    app: typer.Typer, arguments: Sequence[str]
) -> int:
    """Run a command line and return what the process should end with."""
    try:
        result = typer.main.get_command(app).main(
            list(arguments), prog_name="journal", standalone_mode=False
        )
        sys.stdout.flush()
    except JournalError as error:
        return _refused(str(error))
    except typer.TyperException as error:
        return _misused(error)
    except (typer.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except BrokenPipeError:
        return _unread()
    except SystemExit as ended:
        # Typer ends with 1 when nobody reads on; for us that would mean violations.
        if isinstance(ended.__context__, BrokenPipeError):
            return _unread()
        raise
    except Exception:  # noqa: BLE001 - the outermost place: a bug gets its own exit code
        traceback.print_exc()
        sys.stderr.write("this is a bug in journal: please report it with the lines above\n")
        return BUG
    # Typer returns the code of `Exit` here, and what a command returns, which is None.
    return result if isinstance(result, int) else 0


def _refused(text: str) -> int:
    """Print an error, in lines that fit where someone reads them; piped, as lines to search."""
    lines = f"error: {text}".splitlines()
    if sys.stderr.isatty():
        lines = [part for line in lines for part in wrapped(line, hanging="  ", whole=True)]
    sys.stderr.write("\n".join(lines) + "\n")
    return USAGE


def _misused(error: typer.TyperException) -> int:
    """Print a usage error in the style of all others; a bare group asks for its help."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(error.format_message() + "\n")
        return USAGE
    message = error.format_message().replace("\n", " ").rstrip(".")
    command = context.command_path if context is not None else "journal"
    return _refused(f"{message[:1].lower()}{message[1:]}\nsee `{command} --help`")


def _unread() -> int:
    """End quietly when nobody reads on, as after `| head`."""
    # Python flushes stdout once more while it ends, and would complain.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return PIPE_CLOSED
