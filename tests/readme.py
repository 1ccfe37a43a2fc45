"""The README's own examples, run: what it shows is what the program prints.

Run as a script it rewrites the README; `test_readme.py` checks that nothing would change.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from journal.usecases.rule_pages import catalogue

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

# A marked block: a file of the tour, or commands run at a fixed time with what they print.
_BLOCK = re.compile(
    r"<!-- (?P<verb>file|run at) (?P<word>\S+) -->\n```(?P<language>\w*)\n(?P<body>.*?)```\n",
    re.DOTALL,
)
_PYTHON = re.compile(r"<!-- python -->\n```python\n(.*?)```\n", re.DOTALL)
_RULES = re.compile(r"(<!-- begin rules -->\n).*?(<!-- end rules -->\n)", re.DOTALL)
_PROMPT = "$ "


def rendered(text: str) -> str:
    """Return the README with every marked block made anew, in a journal of its own."""
    with TemporaryDirectory() as folder:
        home = Path(folder).resolve()
        made = _RULES.sub(_rules_table, _BLOCK.sub(_in_folder(home), text))
        for program in _PYTHON.findall(text):
            _run_python(program, home)
        return made


def _in_folder(folder: Path) -> Callable[[re.Match[str]], str]:
    def block(found: re.Match[str]) -> str:
        body = found["body"]
        if found["verb"] == "file":
            (folder / found["word"]).write_text(body)
            return found[0]
        commands = [line for line in body.splitlines() if line.startswith(_PROMPT)]
        printed = "".join(f"{line}\n{_run(line, found['word'], folder)}" for line in commands)
        return found[0].replace(body, printed)

    return block


def _run(line: str, now: str, home: Path) -> str:
    """Return what a shell prints for a command line, the journal lying in a home of its own."""
    program = f'journal() {{ {shlex.quote(sys.executable)} -m journal "$@"; }}\n'
    done = subprocess.run(
        ("bash", "-c", program + line.removeprefix(_PROMPT)),  # noqa: S607 - wherever it is
        cwd=home,
        env=_environment(now, home),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert done.returncode in {0, 1}, done.stdout  # 1: `check` found something
    return done.stdout.replace(str(home), "~")


def _run_python(program: str, home: Path) -> None:
    """Run a program of the README beside the journal that its commands have made."""
    done = subprocess.run(
        (sys.executable, "-c", program),
        cwd=home,
        env=_environment("2026-10-11T18:00Z", home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _environment(now: str, home: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if name != "JOURNAL_DB"}
    places = {"HOME": str(home), "XDG_DATA_HOME": str(home / ".local/share")}
    page = {"COLUMNS": "80", "NO_COLOR": "1"}
    return inherited | places | page | {"JOURNAL_NOW": now, "PYTHONPATH": str(ROOT)}


def _rules_table(found: re.Match[str]) -> str:
    lines = ["| code | name | severity | flags |", "|---|---|---|---|"]
    lines += [
        f"| {rule.code} | {rule.name} | {rule.severity} | {rule.summary.rstrip('.')} |"
        for rule in catalogue()
    ]
    return found[1] + "\n".join(lines) + "\n" + found[2]


if __name__ == "__main__":
    README.write_text(rendered(README.read_text()))
