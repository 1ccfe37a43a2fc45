"""Where a plan's text comes from: a file, a pipe, or the trader's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from journal.domain.errors import InputError
from journal.importers.source import SourceFile

TEMPLATE = """\
; A plan. Lines that begin with ; are comments; save and close to lock it, empty it to leave.
plan BTC-USDT long
  ; thesis       "why"
  enter        3 @ 100              ; units, or contracts of derivatives
  ; enter        300 USDT @ 96        ; money
  ; max          900 USDT
  invalidation 88
  stop         88
  exit         50% @ 110
  exit         rest @ 120           ; or: trail 3%
  ; breakeven    after exit 1
  ; leverage     5
"""


def is_source(words: list[str]) -> bool:
    """Tell whether a command names a text: `-`, or a file that is there."""
    return len(words) == 1 and (words[0] == "-" or Path(words[0]).is_file())


def source_text(name: str) -> tuple[str, str]:
    """Return a text and what to call it in errors."""
    if name == "-":
        return SourceFile("stdin", sys.stdin.buffer.read()).text(), "stdin"
    return SourceFile.at(Path(name)).text(), name


def edited(template: str) -> str:
    """Return what the trader made of the template in $EDITOR."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise InputError(
            "no plan was given and no editor is set",
            hint="name a file, use the options (see --help), or set EDITOR",
        )
    with tempfile.TemporaryDirectory(prefix="journal-") as folder:
        draft = Path(folder) / "plan.journal"
        draft.write_text(template, encoding="utf-8")
        command = [*shlex.split(editor), str(draft)]
        try:
            ended = subprocess.run(command, check=False).returncode  # noqa: S603 - the user's editor
        except OSError as error:
            raise InputError(
                f"the editor {editor!r} cannot be started", hint="set EDITOR to one that is there"
            ) from error
        text = draft.read_text(encoding="utf-8")
    if ended or text == template or not _says_anything(text):
        raise InputError(
            "no plan was locked: the text was left as it was, or empty",
            hint="the template shows what a plan looks like",
        )
    return text


def _says_anything(text: str) -> bool:
    return any(line.strip() and not line.lstrip().startswith(";") for line in text.splitlines())
