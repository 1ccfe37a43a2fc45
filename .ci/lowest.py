"""The lowest version of every package that pyproject.toml allows, as pip constraints.

Printed; with `--check` compared with the file in the repository.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
FILE = ROOT / ".ci" / "constraints-lowest.txt"
TESTED = ("test",)  # extras that the tests need

_BOUND = re.compile(r"([A-Za-z0-9._-]+)>=([0-9.]+)(?:,<[0-9.]+)?(;.*)?", re.ASCII)


def constraints() -> str:
    """Return one line a package."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = list(project["dependencies"])
    for extra in TESTED:
        wanted += project["optional-dependencies"][extra]
    lines = ["# Made by .ci/lowest.py from pyproject.toml."]
    for requirement in wanted:
        match = _BOUND.fullmatch(requirement.replace(" ", ""))
        if match is None:
            sys.exit(
                f"pyproject.toml: {requirement!r} names no lowest version; write NAME>=VERSION"
            )
        name, version, marker = match.groups()
        lines.append(f"{name}=={version}{marker or ''}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    if "--check" not in sys.argv:
        sys.stdout.write(constraints())
    elif FILE.read_text() != constraints():
        sys.exit(f"{FILE.name} is out of date: python3 .ci/lowest.py > .ci/{FILE.name}")
